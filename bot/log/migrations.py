"""The log's tables, one step a version; a step that fails leaves the file as it was."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.log.transaction import immediate

migrations = Migrations("query_log")


@migrations()
def query_log(db: Database) -> None:
    """The first table: one row a question."""
    db.execute(
        """
        CREATE TABLE query_log (
            id INTEGER PRIMARY KEY,
            time TEXT NOT NULL,              -- ISO 8601, Asia/Ho_Chi_Minh
            outcome TEXT NOT NULL,
            entry TEXT,
            facet TEXT,
            confidence REAL,                 -- 0 to 1
            candidates TEXT NOT NULL,        -- JSON list of entry ids
            milliseconds REAL NOT NULL,
            channel TEXT NOT NULL,
            text TEXT,                       -- masked; NULL for a tapped button
            person TEXT,                     -- pseudonym
            counts INTEGER NOT NULL          -- 0: no figure may count this row
        )
        """
    )
    db.execute("CREATE INDEX query_log_time ON query_log (time)")


def migrate(db: Database) -> None:
    """Bring the file up to the newest version; two processes that start together take turns."""
    with immediate(db):
        migrations.apply(db)
