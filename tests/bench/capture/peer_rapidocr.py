"""Reads pictures with RapidOCR as it comes; run by an interpreter that has it installed.

Prints one JSON object: file name to lines and CPU seconds. Never imported by the project.
"""

from __future__ import annotations

import json
import sys
import time

from rapidocr import RapidOCR


def main() -> None:
    """Read every file named on the command line."""
    engine = RapidOCR()
    engine(sys.argv[1])
    found = {}
    for path in sys.argv[1:]:
        started = time.process_time()
        result = engine(path)
        lines = [str(text) for text in (result.txts or ())]
        found[path] = {"lines": lines, "cpu_s": time.process_time() - started}
    sys.stdout.write("\n" + json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
