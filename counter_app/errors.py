"""Every way the world can fail at the counter, as a closed list of codes.

A broken rule (an expired document) is a finding, not a failure: see `domain/checks.py`.
The words for each code are in `words/failures.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class FailureCode(StrEnum):
    """Why something could not be done; the value is stable and safe to log."""

    UNEXPECTED = "UNEXPECTED"
    STOPPED = "STOPPED"
    TIMED_OUT = "TIMED_OUT"

    # Resident-ID reader
    READER_MISSING = "READER_MISSING"
    READER_LOST = "READER_LOST"
    READER_BUSY = "READER_BUSY"
    READER_NO_ANSWER = "READER_NO_ANSWER"
    READER_GARBLED = "READER_GARBLED"
    READER_SELF_TEST = "READER_SELF_TEST"
    READER_NOT_AUTHORISED = "READER_NOT_AUTHORISED"
    CARD_REMOVED = "CARD_REMOVED"
    CARD_UNREADABLE = "CARD_UNREADABLE"
    CARD_REFUSED_READER = "CARD_REFUSED_READER"
    CARD_NOT_GENUINE = "CARD_NOT_GENUINE"
    CARD_CHECK_FAILED = "CARD_CHECK_FAILED"
    CARD_WRONG_KIND = "CARD_WRONG_KIND"
    CARD_RECORD_INVALID = "CARD_RECORD_INVALID"
    PHOTO_NOT_DECODED = "PHOTO_NOT_DECODED"

    # PC/SC, travel-document chips and bank cards
    PCSC_UNAVAILABLE = "PCSC_UNAVAILABLE"
    CARD_RESET = "CARD_RESET"
    CARD_ACCESS_DENIED = "CARD_ACCESS_DENIED"
    CARD_PROTOCOL = "CARD_PROTOCOL"
    CARD_IS_WALLET = "CARD_IS_WALLET"
    CARD_NO_APPLICATION = "CARD_NO_APPLICATION"

    # Camera and pictures
    CAMERA_MISSING = "CAMERA_MISSING"
    CAMERA_LOST = "CAMERA_LOST"
    CAMERA_BUSY = "CAMERA_BUSY"
    IMAGE_UNREADABLE = "IMAGE_UNREADABLE"
    IMAGE_TOO_LARGE = "IMAGE_TOO_LARGE"
    MODEL_MISSING = "MODEL_MISSING"

    # Printer and paper
    PRINTER_MISSING = "PRINTER_MISSING"
    PRINTER_OUT_OF_PAPER = "PRINTER_OUT_OF_PAPER"
    PRINTER_JAM = "PRINTER_JAM"
    PRINTER_OFFLINE = "PRINTER_OFFLINE"
    PRINTER_REFUSED = "PRINTER_REFUSED"
    GLYPH_MISSING = "GLYPH_MISSING"
    FONT_MISSING = "FONT_MISSING"

    # Seal and verification
    SEAL_KEY_MISSING = "SEAL_KEY_MISSING"
    TRUST_MISSING = "TRUST_MISSING"
    SEAL_PIN_WRONG = "SEAL_PIN_WRONG"
    SEAL_CERTIFICATE_EXPIRED = "SEAL_CERTIFICATE_EXPIRED"
    SEAL_FAILED = "SEAL_FAILED"
    RECEIPT_UNREADABLE = "RECEIPT_UNREADABLE"
    SIGNED_COPY_UNREADABLE = "SIGNED_COPY_UNREADABLE"
    SIGNED_COPY_FOREIGN = "SIGNED_COPY_FOREIGN"
    SIGNED_COPY_UNKNOWN = "SIGNED_COPY_UNKNOWN"
    SIGNATURE_TOO_SHORT = "SIGNATURE_TOO_SHORT"

    # Store
    STORE_KEY_WRONG = "STORE_KEY_WRONG"
    STORE_CORRUPT = "STORE_CORRUPT"
    STORE_LOCKED = "STORE_LOCKED"
    STORE_DENIED = "STORE_DENIED"
    STORE_NEWER = "STORE_NEWER"
    STORE_MISSING = "STORE_MISSING"
    STORE_IN_USE = "STORE_IN_USE"
    PASSPHRASE_MISSING = "PASSPHRASE_MISSING"  # noqa: S105 - a name, not a secret
    BACKUP_DAMAGED = "BACKUP_DAMAGED"
    TARGET_EXISTS = "TARGET_EXISTS"
    FILE_UNWRITABLE = "FILE_UNWRITABLE"
    INPUT_INVALID = "INPUT_INVALID"
    DISPLAY_MISSING = "DISPLAY_MISSING"
    DISK_FULL = "DISK_FULL"
    CASE_UNKNOWN = "CASE_UNKNOWN"
    CASE_IMMUTABLE = "CASE_IMMUTABLE"
    QUEUE_WAITING = "QUEUE_WAITING"
    OFFICE_STORE = "OFFICE_STORE"
    OFFICE_BROKER = "OFFICE_BROKER"
    NOTHING_ADDED = "NOTHING_ADDED"
    CASE_NOT_ACCEPTABLE = "CASE_NOT_ACCEPTABLE"
    IMAGE_UNKNOWN = "IMAGE_UNKNOWN"
    ANOTHER_INSTANCE = "ANOTHER_INSTANCE"

    # Accounts
    SIGN_IN_REFUSED = "SIGN_IN_REFUSED"
    SIGN_IN_LOCKED = "SIGN_IN_LOCKED"
    PASSWORD_REFUSED = "PASSWORD_REFUSED"  # noqa: S105 - a name, not a secret
    PASSWORD_MUST_CHANGE = "PASSWORD_MUST_CHANGE"  # noqa: S105 - a name, not a secret
    ROLE_MISSING = "ROLE_MISSING"
    SECOND_PERSON = "SECOND_PERSON"
    REASON_MISSING = "REASON_MISSING"

    # The day
    DAY_BLOCKED = "DAY_BLOCKED"
    CLOCK_WRONG = "CLOCK_WRONG"

    # Rules, settings, directory
    SETTINGS_INVALID = "SETTINGS_INVALID"
    RULES_INVALID = "RULES_INVALID"
    RULES_SIGNATURE = "RULES_SIGNATURE"
    RULES_MISSING = "RULES_MISSING"
    DIRECTORY_INVALID = "DIRECTORY_INVALID"
    SIMULATOR_IN_PRODUCTION = "SIMULATOR_IN_PRODUCTION"
    REHEARSAL_INVALID = "REHEARSAL_INVALID"

    # One-time codes
    CODE_NOT_SENT = "CODE_NOT_SENT"
    CODE_GATEWAY_OFFLINE = "CODE_GATEWAY_OFFLINE"

    # Back office
    OFFICE_UNREACHABLE = "OFFICE_UNREACHABLE"
    OFFICE_NAME_UNKNOWN = "OFFICE_NAME_UNKNOWN"
    OFFICE_TLS = "OFFICE_TLS"
    OFFICE_CLOCK = "OFFICE_CLOCK"
    OFFICE_LOGIN = "OFFICE_LOGIN"
    OFFICE_VERSION = "OFFICE_VERSION"
    OFFICE_CAPTIVE_PORTAL = "OFFICE_CAPTIVE_PORTAL"
    OFFICE_MISMATCH = "OFFICE_MISMATCH"
    OFFICE_BUSY = "OFFICE_BUSY"
    OFFICE_REFUSED = "OFFICE_REFUSED"


class CounterError(Exception):
    """The world failed in a way that has a name.

    Attributes:
        code: What failed.
        facts: Short values that help support (a port, a status word, a count); never personal data.
    """

    def __init__(self, code: FailureCode, **facts: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts: Mapping[str, str | int] = MappingProxyType(facts)

    def __str__(self) -> str:
        """Return the code and its facts, which are safe to log."""
        return " ".join([self.code.value, *(f"{key}={value}" for key, value in self.facts.items())])
