"""A vendor's local HTTP service in front of the simulated module."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from counter_app.devices.id_reader.card_wait import split_reading
from counter_app.devices.id_reader.frame import SHORTEST_ANSWER, FrameBuffer, encode_frame
from counter_app.devices.id_reader.sam_v import FOUND, SUCCESS, Command
from counter_app.devices.id_reader.simulator.module import SimulatedIdCardReader
from counter_app.domain.ethnicity import ethnicity_name
from counter_app.domain.resident_card import ResidentCard, ResidentCardKind, Sex
from counter_app.domain.resident_record import LONG_TERM, parse_record

SPECIMEN_JPEG_BASE64 = "/9j/2Q=="
"""The two markers of a JPEG without a picture between them."""

_CERTIFICATE_TYPES = {
    ResidentCardKind.MAINLAND: " ",
    ResidentCardKind.FOREIGN_2017: "I",
    ResidentCardKind.HMT_RESIDENCE: "J",
    ResidentCardKind.FOREIGN_2023: "Y",
}
_NO_CARD = -11
_NOT_OPEN = -1


class SimulatedIdCardReaderService:
    """Serves `/OpenDevice`, `/readcard` and `/CloseDevice` on a loopback port until unplugged.

    Attributes:
        body: When set, the answer to every read, whatever lies on the reader.
        opens: False for a service that finds no reader to open.
        status: HTTP status of every answer.
    """

    def __init__(self, reader: SimulatedIdCardReader, port: int = 0) -> None:
        """Listen on a loopback port, any free one when it is 0."""
        self._reader = reader
        self._port = port
        self._is_open = False
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.body: bytes | None = None
        self.opens = True
        self.status = 200
        self.plug()

    @property
    def path(self) -> str:
        """The service's address."""
        return f"http://127.0.0.1:{self._port}"

    def plug(self) -> None:
        """Start the service, on the same port as before."""
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = service.answer(self.path)
                self.send_response(service.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_line: object) -> None:
                """Say nothing: requests are not worth a line."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="simulated-id-reader-service"
        )
        self._thread.start()

    def unplug(self) -> None:
        """Stop the service; may be called twice."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
        if self._thread is not None:
            self._thread.join()

    def answer(self, target: str) -> bytes:
        """Return the body for a request target such as `/readcard&t=0.5`."""
        match target.split("&", maxsplit=1)[0]:
            case "/OpenDevice" if self.opens:
                self._is_open = True
                return _json({"resultFlag": 0, "errorMsg": ""})
            case "/CloseDevice":
                self._is_open = False
                return _json({"resultFlag": 0, "errorMsg": ""})
            case "/readcard" if self._is_open:
                return self.body if self.body is not None else self._read()
        return _json({"resultFlag": _NOT_OPEN, "errorMsg": "设备未打开"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.unplug()

    def _read(self) -> bytes:
        for command, expected in ((Command.FIND, FOUND), (Command.SELECT, SUCCESS)):
            if self._ask(command)[2:3] != bytes([expected]):
                return _json({"resultFlag": _NO_CARD, "errorMsg": "读卡失败"})
        answer = self._ask(Command.READ)
        if answer[2:3] != bytes([SUCCESS]):
            return _json({"resultFlag": _NOT_OPEN, "errorMsg": "读卡失败"})
        text, _photo = split_reading(answer[3:])
        return _json(_told(parse_record(text)))

    def _ask(self, command: Command) -> bytes:
        buffer = FrameBuffer(SHORTEST_ANSWER)
        for piece in self._reader.receive(encode_frame(bytes(command.value))):
            buffer.feed(piece.content)
        frame = buffer.take()
        return frame.payload if frame else b""


def _told(card: ResidentCard) -> dict[str, str | int]:
    return {
        "resultFlag": 0,
        "errorMsg": "",
        "certType": _CERTIFICATE_TYPES[card.kind],
        "partyName": card.display_name,
        "gender": "男" if card.sex is Sex.MALE else "女",
        "nation": ethnicity_name(card.ethnicity_code),
        "nationCode": card.ethnicity_code or card.nationality,
        "bornDay": card.born_on.strftime("%Y%m%d"),
        "certAddress": card.address,
        "certNumber": card.number,
        "certOrg": card.authority,
        "effDate": card.valid_from.strftime("%Y%m%d"),
        "expDate": card.valid_until.strftime("%Y%m%d") if card.valid_until else LONG_TERM,
        "identityPic": SPECIMEN_JPEG_BASE64,
    }


def _json(told: dict[str, str | int]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, separators=(",", " : ")).encode()
