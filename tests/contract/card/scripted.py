"""A chip that answers from a transcript and refuses everything else."""

from __future__ import annotations

from pathlib import Path

TRANSCRIPTS = Path(__file__).with_name("transcripts")


class ScriptedChip:
    """Expects the commands of a transcript in order."""

    def __init__(self, transcript: list[tuple[str, str]]) -> None:
        self._left = list(transcript)

    def transmit(self, sent: bytes) -> bytes:
        assert self._left, f"nothing expected any more, got {sent.hex()}"
        wanted, answer = self._left.pop(0)
        assert sent == bytes.fromhex(wanted)
        return bytes.fromhex(answer)

    def is_done(self) -> bool:
        return not self._left


def transcript(name: str) -> list[tuple[str, str]]:
    """Read the `command -> answer` lines of a file in transcripts/."""
    text = (TRANSCRIPTS / f"{name}.txt").read_text("utf-8")
    pairs = [line.split("->") for line in text.splitlines() if not line.startswith("#")]
    return [(sent.strip(), answer.strip()) for sent, answer in pairs]
