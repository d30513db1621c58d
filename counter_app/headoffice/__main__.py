"""Head office as a child process: `python -m counter_app.headoffice`.

Prints one line, the address, when it takes connections. Ends on SIGTERM, and when its standard
input ends, so that it never outlives the program that started it.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from counter_app.headoffice.identity import IdentityMode
from counter_app.headoffice.serve import (
    Deciding,
    ServeOptions,
    ignore_terminal_interrupt,
    serve,
)
from counter_app.ports.receipt_judge import ReceiptJudge


def main(
    arguments: list[str] | None = None, judge_of: Callable[[Path], ReceiptJudge] | None = None
) -> None:
    """Serve with the options of the command line.

    Args:
        arguments: Instead of those of this process.
        judge_of: Makes what judges receipts from a folder of trusted certificates; without it
            the option `--trust` does nothing.
    """
    parser = argparse.ArgumentParser(prog="python -m counter_app.headoffice")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database-url", default="")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--identity", type=IdentityMode, default=IdentityMode.CERTIFICATE)
    parser.add_argument("--decide", type=Deciding, default=Deciding.MANUAL)
    parser.add_argument("--environment", default="production")
    parser.add_argument("--pause-s", type=float, default=2.0)
    parser.add_argument("--counters", type=Path, help="JSON: counter to public signing key, PEM")
    parser.add_argument("--trust", type=Path, help="folder of trusted certificates, for receipts")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    ignore_terminal_interrupt()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    options = ServeOptions(
        folder=given.folder,
        database_url=given.database_url,
        host=given.host,
        port=given.port,
        identity=given.identity,
        deciding=given.decide,
        environment=given.environment,
        pause_s=given.pause_s,
    )
    judge = judge_of(given.trust) if judge_of is not None and given.trust is not None else None
    serve(options, _counters(given.counters), _announce, judge)


def _counters(path: Path | None) -> dict[str, bytes]:
    if path is None:
        return {}
    return {counter: key.encode() for counter, key in json.loads(path.read_text()).items()}


def _announce(url: str) -> None:
    sys.stdout.write(url + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
