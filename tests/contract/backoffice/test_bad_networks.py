"""What a branch network does to the client, with real sockets."""

from __future__ import annotations

import gzip
import hashlib
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from counter_app.backoffice.http_office import HttpBackOffice
from counter_app.backoffice.transport import Connection, Limits
from counter_app.errors import CounterError, FailureCode
from counter_app.headoffice.authority import key_pem, new_authority, server_certificate
from counter_app.ports.stop import never
from counter_app.wire.jose import MAX_BLOB_BYTES
from tests.contract.backoffice.conftest import address_of
from tests.contract.backoffice.messages import Desk

PAGE = b"<html><body>Please sign in to the branch network</body></html>"


def _http(status: str, body: bytes, kind: str = "text/html", extra: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}"
    return head.encode("latin-1") + b"Connection: close\r\n\r\n" + body


@contextmanager
def _answering(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Serve every connection with `answer` until the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    answer(connection)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, name="fake office")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(6)


def _canned(reply: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(reply)

    return answer


def _failure(url: str, limits: Limits | None = None) -> CounterError:
    desk = Desk()
    address = address_of(desk, url)
    office = HttpBackOffice(address, Connection(address, limits=limits))
    try:
        with pytest.raises(CounterError) as caught:
            office.put_message(desk.message(), never())
        return caught.value
    finally:
        office.close()


RECEIPT = b'{"status":"received","id":"01a207f4-2c2a-711b-8ade-a90f45746a5a","epoch":"e",'
RECEIPT += b'"servertime":"2026-11-23T02:00:00Z","missing":[]}'


@pytest.mark.parametrize(
    "reply",
    [
        _http("200 OK", PAGE),
        _http("201 Created", PAGE, "application/json"),
        _http("200 OK", b'{"status":"ok"}', "application/json"),
        _http("200 OK", RECEIPT, "application/json"),
        _http("302 Found", b"", extra="Location: http://portal.test/\r\n"),
        _http("204 No Content", b""),
        _http("403 Forbidden", PAGE),
        _http("511 Network Authentication Required", PAGE),
    ],
    ids=["page", "page as json", "json", "other receipt", "redirect", "empty", "403", "511"],
)
def test_a_portal_in_between_is_never_an_acknowledgement(reply: bytes) -> None:
    with _answering(_canned(reply)) as url:
        code = _failure(url).code
    assert code in {FailureCode.OFFICE_CAPTIVE_PORTAL, FailureCode.OFFICE_UNREACHABLE}


@pytest.mark.parametrize(
    "reply",
    [b"", b"HTTP/1.1 20", b"SSH-2.0-OpenSSH_9.2\r\n", _http("502 Bad Gateway", PAGE)],
    ids=["closed", "cut", "not http", "bad gateway"],
)
def test_a_broken_answer_is_tried_again(reply: bytes) -> None:
    with _answering(_canned(reply)) as url:
        assert _failure(url).code is FailureCode.OFFICE_UNREACHABLE


def test_an_answer_cut_in_the_middle_is_no_acknowledgement() -> None:
    whole = _http("201 Created", RECEIPT, "application/json")
    with _answering(_canned(whole[:-20])) as url:
        assert _failure(url).code is FailureCode.OFFICE_UNREACHABLE


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        ("0", 1),
        ("999999", 3600),
        ("9" * 5000, 3600),
        ("soon", 30),
        ("", 30),
        ("\xb2", 30),
        ("Mon, 01 Jan 99999 00:00:00 GMT", 30),
        ("Mon, 01 Jan 0001 00:00:00 -2359", 1),
    ],
)
def test_head_office_says_when_to_come_back(value: str, seconds: int) -> None:
    reply = _http("503 Service Unavailable", b"", extra=f"Retry-After: {value}\r\n")
    with _answering(_canned(reply)) as url:
        error = _failure(url)
    assert error.code is FailureCode.OFFICE_BUSY
    assert error.facts["retry_after_s"] == seconds


def _endless(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        connection.sendall(b" " * 65536)


def _many_headers(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X: " + b"a" * 1000 + b"\r\n")


_BOMB = gzip.compress(bytes(64 * 1024 * 1024))
_PACKED = _http("200 OK", _BOMB, "application/json", "Content-Encoding: gzip\r\n")
_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        _endless,
        _many_headers,
        _canned(_PACKED),
        _canned(_CHUNKED + b"\r\nZZ\r\nlie\r\n0\r\n\r\n"),
        _canned(_CHUNKED + b"\r\nFFFF\r\nshort"),
        _canned(_http("200 OK", b"[" * 100_000, "application/json")),
        _canned(_http("999 What", PAGE)),
    ],
    ids=["endless", "headers", "packed bomb", "lying chunk", "short chunk", "deep", "999"],
)
def test_an_answer_meant_to_harm_is_left_and_tried_again(
    answer: Callable[[socket.socket], None],
) -> None:
    tracemalloc.start()
    with _answering(answer) as url:
        code = _failure(url, Limits(read_s=3.0, total_s=5.0)).code
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code in {FailureCode.OFFICE_CAPTIVE_PORTAL, FailureCode.OFFICE_UNREACHABLE}
    assert most < 24 * 1024 * 1024


def test_a_cursor_nobody_could_ask_with_is_not_kept() -> None:
    page = b'{"decisions":[],"cursor":%d,"epoch":"e","servertime":"2026-11-23T02:00:00Z"}'
    for cursor in (2**70, -1):
        with _answering(_canned(_http("200 OK", page % cursor, "application/json"))) as url:
            office = HttpBackOffice(address_of(Desk(), url))
            with pytest.raises(CounterError) as caught:
                office.decisions(0, never(), 0.0)
            office.close()
        assert caught.value.code is FailureCode.OFFICE_CAPTIVE_PORTAL


def test_an_image_that_is_too_large_is_refused_here_and_not_for_ever_tried() -> None:
    with _answering(_canned(_http("404 Not Found", b"", "application/json"))) as url:
        office = HttpBackOffice(address_of(Desk(), url))
        data = bytes(MAX_BLOB_BYTES + 1)
        with pytest.raises(CounterError) as caught:
            office.put_blob(hashlib.sha256(data).hexdigest(), data, never())
        office.close()
    assert caught.value.facts == {"problem": "too-large", "retry": "never"}


def test_a_server_that_never_answers_is_left_in_time() -> None:
    with _answering(lambda connection: connection.recv(1) and time.sleep(1.5)) as url:
        error = _failure(url, Limits(read_s=0.5))
    assert error.code is FailureCode.OFFICE_UNREACHABLE


def _drip(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b".")
        time.sleep(0.05)


def test_an_answer_that_drips_is_left_at_the_total_limit() -> None:
    with _answering(_drip) as url:
        error = _failure(url, Limits(read_s=1.0, total_s=0.6))
    assert error.code is FailureCode.OFFICE_UNREACHABLE
    assert error.facts["limit"] == "total"


class _After:
    """A stop that is set some time after it was made."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def is_set(self) -> bool:
        return time.monotonic() > self._until

    def wait(self, timeout_s: float) -> bool:
        return self.is_set()


def test_a_held_question_ends_when_nobody_waits_any_more() -> None:
    with _answering(lambda connection: connection.recv(65536) and connection.recv(1)) as url:
        office = HttpBackOffice(address_of(Desk(), url))
        with pytest.raises(CounterError) as caught:
            office.decisions(0, _After(0.3), 25.0)
        office.close()
    assert caught.value.code is FailureCode.STOPPED


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert _failure(f"http://127.0.0.1:{port}").code is FailureCode.OFFICE_UNREACHABLE


def test_an_unknown_name_is_told_apart() -> None:
    desk = Desk()
    address = replace(address_of(desk, "https://no-such-office.invalid"), authority=None)
    office = HttpBackOffice(address)
    with pytest.raises(CounterError) as caught:
        office.put_message(desk.message(), never())
    office.close()
    assert caught.value.code is FailureCode.OFFICE_NAME_UNKNOWN


@pytest.mark.parametrize(
    ("shift", "code"),
    [
        (timedelta(days=-2000), FailureCode.OFFICE_CLOCK),
        (timedelta(days=30), FailureCode.OFFICE_CLOCK),
    ],
    ids=["expired", "not yet valid"],
)
def test_a_certificate_out_of_its_time_points_at_the_clock(
    shift: timedelta, code: FailureCode, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    authority = new_authority(now - timedelta(days=2500) if shift.days < 0 else now)
    certificate, key = server_certificate(authority, ("127.0.0.1",), now + shift)
    assert _failure_over_tls(tmp_path, authority.pem, certificate, key).code is code


def test_a_stranger_under_our_address_is_not_trusted(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    certificate, key = server_certificate(new_authority(now), ("127.0.0.1",), now)
    error = _failure_over_tls(tmp_path, new_authority(now).pem, certificate, key)
    assert error.code is FailureCode.OFFICE_TLS


def test_a_certificate_for_another_name_is_not_trusted(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    authority = new_authority(now)
    certificate, key = server_certificate(authority, ("office.test",), now)
    error = _failure_over_tls(tmp_path, authority.pem, certificate, key)
    assert error.code is FailureCode.OFFICE_TLS


def test_plain_http_where_tls_is_expected_is_a_tls_failure(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    (tmp_path / "authority.pem").write_bytes(new_authority(now).pem)
    with _answering(_canned(_http("200 OK", PAGE))) as url:
        error = _tls_failure(tmp_path, url.replace("http:", "https:"))
    assert error.code is FailureCode.OFFICE_TLS


def _failure_over_tls(folder: Path, authority: bytes, certificate, key) -> CounterError:  # noqa: ANN001
    (folder / "authority.pem").write_bytes(authority)
    (folder / "server.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "server.key").write_bytes(key_pem(key))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")

    def answer(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65536)

    with _answering(answer) as url:
        return _tls_failure(folder, url.replace("http:", "https:"))


def _tls_failure(folder: Path, url: str) -> CounterError:
    desk = Desk()
    office = HttpBackOffice(address_of(desk, url, authority=folder / "authority.pem"))
    try:
        with pytest.raises(CounterError) as caught:
            office.put_message(desk.message(), never())
        return caught.value
    finally:
        office.close()


def test_after_a_jump_of_the_wall_clock_the_old_connection_is_not_used() -> None:
    accepted: list[int] = []

    def answer(connection: socket.socket) -> None:
        accepted.append(1)
        while connection.recv(65536):
            body = b'{"status":"ok","epoch":"e","servertime":"2026-11-23T02:00:00Z"}'
            head = (
                f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
            )
            connection.sendall(head.encode() + b"\r\n\r\n" + body)

    wall = [datetime(2026, 11, 23, tzinfo=UTC)]
    with _answering(answer) as url:
        address = address_of(Desk(), url)
        office = HttpBackOffice(address, Connection(address, lambda: 0.0, lambda: wall[0]))
        office.server_time(never())
        office.server_time(never())
        assert len(accepted) == 1
        wall[0] += timedelta(hours=1)
        office.server_time(never())
        office.close()
    assert len(accepted) == 2
