"""Mistakes that can be switched on, to show that the simulation would find them."""

from __future__ import annotations

from enum import Enum, auto


class Bug(Enum):
    """One planted mistake each."""

    NO_DEDUPE = auto()  # head office stores a message again
    DEDUPE_FORGETS = auto()  # head office forgets what it stored an hour ago
    ACK_BEFORE_COMMIT = auto()  # head office answers before it has stored
    DELETE_ON_SEND = auto()  # the counter calls a message delivered when it begins to send
    DROP_ON_LOGIN = auto()  # the counter gives up a message when it must sign in
    NO_ORDER = auto()  # the counter sends any message of a lane, head office takes any
    IGNORES_EPOCH = auto()  # the counter does not send again after a restore of head office
    KEEPS_CURSOR = auto()  # the counter goes on at its old cursor after a restore
    CURSOR_FIRST = auto()  # the counter saves the cursor before the answers
    SEALS_AGAIN = auto()  # the counter seals a message anew for each attempt
    PORTAL_IS_ACK = auto()  # a sign-in page with status 200 counts as an acknowledgement
    STAYS_HELD = auto()  # the counter does not look again after it was told to sign in
