"""Sealed images in the database, each under its counter and the hash of its plain bytes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from counter_app.headoffice.schema import blobs


def has_blob(connection: Connection, counter: str, sha256: str) -> bool:
    """Say whether an image is here."""
    return (
        connection.execute(
            select(blobs.c.size).where(blobs.c.counter == counter, blobs.c.sha256 == sha256)
        ).first()
        is not None
    )


def put_blob(
    connection: Connection, counter: str, sha256: str, sealed: bytes, received_at: datetime
) -> None:
    """Store an image that is not here yet."""
    connection.execute(
        insert(blobs).values(
            counter=counter,
            sha256=sha256,
            size=len(sealed),
            received_at=received_at,
            sealed=sealed,
        )
    )


def get_blob(connection: Connection, counter: str, sha256: str) -> bytes | None:
    """Return a sealed image, or None."""
    return connection.execute(
        select(blobs.c.sealed).where(blobs.c.counter == counter, blobs.c.sha256 == sha256)
    ).scalar_one_or_none()
