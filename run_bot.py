"""Start the ward's answering bot; `python run_bot.py --help` lists every command and setting."""

import gc
import sys

gc.disable()  # nothing made while loading is garbage, and looking for some costs a fifth of the start

from handlers.commands import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
