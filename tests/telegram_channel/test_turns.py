import asyncio

import pytest

from handlers.telegram.turns import Turns


async def test_one_goes_after_another() -> None:
    turns, running, most = Turns(patience=60), 0, 0

    async def one() -> None:
        nonlocal running, most
        async with turns.turn():
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(one() for _ in range(20)))
    assert most == 1


async def test_nobody_waits_longer_than_patience_for_the_one_before() -> None:
    turns, gate, done = Turns(patience=0.01), asyncio.Event(), []

    async def slow() -> None:
        async with turns.turn():
            await gate.wait()

    async def quick() -> None:
        async with turns.turn():
            done.append(True)

    hanging = asyncio.create_task(slow())
    await asyncio.sleep(0)
    await asyncio.wait_for(quick(), 5)
    assert done == [True]
    assert not hanging.done()
    gate.set()
    await hanging
    async with turns.turn():
        blocked = asyncio.create_task(quick())
        await asyncio.sleep(0)
        assert len(done) == 1  # the slow one's end has given no second turn away
    await blocked


async def test_an_error_ends_the_turn() -> None:
    turns = Turns(patience=60)
    with pytest.raises(ZeroDivisionError):
        async with turns.turn():
            raise ZeroDivisionError
    async with asyncio.timeout(5):
        async with turns.turn():
            pass
