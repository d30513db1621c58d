"""Identities of cases and messages."""

from __future__ import annotations

from uuid_utils import uuid7


def new_id() -> str:
    """Return a UUIDv7 text (RFC 9562, section 5.7)."""
    return str(uuid7())
