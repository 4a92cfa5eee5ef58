"""Who wants to know how far long work has got."""

from collections.abc import Callable

Told = Callable[[float], None]  # hears the share that is done, 0–1
