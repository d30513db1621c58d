"""Characters that no font draws, found before acceptance and settled by a picture (以图片为准).

The clerk keeps a picture of the name as evidence; papers show 〓 with the code point.
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.checks import Finding, FindingCode, found
from counter_app.domain.coverage import Coverage, code_point
from counter_app.domain.draft import Draft
from counter_app.domain.step import Step


def rare_findings(draft: Draft, printable: Coverage) -> Iterator[Finding]:
    """Yield a finding for each text of a paper that cannot be printed as it is, at its step."""
    for step, text in _printed_texts(draft):
        missing = printable.missing(text)
        if missing:
            points = " ".join(map(code_point, missing))
            yield found(FindingCode.ID_RARE_CHARACTER, step, characters=points)


def points_of(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return the code points that findings name in their facts, in order, each once."""
    facts = (dict(one.facts) for one in findings if one.code is FindingCode.ID_RARE_CHARACTER)
    return tuple(dict.fromkeys(point for each in facts for point in each["characters"].split()))


def unsettled(draft: Draft, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Return the code points for which nobody chose the picture yet."""
    settled = draft.by_picture.points if draft.by_picture is not None else ()
    return tuple(point for point in points_of(findings) if point not in settled)


def _printed_texts(draft: Draft) -> Iterator[tuple[Step, str]]:
    """Yield what papers print of other people's words, with the step that asked for it."""
    if draft.merchant is not None:
        yield Step.TERMINAL, draft.merchant.name
    for document in draft.documents:
        is_presenter = document.owner is draft.presenter_owner
        yield Step.PRESENTER_ID if is_presenter else Step.PRINCIPAL_ID, document.name
    letter = draft.letter
    if letter is not None and draft.is_delegated:
        yield Step.LETTER, letter.letter_no + (letter.notary.number if letter.notary else "")
