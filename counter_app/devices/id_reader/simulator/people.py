"""The invented people whose cards lie beside the simulated reader.

County code 110199 does not exist, so no number belongs to a person.
"""

from __future__ import annotations

from datetime import date

from counter_app.domain.resident_card import ResidentCard, ResidentCardKind, Sex

PRINCIPAL = ResidentCard(
    kind=ResidentCardKind.MAINLAND,
    name="样本甲",
    sex=Sex.MALE,
    ethnicity_code="01",
    born_on=date(1990, 3, 7),
    address="样本省样本市样本路1号",
    number="110199199003070017",
    authority="样本市公安局",
    valid_from=date(2017, 5, 16),
    valid_until=date(2037, 5, 16),
)
AGENT = ResidentCard(
    kind=ResidentCardKind.MAINLAND,
    name="样本乙",
    sex=Sex.FEMALE,
    ethnicity_code="11",
    born_on=date(1988, 11, 2),
    address="样本省样本市样本路2号",
    number="110199198811020021",
    authority="样本市公安局",
    valid_from=date(2019, 8, 1),
    valid_until=date(2039, 8, 1),
    appended_addresses=("样本省样本市新样本路8号",),
)
ELDER = ResidentCard(
    kind=ResidentCardKind.MAINLAND,
    name="样本丙",
    sex=Sex.MALE,
    ethnicity_code="01",
    born_on=date(1940, 1, 1),
    address="样本省样本市样本路3号",
    number="110199194001010034",
    authority="样本市公安局",
    valid_from=date(2010, 2, 1),
    valid_until=None,
)
HK_RESIDENT = ResidentCard(
    kind=ResidentCardKind.HMT_RESIDENCE,
    name="样本丁",
    sex=Sex.MALE,
    born_on=date(1985, 6, 15),
    address="样本省样本市样本路4号",
    number="810000198506150039",
    authority="样本市公安局",
    valid_from=date(2023, 3, 1),
    valid_until=date(2028, 3, 1),
    pass_number="H00000000",  # noqa: S106 -- a travel permit, not a password
    issue_count="1",
)
FOREIGN_RESIDENT = ResidentCard(
    kind=ResidentCardKind.FOREIGN_2023,
    latin_name="SPECIMEN, ALEX",
    sex=Sex.MALE,
    born_on=date(1980, 1, 1),
    number="931840198001010017",
    valid_from=date(2024, 1, 1),
    valid_until=date(2034, 1, 1),
    nationality="USA",
    issue_count="01",
)
PEOPLE = {
    "principal": PRINCIPAL,
    "agent": AGENT,
    "elder": ELDER,
    "hk": HK_RESIDENT,
    "foreign": FOREIGN_RESIDENT,
}
"""Cards by the word with which the simulator's prompt lays them on the reader."""
