"""A write transaction that waits its turn."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """Take the write lock at once, so that another process is waited for; all is written or nothing.

    (A transaction that first reads and then writes is refused without waiting when another one wrote in
    between: https://www.sqlite.org/rescode.html#busy_snapshot.)
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
