"""The lists of a receipt: documents, verification, what to do next, safety."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.paper import ReceiptRecord, ReceivedDocument
from counter_app.receipt.flow import ELDER, Flow
from counter_app.receipt.letterhead import narrowed
from counter_app.receipt.marks import MM
from counter_app.receipt.table import table
from counter_app.receipt.tongue import Tongue

Block = Callable[[Flow], None]


def set_evidence(flow: Flow, words: Tongue, record: ReceiptRecord) -> None:
    """Set the documents and the verification, side by side where they fit."""
    _beside(flow, lambda at: _documents(at, words, record), lambda at: _checks(at, words, record))


def set_to_do(flow: Flow, words: Tongue, record: ReceiptRecord) -> None:
    """Set what the customer still has to do, and the safety notes."""
    _beside(flow, lambda at: _to_do(at, words, record), lambda at: _safety(at, words))


def _safety(flow: Flow, words: Tongue) -> None:
    flow.section(words.label("receipt", "section_safety"))
    _numbered(flow, [words.both("receipt", key) for key in ("safety_code", "safety_old")])


def _documents(flow: Flow, words: Tongue, record: ReceiptRecord) -> None:
    flow.section(words.label("receipt", "section_documents"))
    rows = [_document_row(words, document) for document in record.documents]
    header = [words.label("receipt", key) for key in ("document", "copies", "original")]
    table(flow, (0.52, 0.15, 0.33), header, rows)


def _document_row(words: Tongue, document: ReceivedDocument) -> tuple[str, str, str]:
    name = words.named("document", document.name)
    if document.number:
        name = words.zh.of("receipt", "document_number", name=name, number=document.number)
    seen = words.label("receipt", "original_seen" if document.original_seen else "copy_only")
    return name, str(document.copies), seen


def _checks(flow: Flow, words: Tongue, record: ReceiptRecord) -> None:
    flow.section(words.label("receipt", "section_verification"))
    rows = [
        (words.named("check", entry.check), words.named("result", entry.result))
        for entry in record.verification
    ]
    header = [words.label("receipt", key) for key in ("check", "result")]
    table(flow, (0.6, 0.4), header, rows)


def _to_do(flow: Flow, words: Tongue, record: ReceiptRecord) -> None:
    flow.section(words.label("receipt", "section_to_do"))
    items: list[tuple[str, str]] = []
    if record.linked_channels:
        zh, en = words.listed("channel", record.linked_channels)
        first = words.zh.of("receipt", "to_do_channels", channels=zh)
        second = words.en.of("receipt", "to_do_channels", channels=en) if words.en else ""
        items.append((first, second))
    items += [words.both("receipt", key) for key in ("to_do_restart", "to_do_partners")]
    _numbered(flow, items)


def _numbered(flow: Flow, items: list[tuple[str, str]]) -> None:
    for number, (zh, en) in enumerate(items, 1):
        flow.item(f"{number}.", zh)
        if en:
            flow.item("", en)


def _beside(flow: Flow, left: Block, right: Block) -> None:
    frame = flow.frame
    gutter = 7 * MM
    middle = (flow.left + flow.right) / 2
    halves = ((flow.left, middle - gutter / 2), (middle + gutter / 2, flow.right))
    heights = [
        _height(flow, block, half) for block, half in zip((left, right), halves, strict=True)
    ]
    room = frame.height - frame.top - frame.bottom - 20 * MM
    if flow.sizes is ELDER or max(heights) > room:
        left(flow)
        right(flow)
        return
    flow.keep(max(heights))
    top = flow.y
    for block, half in zip((left, right), halves, strict=True):
        flow.y = top
        narrowed(flow, *half)
        block(flow)
        flow.frame = frame
    flow.y = top + max(heights)


def _height(flow: Flow, block: Block, half: tuple[float, float]) -> float:
    tall = replace(flow.frame, height=1e6)
    trial = Flow(flow.book, tall, flow.sizes, lambda _: None)
    narrowed(trial, *half)
    start = trial.y
    block(trial)
    return trial.y - start
