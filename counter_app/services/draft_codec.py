"""Drafts as canonical JSON, the form in which the store keeps them."""

from __future__ import annotations

import json

from pydantic import TypeAdapter, ValidationError

from counter_app.domain.draft import Draft
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.stored import CaseSummary

_ADAPTER = TypeAdapter(Draft)

Sets = dict[str, list[str] | None]
LETTERS = ("letter", "substitution_letter")


def encode(draft: Draft) -> bytes:
    """Return a draft as JSON (UTF-8, sorted keys and sets); equal drafts give equal bytes."""
    plain = _ADAPTER.dump_python(draft, mode="json")
    _sort(plain, "consents")
    _sort(plain, "documents_missing")
    for letter in LETTERS:
        if plain[letter] is not None:
            _sort(plain[letter], "matters")
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", errors="surrogatepass")


def _sort(holder: Sets, name: str) -> None:
    items = holder[name]
    if items is not None:
        holder[name] = sorted(items)


def decode(raw: bytes) -> Draft:
    """Read a draft back.

    Raises:
        CounterError: STORE_CORRUPT when the bytes are not a draft of this version.
    """
    try:
        return _ADAPTER.validate_python(json.loads(raw.decode("utf-8", errors="surrogatepass")))
    except (ValidationError, ValueError) as error:
        raise CounterError(FailureCode.STORE_CORRUPT, part="draft") from error


def summary_of(draft: Draft) -> CaseSummary:
    """Return what lists of cases show of a draft."""
    merchant = draft.merchant
    document = draft.document_of(draft.presenter_owner)
    return CaseSummary(
        merchant_no=merchant.merchant_no if merchant else "",
        merchant_name=merchant.name if merchant else "",
        terminal_sn=draft.terminal.sn if draft.terminal else "",
        customer=document.name if document else "",
        presenter=draft.presenter.value if draft.presenter else "",
        reason_code=draft.reason.value if draft.reason else "",
        visit_id=draft.visit,
    )
