"""From the settings' one line to a reader."""

from __future__ import annotations

from functools import partial

from counter_app.devices.id_reader.reader import SamVIdCardReader
from counter_app.devices.id_reader.sam_v import TimeLimits
from counter_app.devices.id_reader.serial_transport import transports_anywhere, transports_at
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.id_reader import IdCardReader


def open_id_card_reader(source: str, limits: TimeLimits | None = None) -> IdCardReader:
    """Return the reader that a source names; the line itself is opened by the first call.

    Args:
        source: `serial:auto`, `serial:<port>`, `pty:<path>`.
        limits: Time limits, those of the protocol when not given.

    Raises:
        CounterError: SETTINGS_INVALID.
    """
    technology, _, address = source.partition(":")
    match technology, address:
        case "serial", "auto":
            return SamVIdCardReader(transports_anywhere, limits)
        case (("serial" | "pty"), path) if path:
            return SamVIdCardReader(partial(transports_at, path), limits)
    raise CounterError(FailureCode.SETTINGS_INVALID, setting="id_reader", technology=technology)
