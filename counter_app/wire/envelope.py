"""The message on the wire: a CloudEvents envelope, an open half, a sealed half and a signature.

The signature covers a manifest of hashes, so a relay can neither alter a field, nor swap an image,
nor put one message's sealed half into another. Only the institution reads personal fields.

Source: CloudEvents 1.0.2, section 3 and JSON event format.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from pydantic import ValidationError

from counter_app.domain.submission import MessageType
from counter_app.wire import jose
from counter_app.wire.case_data import CaseData, PersonalData, utc
from counter_app.wire.envelope_model import Envelope
from counter_app.wire.keys import SealingKeys
from counter_app.wire.version import CURRENT_VERSION, FORMS, Form, Forms, read_wire_type, wire_type

SealBrokenError = jose.SealBrokenError


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A message before it is closed.

    Attributes:
        message_id: UUIDv7 text; the idempotency key.
        case_id: The case it belongs to; answers come back under it.
        lane: The merchant number; messages of one lane go in order.
        prev: The message before this one in the lane from this counter, or None.
        terminal: Terminal id or serial number; with the merchant number the subject of the event.
        device_time: The counter's clock (aware UTC) when the case was accepted.
        device_epoch: Name of the counter's store since it was made or restored.
        version: In which version of the contract `case` and `personal` are.
    """

    message_id: str
    case_id: str
    type: MessageType
    lane: str
    prev: str | None
    terminal: str
    device_time: datetime
    device_epoch: str
    case: CaseData
    personal: PersonalData = field(repr=False)
    version: int = CURRENT_VERSION


@dataclass(frozen=True, slots=True)
class Opened:
    """A message whose signature holds; `personal` is None where the reading key was not at hand."""

    envelope: Envelope
    case: CaseData
    personal: PersonalData | None = field(repr=False)


def seal_message(message: Unsealed, keys: SealingKeys) -> bytes:
    """Close a message: encrypt the personal half, sign the manifest, wrap both.

    Returns:
        The exact bytes to store and to send: JSON, UTF-8. Sealing the same message again gives
        other bytes (the encryption is randomised), so it is done once and the bytes are kept.
    """
    case = _plain(message.case)
    sealed = jose.encrypt(
        message.personal.model_dump_json(exclude_defaults=True).encode(), keys.institution_key
    )
    attributes = _attributes(message, keys.counter)
    manifest = _manifest(attributes, case, sealed)
    data: dict[str, jose.Json] = {
        "case": case,
        "personal": sealed,
        "manifest": jose.sign(jose.canonical(manifest), keys.signing_key, keys.counter),
    }
    return jose.canonical({**attributes, "data": data})


def open_message(
    payload: bytes, counter_key: bytes, institution_key: bytes | None, forms: Forms = FORMS
) -> Opened:
    """Check and read a message of any version there is a form for.

    Args:
        payload: The bytes as they came.
        counter_key: The counter's Ed25519 public key, PEM.
        institution_key: The institution's private key, PEM, or None where it is not kept.
        forms: The versions that can be read.

    Raises:
        SealBrokenError: Not an envelope, of no known version, or a signature, a hash or the
            encryption does not hold.
    """
    envelope = read_envelope(payload)
    form = _form(envelope, forms)
    raw = cast("dict[str, jose.Json]", json.loads(payload))
    data = cast("dict[str, jose.Json]", raw.pop("data"))
    signed = jose.verified(envelope.data.manifest, counter_key)
    case = cast("dict[str, jose.Json]", data["case"])
    if signed != jose.canonical(_manifest(raw, case, envelope.data.personal)):
        raise SealBrokenError("manifest")
    personal = None
    if institution_key is not None:
        personal = _personal(form, jose.decrypted(envelope.data.personal, institution_key))
    return Opened(envelope, _case(form, envelope), personal)


def read_envelope(payload: bytes) -> Envelope:
    """Read the envelope without checking any signature.

    Raises:
        SealBrokenError: Not an envelope of this contract.
    """
    try:
        return Envelope.model_validate_json(payload)
    except ValidationError as error:
        raise SealBrokenError("envelope") from error


def counter_of(envelope: Envelope) -> str:
    """Return the counter a message claims to come from."""
    return envelope.source.removeprefix(_SOURCE)


def seal_blob(data: bytes, institution_key: bytes) -> bytes:
    """Encrypt an image to the institution; its own hash is in the protected header.

    Raises:
        ValueError: Larger than `MAX_BLOB_BYTES`.
    """
    if len(data) > jose.MAX_BLOB_BYTES:
        raise ValueError("image too large to send")
    return jose.encrypt(data, institution_key, jose.sha256_hex(data)).encode()


def open_blob(sealed: bytes, sha256: str, institution_key: bytes) -> bytes:
    """Read an image.

    Raises:
        SealBrokenError: Encrypted to another key, altered, or not the image with this hash.
    """
    data = jose.decrypted(sealed, institution_key)
    if jose.sha256_hex(data) != sha256:
        raise SealBrokenError("image")
    return data


def blob_hash(sealed: bytes) -> str:
    """Return the hash (hex) a sealed image says it has, without opening it.

    Raises:
        SealBrokenError: Not a sealed image.
    """
    found = jose.header_of(sealed).get("sha256")
    if not isinstance(found, str):
        raise SealBrokenError("image")
    return found


_SOURCE = "urn:counter:"


def _attributes(message: Unsealed, counter: str) -> dict[str, jose.Json]:
    attributes: dict[str, jose.Json] = {
        "specversion": "1.0",
        "id": message.message_id,
        "source": _SOURCE + counter,
        "type": wire_type(message.type, message.version),
        "subject": f"{message.lane}/{message.terminal}",
        "time": utc(message.case.created_at),
        "datacontenttype": "application/json",
        "dataschema": f"urn:counter-app:case:{message.version}",
        "lane": message.lane,
        "devicetime": utc(message.device_time),
        "deviceepoch": message.device_epoch,
        "requestno": message.case.out_request_no,
        "caseid": message.case_id,
        "clerk": message.case.clerk,
    }
    if message.prev is not None:
        attributes["prev"] = message.prev
    return attributes


def _manifest(
    attributes: Mapping[str, jose.Json], case: dict[str, jose.Json], sealed: str
) -> dict[str, jose.Json]:
    images = case.get("images")
    return {
        "envelope": dict(attributes),
        "case": jose.sha256_hex(jose.canonical(case)),
        "personal": jose.sha256_hex(sealed.encode()),
        "images": [image["sha256"] for image in images if isinstance(image, dict)]
        if isinstance(images, list)
        else [],
    }


def _plain(case: CaseData) -> dict[str, jose.Json]:
    return cast("dict[str, jose.Json]", case.model_dump(mode="json", exclude_defaults=True))


def _form(envelope: Envelope, forms: Forms) -> Form:
    try:
        return forms.known[read_wire_type(envelope.type)[1]]
    except (ValueError, KeyError) as error:
        raise SealBrokenError("version") from error


def _case(form: Form, envelope: Envelope) -> CaseData:
    try:
        return form.case(json.dumps(dict(envelope.data.case)))
    except ValidationError as error:
        raise SealBrokenError("case") from error


def _personal(form: Form, plain: bytes) -> PersonalData:
    try:
        return form.personal(plain)
    except ValidationError as error:
        raise SealBrokenError("personal") from error
