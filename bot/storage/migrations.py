"""The file's tables, one step a version; a step that fails leaves the file as it was."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.storage.transaction import immediate

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
            text TEXT,                       -- masked; NULL for a tapped button, and after 30 days
            person TEXT,                     -- pseudonym
            counts INTEGER NOT NULL          -- 0: no figure may count this row
        )
        """
    )
    db.execute("CREATE INDEX query_log_time ON query_log (time)")


@migrations()
def mailbox_and_ratings(db: Database) -> None:
    """What a channel has handled and has still to send; what people thought of an answer."""
    db.execute("CREATE INDEX query_log_person ON query_log (person, id)")
    db.execute(
        """
        CREATE TABLE rating (
            id INTEGER PRIMARY KEY,
            time TEXT NOT NULL,
            channel TEXT NOT NULL,
            entry TEXT NOT NULL,
            facet TEXT NOT NULL,             -- "" for the whole entry
            verdict TEXT NOT NULL,
            person TEXT                      -- pseudonym
        )
        """
    )
    db.execute("CREATE UNIQUE INDEX rating_once ON rating (person, entry, facet)")
    db.execute("CREATE INDEX rating_entry ON rating (entry, time)")
    db.execute(
        """
        CREATE TABLE handled (
            name TEXT PRIMARY KEY,           -- an update's id and a hash
            time TEXT NOT NULL
        )
        """
    )
    db.execute(
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,          -- the order of sending
            name TEXT NOT NULL UNIQUE,       -- its own: the journal of what was sent knows it
            time TEXT NOT NULL,
            chat INTEGER NOT NULL,
            letter TEXT NOT NULL,            -- one message of an answer, as the channel writes it (JSON)
            question TEXT,                   -- see answered.question
            person TEXT                      -- pseudonym
        )
        """
    )
    db.execute(
        """
        CREATE TABLE answered (
            question TEXT PRIMARY KEY,       -- keyed hash of a question's place in its chat
            time TEXT NOT NULL,
            messages TEXT NOT NULL,          -- JSON list: ids of the messages that answered it
            person TEXT                      -- pseudonym
        )
        """
    )


def migrate(db: Database) -> None:
    """Bring the file up to the newest version; two processes that start together take turns."""
    with immediate(db):
        migrations.apply(db)
