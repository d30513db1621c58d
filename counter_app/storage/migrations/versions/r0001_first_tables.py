"""The first tables, and the triggers that keep accepted cases, messages and the journal."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE accounts (
        account_id TEXT NOT NULL,
        display_name TEXT DEFAULT '' NOT NULL,
        roles TEXT DEFAULT '' NOT NULL,
        phone TEXT,
        password TEXT NOT NULL,
        filed_password TEXT DEFAULT '' NOT NULL,
        must_change INTEGER NOT NULL,
        disabled INTEGER NOT NULL,
        failures INTEGER DEFAULT 0 NOT NULL,
        locked_until TEXT,
        changed_at TEXT NOT NULL,
        PRIMARY KEY (account_id)
    ) STRICT
    """,
    """
    CREATE TABLE agents (
        visit_no INTEGER NOT NULL,
        agent TEXT NOT NULL,
        principal TEXT NOT NULL,
        merchant_no TEXT NOT NULL,
        seen_on TEXT NOT NULL,
        PRIMARY KEY (visit_no)
    ) STRICT
    """,
    "CREATE INDEX agents_by_agent ON agents (agent, seen_on)",
    """
    CREATE TABLE cases (
        case_id TEXT NOT NULL,
        state TEXT NOT NULL,
        step TEXT DEFAULT '' NOT NULL,
        draft BLOB NOT NULL,
        clerk_id TEXT DEFAULT '' NOT NULL,
        merchant_no TEXT DEFAULT '' NOT NULL,
        merchant_name TEXT DEFAULT '' NOT NULL,
        terminal_sn TEXT DEFAULT '' NOT NULL,
        customer TEXT DEFAULT '' NOT NULL,
        presenter TEXT DEFAULT '' NOT NULL,
        reason_code TEXT DEFAULT '' NOT NULL,
        visit_id TEXT DEFAULT '' NOT NULL,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        day TEXT NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        acceptance_no TEXT,
        accepted_at TEXT,
        remind_at TEXT,
        purged_at TEXT,
        PRIMARY KEY (case_id),
        UNIQUE (acceptance_no)
    ) STRICT
    """,
    "CREATE INDEX cases_by_day ON cases (day)",
    "CREATE INDEX cases_by_merchant ON cases (merchant_no)",
    "CREATE INDEX cases_by_state ON cases (state, changed_at)",
    """
    CREATE TABLE decisions (
        epoch TEXT NOT NULL,
        cursor INTEGER NOT NULL,
        message_id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        verdict TEXT NOT NULL,
        reason_code TEXT DEFAULT '' NOT NULL,
        reason_text TEXT DEFAULT '' NOT NULL,
        next_action TEXT DEFAULT '' NOT NULL,
        channels TEXT DEFAULT '' NOT NULL,
        decided_at TEXT NOT NULL,
        stored_at TEXT NOT NULL,
        PRIMARY KEY (epoch, cursor)
    ) STRICT
    """,
    "CREATE INDEX decisions_by_case ON decisions (case_id)",
    """
    CREATE TABLE images (
        image_id INTEGER NOT NULL,
        case_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        kind TEXT NOT NULL,
        file TEXT NOT NULL,
        "key" BLOB NOT NULL,
        stored_at TEXT NOT NULL,
        PRIMARY KEY (image_id),
        UNIQUE (sha256, case_id),
        UNIQUE (file)
    ) STRICT
    """,
    "CREATE INDEX images_by_case ON images (case_id)",
    """
    CREATE TABLE journal (
        seq INTEGER NOT NULL,
        prev TEXT NOT NULL,
        record TEXT NOT NULL,
        hash TEXT NOT NULL,
        day TEXT GENERATED ALWAYS AS (json_extract(record, '$.day')),
        action TEXT GENERATED ALWAYS AS (json_extract(record, '$.action')),
        case_id TEXT GENERATED ALWAYS AS (json_extract(record, '$.case')),
        to_state TEXT GENERATED ALWAYS AS (json_extract(record, '$.facts.to_state')),
        PRIMARY KEY (seq)
    ) STRICT
    """,
    "CREATE INDEX journal_by_case ON journal (case_id)",
    "CREATE INDEX journal_by_day ON journal (day, action)",
    """
    CREATE TABLE journal_base (
        one INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (one)
    ) STRICT
    """,
    """
    CREATE TABLE letters (
        letter_id INTEGER NOT NULL,
        digest TEXT NOT NULL,
        letter_no TEXT,
        case_id TEXT NOT NULL,
        used_on TEXT NOT NULL,
        revoked INTEGER DEFAULT 0 NOT NULL,
        PRIMARY KEY (letter_id)
    ) STRICT
    """,
    "CREATE INDEX letters_by_digest ON letters (digest)",
    "CREATE INDEX letters_by_number ON letters (letter_no)",
    """
    CREATE TABLE notes (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (name)
    ) STRICT
    """,
    """
    CREATE TABLE papers (
        case_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        record BLOB NOT NULL,
        pdf BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        made_at TEXT NOT NULL,
        long_term_pdf BLOB,
        confirmed_at TEXT,
        PRIMARY KEY (case_id, kind)
    ) STRICT
    """,
    "CREATE INDEX papers_by_confirmation ON papers (kind, confirmed_at)",
    """
    CREATE TABLE phones (
        binding_no INTEGER NOT NULL,
        number TEXT NOT NULL,
        principal TEXT NOT NULL,
        merchant_no TEXT NOT NULL,
        seen_on TEXT NOT NULL,
        PRIMARY KEY (binding_no)
    ) STRICT
    """,
    "CREATE INDEX phones_by_merchant ON phones (merchant_no, seen_on)",
    "CREATE INDEX phones_by_number ON phones (number)",
    """
    CREATE TABLE prints (
        case_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        PRIMARY KEY (case_id, kind, number)
    ) STRICT
    """,
    """
    CREATE TABLE messages (
        position INTEGER NOT NULL,
        message_id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        request_no TEXT NOT NULL,
        type TEXT NOT NULL,
        lane TEXT NOT NULL,
        prev TEXT,
        payload BLOB NOT NULL,
        payload_sha256 TEXT NOT NULL,
        blobs TEXT DEFAULT '' NOT NULL,
        created_at TEXT NOT NULL,
        not_before TEXT,
        state TEXT NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        sent_at TEXT,
        acked_at TEXT,
        decided_at TEXT,
        retry_at TEXT,
        PRIMARY KEY (position),
        UNIQUE (message_id),
        FOREIGN KEY(case_id) REFERENCES cases (case_id)
    ) STRICT
    """,
    "CREATE INDEX messages_by_case ON messages (case_id)",
    "CREATE INDEX messages_by_lane ON messages (lane, position)",
    "CREATE INDEX messages_by_state ON messages (state, position)",
    """
    CREATE TABLE numbers (
        acceptance_no TEXT NOT NULL,
        branch TEXT NOT NULL,
        counter TEXT NOT NULL,
        day TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        case_id TEXT,
        PRIMARY KEY (acceptance_no),
        UNIQUE (branch, counter, day, sequence),
        UNIQUE (case_id),
        FOREIGN KEY(case_id) REFERENCES cases (case_id)
    ) STRICT
    """,
)

TRIGGERS = (
    """
    CREATE TRIGGER cases_stay BEFORE UPDATE OF draft ON cases
    WHEN OLD.state NOT IN ('DRAFT', 'PARKED', 'AWAITING_REVIEW')
        AND NEW.draft IS NOT OLD.draft AND NEW.purged_at IS NULL
    BEGIN SELECT RAISE(ABORT, 'an ended case is immutable'); END
    """,
    """
    CREATE TRIGGER cases_kept BEFORE DELETE ON cases
    BEGIN SELECT RAISE(ABORT, 'cases are purged, never deleted'); END
    """,
    """
    CREATE TRIGGER acceptance_stays BEFORE UPDATE OF acceptance_no ON cases
    WHEN OLD.acceptance_no IS NOT NULL AND NEW.acceptance_no IS NOT OLD.acceptance_no
    BEGIN SELECT RAISE(ABORT, 'an acceptance number stays'); END
    """,
    """
    CREATE TRIGGER numbers_stay BEFORE DELETE ON numbers
    BEGIN SELECT RAISE(ABORT, 'numbers are never reused'); END
    """,
    """
    CREATE TRIGGER messages_stay
    BEFORE UPDATE OF message_id, case_id, type, lane, prev, payload, payload_sha256 ON messages
    WHEN NOT (
        NEW.payload = x'' AND OLD.state IN ('DECIDED', 'VOIDED')
        AND NEW.message_id = OLD.message_id AND NEW.case_id = OLD.case_id
        AND NEW.lane = OLD.lane AND NEW.prev IS OLD.prev
        AND NEW.payload_sha256 = OLD.payload_sha256
    )
    BEGIN SELECT RAISE(ABORT, 'a queued message is immutable'); END
    """,
    """
    CREATE TRIGGER messages_kept BEFORE DELETE ON messages
    BEGIN SELECT RAISE(ABORT, 'messages are never deleted'); END
    """,
    """
    CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_kept BEFORE DELETE ON journal
    WHEN OLD.seq > (SELECT seq FROM journal_base)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_chained BEFORE INSERT ON journal
    WHEN NEW.seq IS NOT 1 + coalesce(
            (SELECT max(seq) FROM journal), (SELECT seq FROM journal_base))
        OR NEW.prev IS NOT coalesce(
            (SELECT hash FROM journal ORDER BY seq DESC LIMIT 1),
            (SELECT hash FROM journal_base))
    BEGIN SELECT RAISE(ABORT, 'a journal row follows the last one'); END
    """,
)


def upgrade() -> None:
    for statement in (*TABLES, *TRIGGERS):
        op.execute(statement)
    op.execute("INSERT INTO journal_base (one, seq, hash) VALUES (1, 0, printf('%064d', 0))")
