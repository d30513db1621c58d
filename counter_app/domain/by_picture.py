"""What a picture stands for where no font draws a character (以图片为准)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ByPicture:
    """The clerk's word that a picture of the name is kept instead of a printed character.

    Attributes:
        points: Code points such as "U+2EBF0".
        image: SHA-256 (hex) of the picture in the vault; None: a paper copy is filed instead.
    """

    points: tuple[str, ...]
    image: str | None = None
