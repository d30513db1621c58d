"""From the nonce to the generator both sides compute with.

Source: ICAO Doc 9303-11, section 4.4.3.3 and appendix B.
"""

from __future__ import annotations

from typing import Protocol

from counter_app.devices.card.crypto.suite import Suite

C0_128 = bytes.fromhex("a668892a7c41e3ca739f40b057d85904")
C1_128 = bytes.fromhex("a4e136ac725f738b01c1f60217c188ad")
C0_256 = bytes.fromhex("d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676")
C1_256 = bytes.fromhex("54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517")


class Domain(Protocol):
    """A group whose elements are handled encoded; raises ValueError for what is none."""

    @property
    def prime(self) -> int:
        """The field's or modulus' prime."""
        ...

    @property
    def order(self) -> int:
        """How many elements the generator makes."""
        ...

    def base(self) -> bytes:
        """Return the standard generator."""
        ...

    def multiply(self, scalar: int, element: bytes) -> bytes:
        """Return the element `scalar` times."""
        ...

    def add(self, first: bytes, second: bytes) -> bytes:
        """Return the sum of two elements."""
        ...

    def secret(self, element: bytes) -> bytes:
        """Return what keys are derived from."""
        ...

    def from_random(self, number: int) -> bytes:
        """Return an element of unknown logarithm."""
        ...


def generic_generator(domain: Domain, nonce: bytes, agreed: bytes) -> bytes:
    """Return the generator of the generic mapping.

    Args:
        domain: As the chip names it.
        nonce: Decrypted.
        agreed: The element both sides agreed on for this purpose.
    """
    scaled = domain.multiply(int.from_bytes(nonce, "big") % domain.order, domain.base())
    return domain.add(scaled, agreed)


def integrated_generator(domain: Domain, suite: Suite, nonce: bytes, terminal: bytes) -> bytes:
    """Return the generator of the integrated mapping.

    Args:
        domain: As the chip names it.
        suite: Cipher of the session.
        nonce: The chip's, decrypted.
        terminal: The terminal's nonce, as long as a key.
    """
    stream = pseudo_random(suite, nonce, terminal, domain.prime)
    return domain.from_random(int.from_bytes(stream, "big") % domain.prime)


def pseudo_random(suite: Suite, nonce: bytes, terminal: bytes, prime: int) -> bytes:
    """Return at least 64 bits more than the prime has, from both nonces (R in the standard)."""
    is_short = suite in (Suite.TDES, Suite.AES_128)
    for_key, for_output = (C0_128, C1_128) if is_short else (C0_256, C1_256)
    key = suite.encrypt(terminal, nonce)
    stream = b""
    while len(stream) * 8 < prime.bit_length() + 64:
        key = key[: suite.key_bytes]
        stream += suite.encrypt(key, for_output)
        key = suite.encrypt(key, for_key)
    return stream
