"""What every paper has in common: head, running head, watermark, foot and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.receipt.flow import ELDER, Flow, Sizes
from counter_app.receipt.marks import INK, MM, RULE, SOFT, Box, Code, Colour, Line, Page, Text
from counter_app.receipt.tongue import Tongue

GHOST: Colour = (0.925, 0.925, 0.94)
SIGNATURE_PT = 30 * MM
"""The shortest line that a name is signed on, where there is a choice."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper.

    Attributes:
        number_label: Words before the number; the number is empty on blank papers.
        facts: Label and value pairs under the number.
        code: Text of the QR code.
        code_note: Lines under the code.
        tag: Boxed words beside the code, such as 客户联; may be empty.
    """

    title: tuple[str, str]
    subtitle: tuple[str, str]
    number_label: str
    number: str
    facts: tuple[tuple[str, str], ...]
    code: str
    code_note: tuple[str, ...]
    tag: str


def code_size(sizes: Sizes) -> float:
    """Side of the QR code in points: half a millimetre a module or more."""
    return (31 if sizes is ELDER else 26) * MM


def set_head(flow: Flow, head: Head) -> None:
    """Set the head at the top of the first page; the cursor ends below it."""
    sizes, top = flow.sizes, flow.frame.top
    side = code_size(sizes)
    flow.page.marks.append(Code(flow.right - side, top, side, head.code))
    under = top + side
    notes = [note for note in head.code_note if note]
    for note in notes:
        under += sizes.note * 1.4
        flow.put_right(flow.right, Text(0, under, note, sizes.note, colour=SOFT))
    room = flow.right - side - 5 * MM
    tag_left = _set_tag(flow, head.tag, room)
    y = _set_titles(flow, head, tag_left, room)
    flow.y = y + sizes.body * 1.0
    widest = max((flow.width_of(note, sizes.note) for note in notes), default=0)
    facts = [(head.number_label, head.number), *head.facts]
    width = flow.right - max(side, widest) - 5 * MM - flow.left
    if not _is_beside(flow, facts, width):
        flow.y = max(flow.y, under) + sizes.body * 0.5
        width = flow.frame.inner
    _set_facts(flow, facts, width)
    flow.y = max(flow.y, under) + sizes.body * 0.9


def _set_titles(flow: Flow, head: Head, tag_left: float, right: float) -> float:
    """Set subtitle and title, the English below the Chinese where both are too wide."""
    sizes, top = flow.sizes, flow.frame.top
    y = top + sizes.body
    subtitle = _joined(flow, head.subtitle, sizes.body, tag_left - sizes.body)
    flow.put(Text(flow.left, y, subtitle[0], sizes.body, colour=SOFT))
    y += sizes.title * 1.35
    title = _joined(flow, head.title, sizes.title, right, bold=True)
    if flow.left + flow.width_of(title[0], sizes.title, bold=True) > tag_left:
        y = max(y, top + sizes.section * 1.8 + sizes.title * 1.1)
    flow.put(Text(flow.left, y, title[0], sizes.title, bold=True))
    for second in title[1:]:
        y += sizes.title * 1.05
        flow.put(Text(flow.left, y, second, sizes.title * 0.72, bold=True))
    return y


def _joined(
    flow: Flow, words: tuple[str, str], size: float, right: float, *, bold: bool = False
) -> list[str]:
    """Return both languages in one line where they fit, else one each."""
    both = " ".join(filter(None, words))
    fits = flow.left + flow.width_of(both, size, bold=bold) <= right
    return [both] if fits else [word for word in words if word]


def _is_beside(flow: Flow, facts: Sequence[tuple[str, str]], width: float) -> bool:
    """Say whether the facts fit beside the code: the number on one line, words on few."""
    size = flow.sizes.body
    indent = max(flow.width_of(label, size) for label, _ in facts) + size
    return width - indent >= max(flow.width_of(facts[0][1], size, bold=True), width * 0.4)


def _set_tag(flow: Flow, tag: str, right: float) -> float:
    """Set the boxed words; returns where their box begins."""
    if not tag:
        return right
    size = flow.sizes.section
    width = flow.width_of(tag, size, bold=True) + size * 1.4
    box = Box(right - width, flow.frame.top, width, size * 1.8, stroke=INK, stroke_width=0.8)
    flow.page.marks.append(box)
    y = flow.frame.top + size * 1.26
    flow.put(Text(right - width + size * 0.7, y, tag, size, bold=True))
    return right - width


def _set_facts(flow: Flow, facts: Sequence[tuple[str, str]], width: float) -> None:
    size = flow.sizes.body
    indent = max(flow.width_of(label, size) for label, _ in facts) + size
    for place, (label, value) in enumerate(facts):
        is_number = place == 0
        value_size = _number_size(flow, value, width - indent) if is_number else size
        for line_no, line in enumerate(
            flow.lines(value, width - indent, value_size, bold=is_number)
        ):
            y = flow.y + value_size * 1.15
            if line_no == 0:
                flow.put(Text(flow.left, y, label, size, colour=SOFT))
            flow.put(Text(flow.left + indent, y, line, value_size, bold=is_number))
            flow.y += value_size * 1.5


def _number_size(flow: Flow, number: str, room: float) -> float:
    """Return the size at which a number stays on one line, as large as that allows."""
    size = flow.sizes.body
    wide = flow.width_of(number, size * 1.25, bold=True)
    return max(size, min(size * 1.25, size * 1.25 * room / wide)) if wide else size


def set_running_head(flow: Flow, title: str, number: str, tag: str) -> None:
    """Set the short head of a second or later page."""
    size = flow.sizes.note if flow.sizes is ELDER else flow.sizes.body
    y = flow.frame.top + size
    flow.put(Text(flow.left, y, f"{title}　{tag}".rstrip("　"), size, bold=True))
    flow.put_right(flow.right, Text(0, y, number, size))
    flow.y = y + size * 0.6
    flow.rule()
    flow.gap(size * 0.6)


def set_foot(flow: Flow, words: Tongue, notes: Sequence[str]) -> None:
    """Set the foot of every page; call it once, when all pages are set."""
    size, total = flow.sizes.note, len(flow.pages)
    for number, page in enumerate(flow.pages, 1):
        last = flow.frame.height - 8 * MM
        count = words.zh.of("common", "page", page=number, pages=total)
        width = flow.width_of(count, size)
        page.marks.append(Text(flow.right - width, last, count, size, colour=SOFT))
        rows = flow.lines("　".join(notes), flow.frame.inner - width - size, size)
        top = last - (len(rows) - 1) * size * 1.35
        rule_y = top - size * 1.5
        page.marks.append(Line(flow.left, rule_y, flow.right, rule_y, 0.5, RULE))
        for place, row in enumerate(rows):
            y = top + place * size * 1.35
            page.marks.append(Text(flow.left, y, row, size, colour=SOFT))


def mark_demonstration(flow: Flow, words: Tongue) -> None:
    """Put 演示 behind the text of every page."""
    text = words.zh.of("common", "demonstration")
    for page in flow.pages:
        size = page.width * 0.24
        width = flow.width_of(text, size, bold=True)
        x, y = page.width / 2 - width * 0.38, page.height * 0.62 + width * 0.1
        page.marks.insert(0, Text(x, y, text, size, bold=True, colour=GHOST, turn_deg=24))


def set_signatures(flow: Flow, labels: Sequence[str], date_label: str) -> None:
    """Set signature lines with a date each, two in a row where they fit."""
    size = flow.sizes.body
    columns = 1 if flow.sizes is ELDER or _is_tight(flow, labels, date_label) else 2
    column = flow.frame.inner / columns
    for start in range(0, len(labels), columns):
        flow.keep(size * 4.6)
        flow.gap(size * 3.2)
        for place, label in enumerate(labels[start : start + columns]):
            _signature(flow, flow.left + place * column, column, label, date_label)
        flow.gap(size * 0.8)


def _is_tight(flow: Flow, labels: Sequence[str], date_label: str) -> bool:
    """Say whether half a row leaves too little to sign on."""
    size = flow.sizes.body
    taken = max((flow.width_of(label, size) for label in labels), default=0)
    date_width = flow.width_of(date_label, size) + size * 7.5
    return flow.frame.inner / 2 - taken - date_width < SIGNATURE_PT


def set_signature(flow: Flow, label: str, date_label: str) -> None:
    """Set one signature line with its date between the present margins, below where tight."""
    size = flow.sizes.body
    flow.gap(size * 3.0)
    taken = flow.width_of(label + date_label, size) + size * 9
    if flow.frame.inner - taken >= SIGNATURE_PT:
        _signature(flow, flow.left, flow.frame.inner, label, date_label)
    else:
        for words in (label, date_label):
            flow.put(Text(flow.left, flow.y, words, size))
            start, y = flow.left + flow.width_of(words, size) + size * 0.5, flow.y + 2
            flow.page.marks.append(Line(start, y, flow.right - size, y, 0.6, INK))
            flow.gap(size * 2.2)
        flow.gap(-size * 2.2)
    flow.gap(size * 0.8)


def _signature(flow: Flow, x: float, column: float, label: str, date_label: str) -> None:
    size = flow.sizes.body
    date_width = flow.width_of(date_label, size) + size * 7.5
    start = x + flow.width_of(label, size) + size * 0.5
    middle = x + column - date_width - size
    end = x + column - size
    flow.put(Text(x, flow.y, label, size))
    flow.put(Text(middle + size * 0.4, flow.y, date_label, size))
    after = middle + size * 0.8 + flow.width_of(date_label, size)
    y = flow.y + 2
    flow.page.marks += [Line(start, y, middle, y, 0.6, INK), Line(after, y, end, y, 0.6, INK)]


def narrowed(flow: Flow, left: float, right: float) -> None:
    """Write between two other margins from here on, in points from the page's left edge."""
    flow.frame = replace(flow.frame, left=left, right=flow.frame.width - right)


def joined(flows: Sequence[Flow]) -> list[Page]:
    """Put the pages of several copies one after the other."""
    return [page for flow in flows for page in flow.pages]
