"""The Windows spooler and GDI by ctypes; only this file needs Windows.

Source: Microsoft Learn: OpenPrinterW, GetJobW, GetPrinterW (level 6), SetJobW, CreateDCW, StartDocW
(returns the job's number), StretchDIBits.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from collections.abc import Iterator
    from contextlib import contextmanager
    from ctypes import wintypes

    from counter_app.devices.printer.windows_printer import PagePicture

    _ERROR_INVALID_PARAMETER = 87
    _JOB_CONTROL_DELETE = 5
    _HORZRES, _VERTRES = 8, 10
    _DIB_RGB_COLORS, _SRCCOPY, _BI_RGB = 0, 0x00CC0020, 0

    _spool = ctypes.WinDLL("winspool.drv", use_last_error=True)
    _gdi = ctypes.WinDLL("gdi32", use_last_error=True)
    _gdi.CreateDCW.restype = wintypes.HDC
    for _name in ("DeleteDC", "StartPage", "EndPage", "EndDoc", "AbortDoc"):
        getattr(_gdi, _name).argtypes = [wintypes.HDC]
    _gdi.GetDeviceCaps.argtypes = [wintypes.HDC, ctypes.c_int]

    class _DocInfo(ctypes.Structure):
        _fields_ = (
            ("cbSize", ctypes.c_int),
            ("lpszDocName", wintypes.LPCWSTR),
            ("lpszOutput", wintypes.LPCWSTR),
            ("lpszDatatype", wintypes.LPCWSTR),
            ("fwType", wintypes.DWORD),
        )

    class _JobInfo1(ctypes.Structure):
        _fields_ = (
            ("JobId", wintypes.DWORD),
            ("pPrinterName", wintypes.LPWSTR),
            ("pMachineName", wintypes.LPWSTR),
            ("pUserName", wintypes.LPWSTR),
            ("pDocument", wintypes.LPWSTR),
            ("pDatatype", wintypes.LPWSTR),
            ("pStatus", wintypes.LPWSTR),
            ("Status", wintypes.DWORD),
        )

    class _BitmapInfo(ctypes.Structure):
        """BITMAPINFOHEADER and the 256 greys of an 8-bit picture."""

        _fields_ = (
            ("biSize", wintypes.DWORD),
            ("biWidth", wintypes.LONG),
            ("biHeight", wintypes.LONG),
            ("biPlanes", wintypes.WORD),
            ("biBitCount", wintypes.WORD),
            ("biCompression", wintypes.DWORD),
            ("biSizeImage", wintypes.DWORD),
            ("biXPelsPerMeter", wintypes.LONG),
            ("biYPelsPerMeter", wintypes.LONG),
            ("biClrUsed", wintypes.DWORD),
            ("biClrImportant", wintypes.DWORD),
            ("colours", wintypes.DWORD * 256),
        )

    class Win32Spooler:
        """The spooler of this machine; implements `windows_printer.Spooler`."""

        def print_pages(
            self, printer: str, title: str, pages: tuple[PagePicture, ...], copies: int
        ) -> int:
            """Draw the pages, scaled to the printable area."""
            context = _gdi.CreateDCW("WINSPOOL", printer, None, None)
            _require(context)
            try:
                info = _DocInfo(ctypes.sizeof(_DocInfo), title, None, None, 0)
                job = _gdi.StartDocW(wintypes.HDC(context), ctypes.byref(info))
                _require(job > 0)
                for page in pages * copies:
                    _require(_gdi.StartPage(context) > 0)
                    _draw(context, page)
                    _require(_gdi.EndPage(context) > 0)
                _require(_gdi.EndDoc(context) > 0)
            except OSError:
                _gdi.AbortDoc(context)
                raise
            finally:
                _gdi.DeleteDC(context)
            return int(job)

        def job_status(self, printer: str, job: int) -> int | None:
            """Return JOB_INFO_1.Status; None when the job is not listed."""
            with _opened(printer) as handle:
                needed = wintypes.DWORD()
                _spool.GetJobW(handle, job, 1, None, 0, ctypes.byref(needed))
                if ctypes.get_last_error() == _ERROR_INVALID_PARAMETER:
                    return None
                room = ctypes.create_string_buffer(max(needed.value, 1))
                done = _spool.GetJobW(handle, job, 1, room, len(room), ctypes.byref(needed))
                _require(done)
                return int(_JobInfo1.from_buffer(room).Status)

        def printer_status(self, printer: str) -> int:
            """Return PRINTER_INFO_6.dwStatus."""
            with _opened(printer) as handle:
                needed, status = wintypes.DWORD(), wintypes.DWORD()
                size = ctypes.sizeof(status)
                found = ctypes.byref(status)
                _require(_spool.GetPrinterW(handle, 6, found, size, ctypes.byref(needed)))
                return int(status.value)

        def delete_job(self, printer: str, job: int) -> None:
            """Delete a job."""
            with _opened(printer) as handle:
                _require(_spool.SetJobW(handle, job, 0, None, _JOB_CONTROL_DELETE))

    @contextmanager
    def _opened(printer: str) -> Iterator[wintypes.HANDLE]:
        handle = wintypes.HANDLE()
        _require(_spool.OpenPrinterW(printer, ctypes.byref(handle), None))
        try:
            yield handle
        finally:
            _spool.ClosePrinter(handle)

    def _draw(context: int, page: PagePicture) -> None:
        stride = (page.width_px + 3) // 4 * 4
        rows = (
            page.grey[at : at + page.width_px].ljust(stride, b"\xff")
            for at in range(0, len(page.grey), page.width_px)
        )
        header = _BitmapInfo(
            40, page.width_px, -page.height_px, 1, 8, _BI_RGB, stride * page.height_px
        )
        for level in range(256):
            header.colours[level] = level * 0x010101
        wide = _gdi.GetDeviceCaps(context, _HORZRES)
        high = min(_gdi.GetDeviceCaps(context, _VERTRES), wide * page.height_px // page.width_px)
        drawn = _gdi.StretchDIBits(
            wintypes.HDC(context), 0, 0, wide, high, 0, 0, page.width_px, page.height_px,
            b"".join(rows), ctypes.byref(header), _DIB_RGB_COLORS, _SRCCOPY,
        )  # fmt: skip
        _require(drawn > 0)

    def _require(done: object) -> None:
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
