"""A sealing key that never leaves its token (PKCS#11).

A wrong PIN is tried once and reported with what is known of the tries left; nothing here ever
tries again by itself, as a token locks after a few.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pkcs11
from cryptography import x509
from pkcs11 import Attribute, Mechanism, ObjectClass
from pkcs11.exceptions import (
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PinLocked,
    PKCS11Error,
)
from pkcs11.types import SignMixin

from counter_app.errors import CounterError, FailureCode
from counter_app.receipt.keys import SealKey


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a sealing key is.

    Attributes:
        module: The vendor's PKCS#11 library.
        token_label: Label of the token.
        key_label: Label that the private key and its certificate share.
    """

    module: Path
    token_label: str
    key_label: str
    pin: str = field(repr=False)


class TokenRsa:
    """An RSA key on a token; the session stays open until `close`.

    Raises:
        CounterError: SEAL_KEY_MISSING: no library, token, key or certificate; SEAL_PIN_WRONG: facts
            `tries` ("many", "few", "last", "none"), and `asked` 0 when the token was not asked.
    """

    def __init__(self, place: TokenPlace) -> None:
        self._lock = threading.Lock()
        token = _token(place)
        _require_tries(place)
        try:
            self._session = token.open(user_pin=place.pin)
        except (PinIncorrect, PinInvalid, PinLenRange, PinLocked) as error:
            raise CounterError(FailureCode.SEAL_PIN_WRONG, tries=_tries(place)) from error
        except PKCS11Error as error:
            raise CounterError(FailureCode.SEAL_KEY_MISSING, part="token") from error
        try:
            label = place.key_label
            key = self._session.get_key(ObjectClass.PRIVATE_KEY, label=label)
            self._key = _rsa_signing_key(key)
            wanted = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.LABEL: label}
            found = next(iter(self._session.get_objects(wanted)))
            self.certificate = x509.load_der_x509_certificate(bytes(found[Attribute.VALUE]))
        except (PKCS11Error, StopIteration, ValueError) as error:
            self.close()
            raise CounterError(FailureCode.SEAL_KEY_MISSING, part="token") from error

    def sign_sha256(self, data: bytes) -> bytes:
        """Sign with RSASSA-PKCS1-v1_5 and SHA-256 on the token."""
        try:
            with self._lock:
                return bytes(self._key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
        except PKCS11Error as error:
            raise CounterError(FailureCode.SEAL_KEY_MISSING, part="token") from error

    def close(self) -> None:
        """End the session."""
        self._session.close()


def seal_key_on(token: TokenRsa, chain: tuple[x509.Certificate, ...] = ()) -> SealKey:
    """Make a sealing key of what an open token holds."""
    return SealKey(token, token.certificate, chain)


def _token(place: TokenPlace) -> pkcs11.Token:
    try:
        return pkcs11.lib(str(place.module)).get_token(token_label=place.token_label)
    except (PKCS11Error, RuntimeError) as error:
        raise CounterError(FailureCode.SEAL_KEY_MISSING, part="token") from error


def _rsa_signing_key(key: pkcs11.Key) -> SignMixin:
    if not isinstance(key, SignMixin) or key.key_type is not pkcs11.KeyType.RSA:
        raise ValueError("not an RSA private key")
    return key


def _require_tries(place: TokenPlace) -> None:
    """Leave the last try to a person with the vendor's own tool; a locked token is not asked."""
    tries = _tries(place)
    if tries in {"none", "last"}:
        raise CounterError(FailureCode.SEAL_PIN_WRONG, tries=tries, asked=0)


def _tries(place: TokenPlace) -> str:
    """Read how many tries the token says are left; tokens tell only this much."""
    flags = _token(place).flags
    if pkcs11.TokenFlag.USER_PIN_LOCKED & flags:
        return "none"
    if pkcs11.TokenFlag.USER_PIN_FINAL_TRY & flags:
        return "last"
    return "few" if pkcs11.TokenFlag.USER_PIN_COUNT_LOW & flags else "many"
