"""Writing the wire contract as a document: `python -m counter_app.headoffice.contract`."""

from __future__ import annotations

import json
import sys

from counter_app.headoffice.app import build_app


def document() -> str:
    """Return the OpenAPI 3.1 document as it is kept in docs/openapi.json."""
    return json.dumps(build_app().openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
