"""What keeps the customer's signature: pages that were signed, and a pad."""

from __future__ import annotations

from counter_app.bootstrap.counter import Counter
from counter_app.bootstrap.new_id import new_id
from counter_app.bootstrap.office import evidence_of, sealing_keys
from counter_app.bootstrap.places import fonts_folder
from counter_app.bootstrap.sealing import trust_folder
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from counter_app.services.pad_signatures import PadSignatures
from counter_app.services.signed_copies import SignedCopies


def signed_copies_of(counter: Counter) -> SignedCopies:
    """Return what files the pages that customers signed.

    Raises:
        CounterError: TRUST_MISSING, SETTINGS_INVALID: the trusted certificates.
    """
    trust = load_trust(trust_folder(counter.settings, counter.places))
    judge = PaperVerifier(trust, FontBook(fonts_folder()), counter.clock)
    evidence = evidence_of(counter.data, counter.places, counter.profile, counter.clock)
    return SignedCopies(counter.data.store, counter.data.vault, judge, counter.clock, evidence)


def pad_signatures_of(counter: Counter) -> PadSignatures | None:
    """Return what keeps signatures of a pad, where the settings say there is one."""
    if counter.settings.devices.signature_pad == "none":
        return None
    keys = sealing_keys(counter.places, counter.profile)
    return PadSignatures(counter.data.store, counter.data.vault, keys, counter.clock, new_id)
