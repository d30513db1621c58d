"""Head office as a child process that also judges receipts.

The same as `python -m counter_app.headoffice`, with `--trust`, the folder of trusted certificates.
"""

from __future__ import annotations

from counter_app.bootstrap.receipt_judge import TrustedJudge
from counter_app.headoffice.__main__ import main

if __name__ == "__main__":
    main(judge_of=TrustedJudge)
