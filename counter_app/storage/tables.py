"""The tables of the store as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Computed,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from counter_app.storage.columns import Day, UtcTime

METADATA = MetaData()


def _table(name: str, *parts: SchemaItem) -> Table:
    return Table(name, METADATA, *parts, sqlite_strict=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _case_key() -> Column[str]:
    return Column("case_id", Text, ForeignKey("cases.case_id"), nullable=False)


NOTES = _table(
    "notes",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

CASES = _table(
    "cases",
    Column("case_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    _text("step"),
    Column("draft", LargeBinary, nullable=False),
    _text("clerk_id"),
    _text("merchant_no"),
    _text("merchant_name"),
    _text("terminal_sn"),
    _text("customer"),
    _text("presenter"),
    _text("reason_code"),
    _text("visit_id"),
    Column("created_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("day", Day, nullable=False),
    _text("reason"),
    Column("acceptance_no", Text, unique=True),
    Column("accepted_at", UtcTime),
    Column("remind_at", UtcTime),
    Column("purged_at", UtcTime),
    Index("cases_by_state", "state", "changed_at"),
    Index("cases_by_merchant", "merchant_no"),
    Index("cases_by_day", "day"),
)

NUMBERS = _table(
    "numbers",
    Column("acceptance_no", Text, primary_key=True),
    Column("branch", Text, nullable=False),
    Column("counter", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("case_id", Text, ForeignKey("cases.case_id"), unique=True),
    UniqueConstraint("branch", "counter", "day", "sequence"),
    Index("numbers_by_day", "day"),
)

MESSAGES = _table(
    "messages",
    Column("position", Integer, primary_key=True),
    Column("message_id", Text, nullable=False, unique=True),
    _case_key(),
    Column("request_no", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("prev", Text),
    Column("payload", LargeBinary, nullable=False),
    Column("payload_sha256", Text, nullable=False),
    _text("blobs"),
    Column("created_at", UtcTime, nullable=False),
    Column("not_before", UtcTime),
    Column("state", Text, nullable=False),
    _text("reason"),
    Column("sent_at", UtcTime),
    Column("acked_at", UtcTime),
    Column("decided_at", UtcTime),
    Column("retry_at", UtcTime),
    Index("messages_by_state", "state", "position"),
    Index("messages_by_lane", "lane", "position"),
    Index("messages_by_case", "case_id"),
)

DECISIONS = _table(
    "decisions",
    Column("epoch", Text, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    _text("reason_code"),
    _text("reason_text"),
    _text("next_action"),
    _text("channels"),
    _text("wanted"),
    Column("deadline", Day),
    Column("decided_at", UtcTime, nullable=False),
    Column("stored_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("epoch", "cursor"),
    Index("decisions_by_case", "case_id"),
)

LETTERS = _table(
    "letters",
    Column("letter_id", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("letter_no", Text),
    Column("case_id", Text, nullable=False),
    Column("used_on", Day, nullable=False),
    Column("revoked", Integer, nullable=False, server_default=text("0")),
    Index("letters_by_digest", "digest"),
    Index("letters_by_number", "letter_no"),
)

AGENTS = _table(
    "agents",
    Column("visit_no", Integer, primary_key=True),
    Column("agent", Text, nullable=False),
    Column("principal", Text, nullable=False),
    Column("merchant_no", Text, nullable=False),
    Column("seen_on", Day, nullable=False),
    _text("case_id"),
    Index("agents_by_agent", "agent", "seen_on"),
    Index("agents_by_case", "case_id"),
)

PHONES = _table(
    "phones",
    Column("binding_no", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("principal", Text, nullable=False),
    Column("merchant_no", Text, nullable=False),
    Column("seen_on", Day, nullable=False),
    _text("case_id"),
    Index("phones_by_number", "number"),
    Index("phones_by_case", "case_id"),
    Index("phones_by_merchant", "merchant_no", "seen_on"),
)

PAPERS = _table(
    "papers",
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("long_term_pdf", LargeBinary),
    Column("confirmed_at", UtcTime),
    PrimaryKeyConstraint("case_id", "kind"),
    Index("papers_by_confirmation", "kind", "confirmed_at"),
)

PRINTS = _table(
    "prints",
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "kind", "number"),
)

JOURNAL = _table(
    "journal",
    Column("seq", Integer, primary_key=True),
    Column("prev", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("day", Text, Computed("json_extract(record, '$.day')")),
    Column("action", Text, Computed("json_extract(record, '$.action')")),
    Column("case_id", Text, Computed("json_extract(record, '$.case')")),
    Column("to_state", Text, Computed("json_extract(record, '$.facts.to_state')")),
    Index("journal_by_day", "day", "action"),
    Index("journal_by_case", "case_id"),
)

JOURNAL_BASE = _table(
    "journal_base",
    Column("one", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

IMAGES = _table(
    "images",
    Column("image_id", Integer, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("file", Text, nullable=False, unique=True),
    Column("key", LargeBinary, nullable=False),
    Column("stored_at", UtcTime, nullable=False),
    UniqueConstraint("sha256", "case_id"),
    Index("images_by_case", "case_id"),
)

ACCOUNTS = _table(
    "accounts",
    Column("account_id", Text, primary_key=True),
    _text("display_name"),
    _text("roles"),
    Column("phone", Text),
    Column("password", Text, nullable=False),
    _text("filed_password"),
    Column("must_change", Integer, nullable=False),
    Column("disabled", Integer, nullable=False),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("locked_until", UtcTime),
    Column("changed_at", UtcTime, nullable=False),
)
