"""What every process of the program forbids itself: memory images on disk, files for others."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_DUMPABLE = 4
_SEM_FAILCRITICALERRORS, _SEM_NOGPFAULTERRORBOX = 0x0001, 0x0002


def protect_process() -> None:
    """Leave no core file behind and make new files for their owner only; children inherit both.

    Source: setrlimit(2), prctl(2) PR_SET_DUMPABLE (a piped core_pattern disregards the limit);
    Windows: SetErrorMode, WerAddExcludedApplication.
    """
    os.umask(0o077)
    if sys.platform == "win32":
        _leave_no_report()
    else:
        _leave_no_core()


if sys.platform == "win32":

    def _leave_no_report() -> None:
        ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
        name = Path(sys.executable).name
        with suppress(OSError, AttributeError):
            ctypes.windll.wer.WerAddExcludedApplication(name, 0)

else:

    def _leave_no_core() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
