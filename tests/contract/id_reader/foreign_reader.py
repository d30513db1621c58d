"""A reader's security module as bytes on a line, written from the frame format alone."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
STATUS, NUMBER, FIND, SELECT, READ, ADDED = "11ff", "12ff", "2001", "2002", "3001", "3003"
HANG_UP = "hang up"
Part = bytes | float | str
"""Bytes to send, seconds to wait, or the end of the line."""


def answer(status: int, data: bytes = b"", card: str = "0000") -> bytes:
    body = bytes.fromhex(card) + bytes([status]) + data
    body = (len(body) + 1).to_bytes(2, "big") + body
    check = 0
    for one in body:
        check ^= one
    return PREAMBLE + body + bytes([check])


def record(number: str = "440524188001010014", *, kind: str = " ") -> bytes:
    """Return an invented mainland card's text."""
    fields = (
        ("样本张三", 15),
        ("1", 1),
        ("01", 2),
        ("18800101", 8),
        ("样本省样本市样本路 1 号", 35),
        (number, 18),
        ("样本市公安局", 15),
        ("20200101", 8),
        ("长期", 8),
        ("", 14),
        (kind, 1),
        ("", 3),
    )
    return "".join(text.ljust(size) for text, size in fields).encode("utf-16-le")


def reading(text: bytes, photo: bytes = bytes(1024)) -> bytes:
    return len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big") + text + photo


MODULE = bytes.fromhex("05000100A53A340187D6120000B1CB7400")[:16]
GOOD: dict[str, tuple[Part, ...]] = {
    "10ff": (answer(0x90),),
    STATUS: (answer(0x90),),
    NUMBER: (answer(0x90, MODULE),),
    FIND: (answer(0x9F, bytes(4)),),
    SELECT: (answer(0x90, bytes(8)),),
    READ: (answer(0x90, reading(record())),),
    ADDED: (answer(0x91),),
}


@dataclass
class ForeignReader:
    """Answers on a loopback port.

    Attributes:
        script: What to answer to a request the first times it comes; afterwards as `GOOD`.
        always: What to answer to a request every time instead of `GOOD`.
    """

    script: dict[str, list[tuple[Part, ...]]] = field(default_factory=dict)
    always: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._ends = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve, name="foreign reader")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join(timeout=10)
        self._server.close()

    @property
    def source(self) -> str:
        return f"tcp:127.0.0.1:{self._server.getsockname()[1]}"

    def _serve(self) -> None:
        while not self._ends.is_set():
            try:
                line, _ = self._server.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(0.05)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        got = b""
        while not self._ends.is_set():
            try:
                more = line.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                return
            if not more:
                return
            got += more
            while (request := self._request(got)) is not None:
                got = got[got.index(PREAMBLE) + 7 + len(request) // 2 + 1 :]
                self.requests.append(request)
                try:
                    if not self._play(line, self._answer_to(request)):
                        return
                except OSError:
                    return

    def _request(self, got: bytes) -> str | None:
        start = got.find(PREAMBLE)
        if start < 0 or len(got) < start + 7:
            return None
        length = int.from_bytes(got[start + 5 : start + 7], "big")
        body = got[start + 7 : start + 7 + length]
        return body[:-1].hex() if len(body) == length else None

    def _answer_to(self, request: str) -> Iterable[Part]:
        waiting = self.script.get(request)
        if waiting:
            return waiting.pop(0)
        return self.always.get(request, GOOD.get(request, (answer(0x21),)))

    def _play(self, line: socket.socket, parts: Iterable[Part]) -> bool:
        for part in parts:
            if part == HANG_UP:
                return False
            if isinstance(part, bytes):
                line.sendall(part)
            elif isinstance(part, float):
                until = time.monotonic() + part
                while time.monotonic() < until and not self._ends.is_set():
                    time.sleep(0.005)
        return True
