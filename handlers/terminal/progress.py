"""A progress bar on standard error, where a person looks at it."""

import sys
from collections.abc import Callable

WIDTH = 40  # characters


def bar(what: str) -> Callable[[float], None]:
    """Tell the share that is done (0–1) to what this gives; the last one ends the line."""
    if not sys.stderr.isatty():
        return lambda _: None
    last = -1

    def told(done: float) -> None:
        nonlocal last
        percent = int(done * 100)
        if percent == last:
            return
        last = percent
        filled = "█" * (WIDTH * percent // 100)
        end = "\n" if percent == 100 else ""
        print(f"\r{what} {filled:░<{WIDTH}} {percent:3d} %", end=end, file=sys.stderr, flush=True)

    return told
