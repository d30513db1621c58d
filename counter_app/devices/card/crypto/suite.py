"""Ciphers, message codes and key derivation of secure messaging.

Source: ICAO Doc 9303-11, sections 4.3.3, 4.4.3.2, 9.7 and 9.8.
"""

from __future__ import annotations

import hashlib
import hmac
from enum import Enum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC

MAC_BYTES = 8


class Suite(Enum):
    """A cipher with the length of its key; the value is the last arc of the PACE identifiers."""

    TDES = 1
    AES_128 = 2
    AES_192 = 3
    AES_256 = 4

    @property
    def key_bytes(self) -> int:
        """Length of both keys."""
        return {Suite.AES_192: 24, Suite.AES_256: 32}.get(self, 16)

    @property
    def block_bytes(self) -> int:
        """Block length of the cipher and of the padding."""
        return 8 if self is Suite.TDES else 16

    def derive(self, secret: bytes, counter: int) -> bytes:
        """Return a key from a shared secret.

        Args:
            secret: The agreed element, seed or password hash.
            counter: 1 for encryption, 2 for message codes, 3 for a password.
        """
        uses_sha1 = self in (Suite.TDES, Suite.AES_128)
        digest = hashlib.sha1 if uses_sha1 else hashlib.sha256  # as the standard says
        key = digest(secret + counter.to_bytes(4, "big")).digest()[: self.key_bytes]
        return odd_parity(key) if self is Suite.TDES else key

    def encrypt(self, key: bytes, data: bytes, start: bytes = b"") -> bytes:
        """Encrypt whole blocks by chaining; `start` is the vector, zeros when empty."""
        encryptor = self._cipher(key, start).encryptor()
        return encryptor.update(data) + encryptor.finalize()

    def decrypt(self, key: bytes, data: bytes, start: bytes = b"") -> bytes:
        """Decrypt whole blocks; the inverse of `encrypt`.

        Raises:
            ValueError: The data is no whole number of blocks.
        """
        if len(data) % self.block_bytes:
            raise ValueError("encrypted data is no whole number of blocks")
        decryptor = self._cipher(key, start).decryptor()
        return decryptor.update(data) + decryptor.finalize()

    def _cipher(self, key: bytes, start: bytes) -> Cipher[modes.CBC]:
        vector = start or bytes(self.block_bytes)
        if self is Suite.TDES:
            return Cipher(TripleDES(key + key[:8]), modes.CBC(vector))
        return Cipher(algorithms.AES(key), modes.CBC(vector))

    def mac(self, key: bytes, data: bytes) -> bytes:
        """Return the eight bytes that prove `data`, which for TDES is padded first."""
        if self is Suite.TDES:
            return _retail_mac(key, pad(data, 8))
        code = CMAC(algorithms.AES(key))
        code.update(data)
        return code.finalize()[:MAC_BYTES]

    def is_mac(self, key: bytes, data: bytes, code: bytes) -> bool:
        """Say in constant time whether `code` proves `data`."""
        return hmac.compare_digest(self.mac(key, data), code)


def _retail_mac(key: bytes, padded: bytes) -> bytes:
    # ISO/IEC 9797-1 algorithm 3: single DES over all blocks, the last one with both keys.
    first, second = key[:8], key[8:16]
    single = Cipher(TripleDES(first * 3), modes.CBC(bytes(8))).encryptor()
    last = (single.update(padded) + single.finalize())[-8:]
    middle = Cipher(TripleDES(second * 3), modes.ECB()).decryptor()  # noqa: S305 - one block
    outer = Cipher(TripleDES(first * 3), modes.ECB()).encryptor()  # noqa: S305 - one block
    return outer.update(middle.update(last))


def pad(data: bytes, block_bytes: int) -> bytes:
    """Add 80 and zeros up to a whole number of blocks (ISO/IEC 9797-1 method 2)."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block_bytes)


def unpad(data: bytes) -> bytes:
    """Take the padding away.

    Raises:
        ValueError: There is none.
    """
    bare = data.rstrip(b"\x00")
    if not bare.endswith(b"\x80"):
        raise ValueError("the padding is wrong")
    return bare[:-1]


def odd_parity(key: bytes) -> bytes:
    """Set the lowest bit of each byte so that its number of ones is odd, as DES keys have it."""
    return bytes(byte & 0xFE | ((byte >> 1).bit_count() + 1) % 2 for byte in key)
