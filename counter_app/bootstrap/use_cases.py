"""The use cases of a counter over its store, devices and keys."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.bootstrap.devices import CounterDevices
from counter_app.bootstrap.new_id import new_id
from counter_app.bootstrap.office import is_online_probe, sealing_keys
from counter_app.bootstrap.places import Places, fonts_folder
from counter_app.bootstrap.profile import profile_of
from counter_app.bootstrap.sealing import open_seal, seal_places
from counter_app.flow.state import Desk
from counter_app.ports.accounts import Accounts
from counter_app.ports.clock import Clock
from counter_app.ports.paper import PaperMaker, Seal
from counter_app.receipt.code import CodeSigner
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.keys import load_code_key
from counter_app.receipt.maker import ReceiptMaker
from counter_app.services.accept_case import Acceptance
from counter_app.services.case_life import CaseLife
from counter_app.services.chip_portrait import Portraits
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.look_up import LookUps
from counter_app.services.more_documents import MoreDocuments
from counter_app.services.papers import Papers
from counter_app.services.perform import Devices, Performer
from counter_app.services.print_desk import PrintDesk
from counter_app.services.read_bank_card import BankCardDesk
from counter_app.services.read_identity import IdentityDesk, ResidentCardDesk
from counter_app.services.read_travel_document import TravelDocumentDesk
from counter_app.services.undo_case import Undoing
from counter_app.settings import Settings
from counter_app.storage.data_folder import DataFolder


def paper_parts(settings: Settings, places: Places, clock: Clock) -> tuple[PaperMaker, Seal]:
    """Return what draws papers and what seals them.

    Raises:
        CounterError: FONT_MISSING, and what `sealing.open_seal` raises.
    """
    branch = profile_of(settings).branch
    where = seal_places(settings, places, branch, clock)
    code = CodeSigner(load_code_key(where.code_file, where.code_passphrase))
    seal = open_seal(settings, places, branch, clock)
    return ReceiptMaker(FontBook(fonts_folder()), code), seal


def make_acceptance(
    data: DataFolder, places: Places, profile: CounterProfile, clock: Clock
) -> Acceptance:
    """Return what accepts cases, with the keys that close their messages."""
    keys = sealing_keys(places, profile)
    return Acceptance(data.store, data.vault, profile, keys, clock, new_id)


def make_papers(
    acceptance: Acceptance,
    accounts: Accounts,
    devices: CounterDevices,
    paper_parts: tuple[PaperMaker, Seal],
    places: Places,
) -> Papers:
    """Return what makes and prints the papers of accepted cases."""
    maker, seal = paper_parts
    return Papers(
        store=acceptance.store,
        maker=maker,
        seal=seal,
        desk=PrintDesk(devices.printer),
        accounts=accounts,
        profile=acceptance.profile,
        clock=acceptance.clock,
        is_online=is_online_probe(places, acceptance.clock),
        strips=devices.strips,
    )


def make_performer(
    acceptance: Acceptance,
    papers: Papers,
    look_ups: LookUps,
    devices: CounterDevices,
    make_desk: Callable[[], Desk],
) -> Performer:
    """Return what carries out the effects of this counter's visits."""
    store, vault, clock = acceptance.store, acceptance.vault, acceptance.clock
    return Performer(
        store=store,
        vault=vault,
        accounts=papers.accounts,
        devices=Devices(
            chips=identity_desk(devices, Portraits(vault, clock), clock),
            documents=devices.documents,
            codes=devices.codes,
            bank_cards=BankCardDesk(devices.bank_cards),
        ),
        life=CaseLife(store, vault, clock, new_id),
        look_ups=look_ups,
        acceptance=acceptance,
        papers=papers,
        undoing=Undoing(acceptance, papers),
        more=MoreDocuments(acceptance),
        clock=clock,
        rules=make_desk,
    )


def identity_desk(devices: CounterDevices, portraits: Portraits, clock: Clock) -> IdentityDesk:
    """Return the readers for identity chips behind one call."""
    resident = ResidentCardDesk(
        devices.id_reader, devices.portraits, portraits, devices.other_readers
    )
    return IdentityDesk(resident, TravelDocumentDesk(devices.travel_documents, portraits, clock))
