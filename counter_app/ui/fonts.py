"""The bundled typeface; no system font is assumed."""

from __future__ import annotations

from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from counter_app.errors import CounterError, FailureCode

FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
PROBE = "发"


def load_fonts() -> str:
    """Load the bundled faces and return their family.

    Raises:
        CounterError: FONT_MISSING when a face is absent or cannot show Chinese.
    """
    family = ""
    for face in FACES:
        with as_file(files("counter_app") / "_resources" / "fonts" / face) as path:
            number = QFontDatabase.addApplicationFont(str(path))
        families = QFontDatabase.applicationFontFamilies(number)
        if not families:
            raise CounterError(FailureCode.FONT_MISSING, face=face)
        family = families[0]
    if not QRawFont.fromFont(QFont(family)).supportsCharacter(ord(PROBE)):
        raise CounterError(FailureCode.FONT_MISSING, face=family)
    return family
