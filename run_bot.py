"""Start the ward's answering bot; `python run_bot.py --help` lists every command and setting."""

import sys

from handlers.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
