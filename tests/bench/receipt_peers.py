"""The same pages by other libraries: a receipt's marks at their places, fonts and all.

Neither is needed by the program; where one cannot be imported, its figure is left out. Both read
and subset the fonts for each document, as their users have it.
"""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable, Iterator
from html import escape
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import segno

from counter_app.receipt.marks import Box, Code, Line, Page, Ring, Shape, Text
from tests.contract.receipt.conftest import FONTS

if TYPE_CHECKING:
    from fpdf import FPDF

ROUNDS = 3


def peers(pages: list[Page]) -> Iterator[tuple[str, float]]:
    """Yield the name and the warm CPU milliseconds of each library that is there."""
    makers: dict[str, Callable[[list[Page]], bytes]] = {"fpdf": _fpdf, "weasyprint": _weasyprint}
    for name, make in makers.items():
        if find_spec(name) is None:
            continue
        make(pages)
        started = time.process_time()
        for _ in range(ROUNDS):
            make(pages)
        yield name, (time.process_time() - started) * 1000 / ROUNDS


def _fpdf(pages: list[Page]) -> bytes:
    pdf = import_module("fpdf").FPDF(unit="pt", format=(pages[0].width, pages[0].height))
    for style, weight in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("sc", style, str(FONTS / f"NotoSansSC-{weight}.ttf"))
    for page in pages:
        pdf.add_page()
        pdf.set_auto_page_break(False)
        for mark in page.marks:
            _fpdf_mark(pdf, mark)
    return bytes(pdf.output())


def _fpdf_mark(pdf: FPDF, mark: object) -> None:
    match mark:
        case Text():
            pdf.set_font("sc", "B" if mark.bold else "", mark.size)
            pdf.text(mark.x, mark.y, mark.text)
        case Line():
            pdf.line(mark.x1, mark.y1, mark.x2, mark.y2)
        case Box():
            pdf.rect(mark.x, mark.y, mark.width, mark.height)
        case Ring():
            pdf.circle(mark.x, mark.y, mark.radius)
        case Shape():
            pdf.polygon(mark.points)
        case Code():
            pdf.image(io.BytesIO(_png(mark)), mark.x, mark.y, mark.size, mark.size)


def _weasyprint(pages: list[Page]) -> bytes:
    faces = "".join(
        f"@font-face{{font-family:sc;font-weight:{weight};"
        f"src:url('{(FONTS / f'NotoSansSC-{name}.ttf').as_uri()}')}}"
        for name, weight in (("Regular", 400), ("Bold", 700))
    )
    size = f"{pages[0].width}pt {pages[0].height}pt"
    style = f"{faces}@page{{size:{size};margin:0}}body{{margin:0;font-family:sc}}"
    style += f"section{{position:relative;width:{pages[0].width}pt;height:{pages[0].height}pt}}"
    style += "section>*{position:absolute;white-space:pre}"
    body = "".join(f"<section>{''.join(map(_element, page.marks))}</section>" for page in pages)
    html = f"<style>{style}</style><body>{body}"
    return bytes(import_module("weasyprint").HTML(string=html).write_pdf())


def _element(mark: object) -> str:
    match mark:
        case Text():
            weight = 700 if mark.bold else 400
            place = f"left:{mark.x}pt;top:{mark.y - mark.size}pt;font-size:{mark.size}pt"
            return f"<span style='{place};font-weight:{weight}'>{escape(mark.text)}</span>"
        case Box():
            place = f"left:{mark.x}pt;top:{mark.y}pt;width:{mark.width}pt;height:{mark.height}pt"
            return f"<div style='{place};border:.5pt solid #999'></div>"
        case Line():
            place = f"left:{mark.x1}pt;top:{mark.y1}pt;width:{mark.x2 - mark.x1}pt"
            return f"<div style='{place};border-top:.5pt solid #999'></div>"
        case Code():
            data = base64.b64encode(_png(mark)).decode()
            place = f"left:{mark.x}pt;top:{mark.y}pt;width:{mark.size}pt"
            return f"<img style='{place}' src='data:image/png;base64,{data}'>"
    return ""


def _png(mark: Code) -> bytes:
    out = io.BytesIO()
    segno.make_qr(mark.text, error="M", boost_error=False).save(out, kind="png", border=0)
    return out.getvalue()
