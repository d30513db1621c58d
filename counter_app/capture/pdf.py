"""Electronic letters: PDF pages as pictures, and their signatures, within bounds."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from counter_app.capture.images import MAX_FILE_BYTES
from counter_app.domain.electronic_signature import ElectronicSignature, SignatureVerdict
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.camera import Pixels
from counter_app.ports.stop import Stop, never

WORKER = "counter_app.capture.pdf_worker"
TIME_LIMIT_S = 9.0
LOOK_S = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class PdfLetter:
    """A PDF file as drawn and judged.

    Attributes:
        pages: At 200 dots per inch.
        signatures: In the order of signing.
    """

    pages: tuple[Pixels, ...]
    signatures: tuple[ElectronicSignature, ...]


def open_pdf(data: bytes, roots: Path | None = None, stop: Stop | None = None) -> PdfLetter:
    """Draw the pages and judge the signatures; scripts and actions never run.

    Both happen in a process that is ended after nine seconds or when it asks for more than
    1.5 GB, so that no file can hold up the counter.

    Args:
        data: The file.
        roots: Certificates of the authorities that are believed; None believes nobody.
        stop: Looked at five times a second.

    Raises:
        CounterError: IMAGE_TOO_LARGE (over 40 MB, more than eight pages, pages larger than a
            PDF may have, or more drawing than a letter needs), IMAGE_UNREADABLE (damaged or
            locked with a password), STOPPED.
    """
    if len(data) > MAX_FILE_BYTES:
        raise CounterError(FailureCode.IMAGE_TOO_LARGE, bytes=len(data))
    answer = _asked(data, roots, stop or never())
    if not answer:
        # The worker came to its end before it could say anything: memory or time.
        raise CounterError(FailureCode.IMAGE_TOO_LARGE, kind="pdf")
    try:
        return _letter(answer)
    except ValueError as error:
        raise CounterError(FailureCode.IMAGE_UNREADABLE, kind="pdf") from error


def render(data: bytes) -> tuple[Pixels, ...]:
    """Return the pages as pictures; see `open_pdf`.

    Raises:
        CounterError: As `open_pdf`.
    """
    return open_pdf(data).pages


def _letter(answer: bytes) -> PdfLetter:
    """Read the worker's answer; ValueError where it was cut off."""
    head, _, pixels = answer.partition(b"\n")
    told = json.loads(head)
    if "failure" in told:
        raise CounterError(FailureCode(told["failure"]), kind="pdf")
    signatures = tuple(_signature(each) for each in told["signatures"])
    return PdfLetter(_pages(told["pages"], pixels), signatures)


def _asked(data: bytes, roots: Path | None, stop: Stop) -> bytes:
    command = [sys.executable, "-m", WORKER, *([str(roots)] if roots is not None else [])]
    answers: list[bytes] = []
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as worker:
        # A thread moves the bytes both ways: retrying `communicate` loses what was not yet sent.
        mover = threading.Thread(target=lambda: answers.append(worker.communicate(data)[0]))
        mover.start()
        try:
            _wait(mover, stop)
        finally:
            worker.kill()
            mover.join()
    return answers[0] if answers else b""


def _wait(mover: threading.Thread, stop: Stop) -> None:
    ends_at = time.monotonic() + TIME_LIMIT_S
    while mover.is_alive():
        if stop.is_set():
            raise CounterError(FailureCode.STOPPED)
        if time.monotonic() > ends_at:
            raise CounterError(FailureCode.IMAGE_TOO_LARGE, kind="pdf", reason="too slow")
        mover.join(LOOK_S)


def _pages(shapes: list[tuple[int, int, int]], pixels: bytes) -> tuple[Pixels, ...]:
    pages, start = [], 0
    for high, wide, depth in shapes:
        end = start + high * wide * depth
        flat = np.frombuffer(pixels[start:end], np.uint8)
        pages.append(flat.reshape(high, wide, depth).copy())
        start = end
    return tuple(pages)


def _signature(told: dict[str, str | bool | None]) -> ElectronicSignature:
    signed_at = told["signed_at"]
    return ElectronicSignature(
        str(told["signer"]),
        SignatureVerdict(str(told["verdict"])),
        datetime.fromisoformat(str(signed_at)) if signed_at else None,
        bool(told["is_revocation_known"]),
    )
