"""A seal service as a vendor would run it, in a process of its own: `python -m … FOLDER`.

Prints its port. Below `/well` it answers by docs/seal-service.md with the demonstration key of the
folder; below `/pin`, `/same` and so on it behaves badly.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

from counter_app.ports.paper import Seal
from counter_app.receipt.keys import load_seal_key
from counter_app.receipt.seal import PadesSeal
from tests.contract.receipt.conftest import FixedClock

REFUSALS = {"pin": 401, "key": 404, "ended": 409, "broken": 500}
STATES = {"odd": b'{"days_left": "many"}', "garbage": b"\x00", "bare": b"[]"}


class Service(BaseHTTPRequestHandler):
    """Answers one request."""

    seal: ClassVar[Seal]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        _, manner, what = self.path.split("/")
        if manner in REFUSALS:
            self.reply(REFUSALS[manner], b"")
        elif what == "seal":
            self.reply(200, self.sealed(manner, body))
        else:
            days = json.dumps({"days_left": self.seal.days_left()}).encode()
            self.reply(200, STATES.get(manner, days))

    def sealed(self, manner: str, body: bytes) -> bytes:
        """Seal, or answer with something else."""
        match manner:
            case "same":
                return body
            case "other":
                return b"%PDF-1.4 another file"
            case "long":
                return body + bytes(26 * 1024 * 1024)
            case _:
                return self.seal.seal(body)

    def reply(self, status: int, body: bytes) -> None:
        """Send an answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    Service.seal = PadesSeal(
        load_seal_key(Path(sys.argv[1]) / "seal.p12", b"demonstration"), FixedClock()
    )
    server = HTTPServer(("127.0.0.1", 0), Service)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
