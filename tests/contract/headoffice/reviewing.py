"""A reviewer who is signed in, without a browser."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

from counter_app.domain.submission import OutboxMessage
from counter_app.headoffice import manage
from tests.contract.headoffice.intake import ENVELOPE, Intake
from tests.contract.headoffice.office import PASSWORD, REVIEWER


def sign_in(intake: Intake) -> None:
    """Sign in at the review page."""
    manage.add_reviewer(intake.station.database, REVIEWER, PASSWORD, datetime.now(UTC))
    form = re.search(r'name="form" value="([^"]+)"', intake.client.get("/review/sign-in").text)
    assert form
    data = {"name": REVIEWER, "password": PASSWORD, "form": form[1]}
    assert intake.client.post("/review/sign-in", data=data).status_code == 200


def send(intake: Intake, **more: object) -> OutboxMessage:
    """Send a case."""
    message = intake.desk.message(**more)  # type: ignore[arg-type]  # field names
    assert intake.put(message, **ENVELOPE).status_code in {200, 201}
    return message


def address(intake: Intake, message: OutboxMessage) -> str:
    """Return the address of a case's page."""
    return f"/review/cases/{intake.desk.counter}/{message.message_id}"


def words_of(html: str) -> str:
    """Return what a page says, without its tags."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())
