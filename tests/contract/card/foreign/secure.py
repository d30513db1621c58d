"""A chip's side of secure messaging, written from the standard and not from our own code."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.cmac import CMAC


def ber(tag: str, *parts: bytes, pad_length: int = 0) -> bytes:
    """Encode a data object; `pad_length` forces a longer length field than needed."""
    value = b"".join(parts)
    size = len(value)
    if size < 0x80 and not pad_length:
        return bytes.fromhex(tag) + bytes([size]) + value
    width = max(pad_length, (size.bit_length() + 7) // 8)
    return bytes.fromhex(tag) + bytes([0x80 | width]) + size.to_bytes(width, "big") + value


def unber(data: bytes) -> dict[int, bytes]:
    """Read objects with one-byte tags."""
    found, at = {}, 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            width = length & 0x7F
            length, at = int.from_bytes(data[at : at + width], "big"), at + width
        found[tag] = data[at : at + length]
        at += length
    return found


def padded(data: bytes, block: int) -> bytes:
    data += b"\x80"
    return data + bytes(-len(data) % block)


@dataclass
class Keys:
    """3DES ("3des") or AES with 16, 24 or 32 bytes."""

    kind: str
    enc: bytes
    mac: bytes

    @classmethod
    def derive(cls, kind: str, secret: bytes) -> Keys:
        return cls(kind, kdf(kind, secret, 1), kdf(kind, secret, 2))

    @property
    def block(self) -> int:
        return 8 if self.kind == "3des" else 16

    def cbc(self, iv: bytes) -> Cipher[modes.CBC]:
        if self.kind == "3des":
            return Cipher(TripleDES(self.enc + self.enc[:8]), modes.CBC(iv))
        return Cipher(algorithms.AES(self.enc), modes.CBC(iv))

    def encrypt(self, data: bytes, iv: bytes) -> bytes:
        one = self.cbc(iv).encryptor()
        return one.update(data) + one.finalize()

    def decrypt(self, data: bytes, iv: bytes) -> bytes:
        one = self.cbc(iv).decryptor()
        return one.update(data) + one.finalize()

    def tag(self, data: bytes) -> bytes:
        """MAC over data that is padded here for 3DES and as it is for AES."""
        if self.kind == "3des":
            return retail(self.mac, padded(data, 8))
        code = CMAC(algorithms.AES(self.mac))
        code.update(data)
        return code.finalize()[:8]


def retail(key: bytes, data: bytes) -> bytes:
    def des(half: bytes, block: bytes, back: bool = False) -> bytes:
        cipher = Cipher(TripleDES(half * 3), modes.ECB())
        one = cipher.decryptor() if back else cipher.encryptor()
        return one.update(block) + one.finalize()

    state = bytes(8)
    for at in range(0, len(data), 8):
        block = bytes(x ^ y for x, y in zip(state, data[at : at + 8], strict=True))
        state = des(key[:8], block)
    return des(key[:8], des(key[8:16], state, back=True))


def kdf(kind: str, secret: bytes, counter: int) -> bytes:
    data = secret + counter.to_bytes(4, "big")
    match kind:
        case "3des":
            raw = hashlib.sha1(data).digest()[:16]
            return bytes(b if b.bit_count() % 2 else b ^ 1 for b in raw)
        case "aes128":
            return hashlib.sha1(data).digest()[:16]
        case "aes192":
            return hashlib.sha256(data).digest()[:24]
        case _:
            return hashlib.sha256(data).digest()


class Session:
    """Unwraps commands and wraps answers."""

    def __init__(self, keys: Keys, counter: int) -> None:
        self.keys, self.counter = keys, counter

    def _ssc(self) -> bytes:
        self.counter += 1
        return self.counter.to_bytes(self.keys.block, "big")

    def _iv(self, ssc: bytes) -> bytes:
        if self.keys.kind == "3des":
            return bytes(8)
        one = Cipher(algorithms.AES(self.keys.enc), modes.ECB()).encryptor()
        return one.update(ssc) + one.finalize()

    def _mac(self, ssc: bytes, data: bytes) -> bytes:
        whole = ssc + data
        return self.keys.tag(whole if self.keys.kind == "3des" else padded(whole, 16))

    def open(self, head: bytes, body: bytes) -> tuple[bytes, int] | None:
        """Return plain data and expected length, or None when the proof is wrong."""
        ssc, found = self._ssc(), unber(body)
        covered = body[:-10]
        start = padded(head, self.keys.block)
        if covered:
            mac = self._mac(ssc, start + covered)
        else:
            mac = self.keys.tag(ssc + (head if self.keys.kind == "3des" else start))
        if mac != found.get(0x8E):
            return None
        plain = b""
        hidden = found[0x87][1:] if 0x87 in found else found.get(0x85, b"")
        if hidden:
            plain = self.keys.decrypt(hidden, self._iv(ssc)).rstrip(b"\0")[:-1]
        wanted = found.get(0x97, b"")
        most = 65536 if len(wanted) == 2 else 256
        return plain, (int.from_bytes(wanted, "big") or most) if wanted else 0

    def close(self, data: bytes, status: int, odd: bool) -> bytes:
        ssc, body = self._ssc(), b""
        if data:
            hidden = self.keys.encrypt(padded(data, self.keys.block), self._iv(ssc))
            body = ber("85", hidden) if odd else ber("87", b"\x01", hidden)
        body += ber("99", status.to_bytes(2, "big"))
        return body + ber("8E", self._mac(ssc, body))
