"""What strangers and broken networks do to head office's port, with real sockets."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from counter_app.headoffice import embedded, manage
from counter_app.headoffice.app import build_app
from counter_app.headoffice.database import Database, sqlite_url
from counter_app.headoffice.line import Line
from counter_app.headoffice.serve import Deciding
from counter_app.headoffice.station import institution_key
from counter_app.wire.keys import public_half
from tests.contract.backoffice.messages import NOW, Desk
from tests.contract.headoffice.office import PASSWORD, REVIEWER

MB = 1024 * 1024
ENVELOPE = "Content-Type: application/cloudevents+json"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(institution_key=institution_key(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def office(
    tmp_path_factory: pytest.TempPathFactory, desk: Desk
) -> Iterator[embedded.EmbeddedOffice]:
    folder = tmp_path_factory.mktemp("office")
    known = {desk.counter: public_half(desk.signing_key)}
    options = embedded.EmbeddedOptions(
        decide=Deciding.MANUAL, counters=known, program="counter_app.bootstrap.office_process"
    )
    started = embedded.start(folder, options)
    database = Database(sqlite_url(folder / "headoffice.db"))
    manage.add_reviewer(database, REVIEWER, PASSWORD, NOW)
    database.close()
    yield started
    started.stop()
    assert "Traceback" not in (folder / "headoffice.log").read_text()


@pytest.fixture
def line(office: embedded.EmbeddedOffice) -> Iterator[socket.socket]:
    port = int(office.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        yield connection


def head(desk: Desk, path: str, *more: str, method: str = "PUT") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Counter-Id: {desk.counter}", *more]
    return "\r\n".join([*lines, "", ""]).encode()


def pour(line: socket.socket, data: bytes, size: int) -> int:
    """Send until everything is sent or the line is cut; returns how much the other side took."""
    sent = 0
    try:
        while sent < size:
            sent += line.send(data)
    except OSError:
        return sent
    return sent


def heard(line: socket.socket) -> tuple[int, dict[str, object]]:
    """Read an answer to the end of the line."""
    got = b""
    try:
        while part := line.recv(65536):
            got += part
    except ConnectionResetError:
        pass
    top, _, body = got.partition(b"\r\n\r\n")
    assert top.startswith(b"HTTP/1.1 "), got[:200]
    return int(top.split()[1]), json.loads(body)


def resident_kb(office: embedded.EmbeddedOffice) -> int:
    text = Path(f"/proc/{office.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", text)[1])  # type: ignore[index] # always there


def address(desk: Desk) -> str:
    return f"/v1/cases/{desk.message().message_id}"


def test_a_hundred_megabytes_are_answered_at_once_and_not_read(
    office: embedded.EmbeddedOffice, line: socket.socket, desk: Desk
) -> None:
    before = resident_kb(office)
    line.sendall(head(desk, address(desk), ENVELOPE, f"Content-Length: {100 * MB}"))
    taken = pour(line, bytes(MB), 100 * MB)
    status, problem = heard(line)
    assert (status, problem["type"]) == (413, "urn:counter-app:problem:too-large")
    assert taken < 20 * MB, "what the sockets between hold, and no more"
    assert resident_kb(office) - before < 8 * 1024


def test_a_body_without_an_end_is_cut_at_the_limit(
    office: embedded.EmbeddedOffice, line: socket.socket, desk: Desk
) -> None:
    before = resident_kb(office)
    line.sendall(head(desk, address(desk), ENVELOPE, "Transfer-Encoding: chunked"))
    taken = pour(line, b"100000\r\n" + bytes(MB) + b"\r\n", 100 * MB)
    assert heard(line)[0] == 413
    assert taken < 20 * MB
    assert resident_kb(office) - before < 16 * 1024


def test_a_stranger_pours_nothing_in(
    office: embedded.EmbeddedOffice, line: socket.socket, desk: Desk
) -> None:
    path = f"/v1/blobs/{'0' * 64}"
    digest = "Content-Digest: sha-256=:x:"
    stranger = Desk("nobody")
    line.sendall(head(stranger, path, digest, f"Content-Length: {10 * MB}"))
    pour(line, bytes(64 * 1024), 10 * MB)
    assert heard(line)[0] == 401


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"a" * 200_000,
        b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Bomb: " + b"a" * 5_000_000,
        b"GET /v1/health HTTP/1.1\r\n" + b"X: y\r\n" * 200_000,
    ],
    ids=["address", "one header", "many headers"],
)
def test_a_bomb_of_headers_is_refused(line: socket.socket, sent: bytes) -> None:
    pour(line, sent, len(sent))
    status, problem = heard(line)
    assert (status, problem["type"]) == (431, "urn:counter-app:problem:head-too-large")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"hello\r\n\r\n",
        b"PUT /v1/health HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
        b"PUT /v1/health HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"PUT /v1/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\nlie\r\n0\r\n\r\n",
    ],
    ids=["TLS", "words", "negative length", "two lengths", "a lying chunk"],
)
def test_what_is_no_http_gets_a_problem_document(line: socket.socket, sent: bytes) -> None:
    line.sendall(sent)
    status, problem = heard(line)
    assert status in {400, 404}
    assert problem["retry"] == "never"


def test_a_chunk_that_lies_about_its_size_stores_nothing(line: socket.socket, desk: Desk) -> None:
    message = desk.message(lane="lies")
    path = f"/v1/cases/{message.message_id}"
    line.sendall(head(desk, path, ENVELOPE, "Transfer-Encoding: chunked"))
    size = f"{len(message.payload) - 40:x}\r\n".encode()
    line.sendall(size + message.payload + b"\r\n0\r\n\r\n")
    status, problem = heard(line)
    assert (status, problem["retry"]) == (400, "never")


def test_a_packed_bomb_is_not_unpacked(
    office: embedded.EmbeddedOffice, line: socket.socket, desk: Desk
) -> None:
    before = resident_kb(office)
    bomb = gzip.compress(bytes(200 * MB))
    more = ("Content-Encoding: gzip", "Connection: close", f"Content-Length: {len(bomb)}")
    line.sendall(head(desk, address(desk), ENVELOPE, *more) + bomb)
    status, problem = heard(line)
    assert (status, problem["type"]) == (400, "urn:counter-app:problem:malformed")
    assert resident_kb(office) - before < 8 * 1024


def test_a_refused_request_leaves_the_line_as_it_was(line: socket.socket, desk: Desk) -> None:
    """A small body that was not read is no reason to cut the line."""
    refused = head(Desk("nobody"), address(desk), ENVELOPE, "Content-Length: 5")
    line.sendall(refused)
    got = b""
    while not got.endswith(b'"retry":"after-login"}'):
        part = line.recv(65536)
        assert part, got
        got += part
    assert b" 401 " in got
    line.sendall(b"hello" + head(desk, "/v1/health", "Connection: close", method="GET"))
    assert heard(line)[0] == 200


def _signed_in(office: embedded.EmbeddedOffice) -> tuple[http.client.HTTPConnection, str]:
    port = int(office.url.rsplit(":", 1)[1])
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    caller.request("GET", "/review/sign-in")
    shown = caller.getresponse()
    cookie = shown.headers["set-cookie"].split(";")[0]
    form = re.search(r'name="form" value="([^"]+)"', shown.read().decode())
    assert form
    body = f"name={REVIEWER}&password={PASSWORD.replace(' ', '+')}&form={form[1]}"
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    caller.request("POST", "/review/sign-in", body, kind)
    answer = caller.getresponse()
    answer.read()
    return caller, answer.headers["set-cookie"].split(";")[0]


def test_a_receipt_that_is_far_too_large_is_not_read_to_its_end(
    office: embedded.EmbeddedOffice, desk: Desk
) -> None:
    message = desk.message(lane="receipt")
    caller, cookie = _signed_in(office)
    kind = {"Content-Type": "application/cloudevents+json", "Counter-Id": desk.counter}
    caller.request("PUT", f"/v1/cases/{message.message_id}", message.payload, kind)
    assert caller.getresponse().read()
    before = resident_kb(office)
    path = f"/review/cases/{desk.counter}/{message.message_id}/receipt"
    form = "Content-Type: multipart/form-data; boundary=b"
    start = head(desk, path, f"Cookie: {cookie}", form, "Transfer-Encoding: chunked", method="POST")
    line = caller.sock
    line.sendall(start)
    taken = pour(line, b"100000\r\n" + bytes(MB) + b"\r\n", 200 * MB)
    got = b""
    try:
        while part := line.recv(65536):
            got += part
    except ConnectionResetError:
        pass
    caller.close()
    assert b" 422 " in got.split(b"\r\n")[0]
    assert taken < 30 * MB
    assert resident_kb(office) - before < 40 * 1024


def test_a_form_of_a_thousand_parts_is_refused(office: embedded.EmbeddedOffice, desk: Desk) -> None:
    caller, cookie = _signed_in(office)
    message = desk.message(lane="parts")
    kind = {"Content-Type": "application/cloudevents+json", "Counter-Id": desk.counter}
    caller.request("PUT", f"/v1/cases/{message.message_id}", message.payload, kind)
    assert caller.getresponse().read()
    part = b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nx\r\n'
    bomb = part * 50_000 + b"--b--\r\n"
    more = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": cookie}
    path = f"/review/cases/{desk.counter}/{message.message_id}/receipt"
    caller.request("POST", path, bomb, more)
    assert caller.getresponse().status == 422
    caller.close()


class HastyLine(Line):
    """The same limits of time, shorter."""

    request_s = 0.6
    rest_s = 0.3


@pytest.fixture
def hasty() -> Iterator[int]:
    """A server whose patience is short; the application behind it never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        build_app(), http=HastyLine, lifespan="off", log_config=None, ws="none", loop="asyncio"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), name="hasty office")
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", None),
        (b"GET /v1/hea", 408),
        (b"GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ", 408),
        (b"PUT /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n", 404),
    ],
    ids=["nothing", "half an address", "half a header", "a body that never comes"],
)
def test_who_is_slow_on_purpose_is_let_go(hasty: int, sent: bytes, status: int | None) -> None:
    with socket.create_connection(("127.0.0.1", hasty), timeout=20) as line:
        line.sendall(sent)
        started = time.monotonic()
        if status is None:
            assert line.recv(100) == b""
        else:
            assert heard(line)[0] == status
        assert time.monotonic() - started < 15


def test_a_body_byte_by_byte_is_cut_at_the_limit_of_time(hasty: int) -> None:
    with socket.create_connection(("127.0.0.1", hasty), timeout=20) as line:
        line.sendall(
            b"POST /v1/enrolments HTTP/1.1\r\nHost: x\r\n"
            b"Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n"
        )
        sent = 0
        line.settimeout(0.02)
        got = b""
        until = time.monotonic() + 15
        while time.monotonic() < until and not got:
            try:
                sent += line.send(b"x")
                got = line.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
        assert b" 408 " in got
        assert sent < 9000
