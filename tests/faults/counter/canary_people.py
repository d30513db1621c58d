"""Invented people by the dozen, each with values that are found nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.identity_number import check_character

RARE = "䶮𬭎㛃𠅤𫖯龑犇赟翀堃"

REVIEW = """
[[visit.reviews]]
by = "s01"
decision = "approve"
reason = "已核对"
"""


@dataclass(frozen=True, slots=True)
class CanaryPerson:
    """One principal of a micro merchant with one terminal."""

    order: int

    @property
    def name(self) -> str:
        """A name of characters that are rare and together unique."""
        return f"寻{RARE[self.order % 10]}{RARE[self.order // 10 % 10]}"

    @property
    def number(self) -> str:
        """A document number of a county that does not exist."""
        first = f"1101991991{self.order % 12 + 1:02d}15{self.order:03d}"
        return first + check_character(first)

    @property
    def old_phone(self) -> str:
        """The number on file."""
        return f"139{self.order:04d}4711"

    @property
    def new_phone(self) -> str:
        """The number that takes its place."""
        return f"138{self.order:04d}0815"

    @property
    def account(self) -> str:
        """The settlement account."""
        return f"62220299{self.order:04d}0000018"

    @property
    def shop(self) -> str:
        """The merchant's name."""
        return f"寻踪{self.order:02d}号水果摊"

    def canaries(self) -> tuple[str, ...]:
        """Return everything that must be found nowhere in the clear."""
        return (self.name, self.number, self.old_phone, self.new_phone, self.account, self.shop)

    def visit(self, now: datetime, swap_to: str = "") -> str:
        """Return the rehearsal file of this person's visit, in person, all in order.

        Args:
            now: Aware.
            swap_to: Serial number of a replacement terminal; a reviewer approves it then.
        """
        swap = f'swap_to_sn = "{swap_to}"' if swap_to else ""
        review = REVIEW if swap_to else ""
        serial, terminal = f"N600W{self.order:08d}", f"2{self.order:07d}"
        return f"""
schema = 1
title = "Canary {self.order}"
now = {now.isoformat(timespec="seconds")}

[[merchants]]
merchant_no = "1021100539{self.order:05d}"
name = "{self.shop}"
provider = "shengpay"
type = "micro"
principal = {{ name = "{self.name}", id_type = "resident_id", id_number = "{self.number}" }}
phone = "{self.old_phone}"
phone_changed_on = 2024-05-01
settlement = {{ bank = "样本银行", account = "{self.account}", kind = "card" }}
terminals = [{{ sn = "{serial}", terminal_id = "{terminal}", ownership = "bought" }}]

[visit]
terminal_sn = "{serial}"
presenter = "principal"
reason = "03"
{swap}

[[visit.documents]]
owner = "principal"
type = "resident_id"
number = "{self.number}"
name = "{self.name}"
born_on = 1991-{self.order % 12 + 1:02d}-15
valid_from = 2020-01-01
valid_until = 2040-01-01
captured_by = "chip"
police_check = "consistent"

[visit.old_number]
outcome = "verified"

[visit.new_number]
number = "{self.new_phone}"
otp = "passed"
holder = "principal"
{review}
[expect]
state = "QUEUED"
"""
