from __future__ import annotations

from pathlib import Path

from counter_app.storage.database import KEY_BYTES, Database


def test_a_commit_is_on_the_disk_and_memory_is_not_locked_piece_by_piece(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.db", bytes(KEY_BYTES))
    with database.raw() as connection:
        said = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "cipher_memory_security")
        }
    database.close()
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "cipher_memory_security": "0",
    }
