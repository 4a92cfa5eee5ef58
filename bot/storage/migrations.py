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


@migrations()
def staff_loop(db: Database) -> None:
    """What staff see and do: the queue of questions without an answer, tickets, switches, the audit trail."""
    db.execute("ALTER TABLE query_log ADD COLUMN key TEXT")  # names a question in a button; random
    db.execute("CREATE UNIQUE INDEX query_log_key ON query_log (key)")
    db.execute(
        """
        CREATE TABLE queue_group (
            id INTEGER PRIMARY KEY,
            state TEXT NOT NULL,             -- see bot/queue/states.py
            reason TEXT NOT NULL,            -- why it was ignored, what was done; "" while it is new
            time TEXT NOT NULL               -- when the state began
        )
        """
    )
    db.execute(
        """
        CREATE TABLE queue_item (
            key TEXT PRIMARY KEY,            -- of the row of query_log that has the words
            time TEXT NOT NULL,
            why TEXT NOT NULL,
            grouped INTEGER                  -- a queue_group; NULL until somebody looks at the queue
        )
        """
    )
    db.execute("CREATE INDEX queue_item_grouped ON queue_item (grouped)")
    db.execute(
        """
        CREATE TABLE ticket (
            code TEXT PRIMARY KEY,
            kind TEXT NOT NULL,              -- see bot/tickets/ticket.py
            time TEXT NOT NULL,
            channel TEXT NOT NULL,
            chat TEXT NOT NULL,              -- where the answer goes; deleted with the row
            person TEXT,                     -- pseudonym
            text TEXT NOT NULL,              -- the question, masked
            reply TEXT                       -- what staff answered last
        )
        """
    )
    db.execute(
        """
        CREATE TABLE draft (
            id TEXT PRIMARY KEY,             -- of the entry it will be
            time TEXT NOT NULL,
            grouped INTEGER,                 -- the queue_group whose questions it answers
            content TEXT NOT NULL            -- JSON, see bot/staff/draft.py
        )
        """
    )
    db.execute(
        """
        CREATE TABLE switch (
            kind TEXT NOT NULL,              -- see bot/switches.py
            subject TEXT NOT NULL,           -- an entry's id; "" for what concerns everything
            text TEXT NOT NULL,              -- the reason, or the notice
            begins TEXT,                     -- first and last day of a notice
            ends TEXT,
            time TEXT NOT NULL,
            PRIMARY KEY (kind, subject)
        )
        """
    )
    db.execute(
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            time TEXT NOT NULL,
            staff TEXT NOT NULL,             -- role:id as in the settings; a pseudonym for who is no staff
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        )
        """
    )


def migrate(db: Database) -> None:
    """Bring the file up to the newest version; two processes that start together take turns."""
    with immediate(db):
        migrations.apply(db)
