"""What a failure of delivery means for the queue."""

from __future__ import annotations

from enum import Enum, auto

from counter_app.errors import CounterError, FailureCode

PREDECESSOR_MISSING = "predecessor-missing"
NOT_YOURS = "not-yours"


class Treatment(Enum):
    """What to do.

    HOLD_ALL waits for a person or the clock; BACK_OFF tries everything again later; HOLD_MESSAGE
    keeps one message until either side is brought up to date; FREEZE shows it under
    无法上送 and does not try again; POSTPONE tries one message again later; RAISE is no failure of
    head office.
    """

    HOLD_ALL = auto()
    BACK_OFF = auto()
    HOLD_MESSAGE = auto()
    FREEZE = auto()
    POSTPONE = auto()
    RAISE = auto()


_BY_CODE = {
    FailureCode.OFFICE_LOGIN: Treatment.HOLD_ALL,
    FailureCode.OFFICE_CLOCK: Treatment.HOLD_ALL,
    FailureCode.OFFICE_TLS: Treatment.HOLD_ALL,
    FailureCode.OFFICE_UNREACHABLE: Treatment.BACK_OFF,
    FailureCode.OFFICE_NAME_UNKNOWN: Treatment.BACK_OFF,
    FailureCode.OFFICE_CAPTIVE_PORTAL: Treatment.BACK_OFF,
    FailureCode.OFFICE_BUSY: Treatment.BACK_OFF,
    FailureCode.OFFICE_VERSION: Treatment.HOLD_MESSAGE,
    FailureCode.OFFICE_MISMATCH: Treatment.FREEZE,
}


def treatment(error: CounterError) -> Treatment:
    """Say what to do after a failure while a message was under way."""
    if error.code is FailureCode.OFFICE_REFUSED:
        never = error.facts.get("retry") == "never"
        return Treatment.FREEZE if never else Treatment.POSTPONE
    if error.facts.get("problem") == NOT_YOURS:
        return Treatment.HOLD_MESSAGE
    return _BY_CODE.get(error.code, Treatment.RAISE)


def treatment_of_question(error: CounterError) -> Treatment:
    """Say what to do after a failure while asking for answers: no message is to blame."""
    found = treatment(error)
    if found in {Treatment.HOLD_ALL, Treatment.RAISE}:
        return found
    return Treatment.BACK_OFF


def reason_of(error: CounterError) -> str:
    """Return the short reason that is kept with a message."""
    return str(error.facts.get("problem", error.code.value))
