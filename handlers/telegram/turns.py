"""Taking turns at sending, so that a kill leaves at most one send of unknown fate."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PATIENCE = 0.05  # seconds; a send that takes longer no longer keeps the others waiting


class Turns:
    """One at a time, but nobody waits longer than PATIENCE for the one before."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._free = asyncio.Semaphore(1)
        self._patience = patience

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn; it ends with the block, or when patience does."""
        await self._free.acquire()
        ended = False

        def end() -> None:
            nonlocal ended
            if not ended:
                ended = True
                self._free.release()

        timer = asyncio.get_running_loop().call_later(self._patience, end)
        try:
            yield
        finally:
            timer.cancel()
            end()
