"""Opens one counter: store, rules, devices, papers and the use cases over them."""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from uuid_utils import uuid7

from counter_app import __version__
from counter_app.bootstrap.clock import SystemClock
from counter_app.bootstrap.devices import CounterDevices, camera_choosing, open_devices
from counter_app.bootstrap.office import clock_skew, evidence_of, is_online_probe, sealing_keys
from counter_app.bootstrap.places import Places, resource
from counter_app.bootstrap.rules import (
    Circumstances,
    desk_maker,
    head_office_key,
    rules_in_force,
)
from counter_app.bootstrap.sealing import open_seal, seal_places, trust_folder
from counter_app.domain.journal import Place
from counter_app.domain.paper_parts import Branch
from counter_app.flow.state import Desk
from counter_app.ports.clock import Clock
from counter_app.ports.paper import PaperMaker, Seal
from counter_app.receipt.code import CodeSigner
from counter_app.receipt.fonts import FontBook
from counter_app.receipt.keys import load_code_key
from counter_app.receipt.maker import ReceiptMaker
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from counter_app.rulebook.rulebook import Rulebook
from counter_app.services.accept_case import Acceptance
from counter_app.services.case_life import CaseLife
from counter_app.services.chip_portrait import Portraits
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.look_up import LookUps
from counter_app.services.more_documents import MoreDocuments
from counter_app.services.pad_signatures import PadSignatures
from counter_app.services.papers import Papers
from counter_app.services.perform import Devices, Performer
from counter_app.services.print_desk import PrintDesk
from counter_app.services.read_bank_card import BankCardDesk
from counter_app.services.read_identity import IdentityDesk, ResidentCardDesk
from counter_app.services.read_travel_document import TravelDocumentDesk
from counter_app.services.signed_copies import SignedCopies
from counter_app.services.undo_case import Undoing
from counter_app.settings import Environment, Settings
from counter_app.storage.accounts import SqlAccounts
from counter_app.storage.data_folder import DIRECTORY_FOLDER, DataFolder, open_data_folder
from counter_app.storage.directory import SqlDirectory
from counter_app.words.privacy_notice import privacy_notice


@dataclass(frozen=True, slots=True)
class Counter:
    """One open counter."""

    settings: Settings
    places: Places
    profile: CounterProfile
    data: DataFolder = field(repr=False)
    accounts: SqlAccounts
    directory: SqlDirectory
    rulebook: Rulebook
    devices: CounterDevices
    performer: Performer
    make_desk: Callable[[], Desk]
    clock: Clock
    seal: Seal

    def close(self) -> None:
        """Close devices and store."""
        self.devices.close()
        self.directory.close()
        self.data.close()


def profile_of(settings: Settings) -> CounterProfile:
    """Return what papers say of the counter."""
    branch = settings.branch
    return CounterProfile(
        branch=Branch(branch.code, branch.name, branch.phone, branch.address, branch.hours),
        counter=settings.counter.number,
        notice_version=privacy_notice().edition,
        enquiry=settings.counter.enquiry,
        complaint=settings.counter.complaint,
        is_demonstration=settings.environment is not Environment.PRODUCTION,
    )


def place_of(settings: Settings) -> Place:
    """Return what every journal row says of the place."""
    return Place(
        branch=settings.branch.code,
        counter=settings.counter.number,
        device=platform.system(),
        app_version=__version__,
    )


def open_counter(
    settings: Settings,
    places: Places,
    passphrase: str | None = None,
    devices: CounterDevices | None = None,
    clock: Clock | None = None,
) -> Counter:
    """Open a counter.

    Args:
        settings: From `settings.toml`.
        places: The data folder.
        passphrase: Where the system has no keyring.
        devices: Instead of those that the settings name, for demonstrations and tests.
        clock: Instead of the computer's.

    Raises:
        CounterError: Any store, rules, settings or seal code.
    """
    used_clock = clock or SystemClock()
    data = open_data_folder(places.data, place_of(settings), passphrase=passphrase)
    trusted = head_office_key(settings, places)
    accounts = SqlAccounts(data.database, place_of(settings), trusted)
    directory = SqlDirectory(places.data / DIRECTORY_FOLDER, data.key, trusted)
    rulebook = rules_in_force(settings, places)
    used_devices = devices or open_devices(settings, places)
    choosing = camera_choosing(used_devices, settings, data.store)
    if choosing is not None:
        choosing.restore()
    maker, seal = paper_parts(settings, places, used_clock)
    circumstances = Circumstances(
        settings.queue.freeze_after_days, lambda: clock_skew(places), maker.coverage()
    )
    make_desk = desk_maker(rulebook, accounts, data.store, used_clock, circumstances)
    profile = profile_of(settings)
    papers = Papers(
        store=data.store,
        maker=maker,
        seal=seal,
        desk=PrintDesk(used_devices.printer),
        accounts=accounts,
        profile=profile,
        clock=used_clock,
        is_online=is_online_probe(places, used_clock),
        strips=used_devices.strips,
    )
    acceptance = Acceptance(
        data.store, data.vault, profile, sealing_keys(places, profile), used_clock, new_id
    )
    look_ups = LookUps(directory, data.store)
    performer = make_performer(acceptance, papers, look_ups, used_devices, make_desk)
    return Counter(
        settings,
        places,
        profile,
        data,
        accounts,
        directory,
        rulebook,
        used_devices,
        performer,
        make_desk,
        used_clock,
        seal,
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


def new_id() -> str:
    """Return a UUIDv7 text (RFC 9562, section 5.7)."""
    return str(uuid7())


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


def signed_copies_of(counter: Counter) -> SignedCopies:
    """Return what files the pages that customers signed.

    Raises:
        CounterError: TRUST_MISSING, SETTINGS_INVALID: the trusted certificates.
    """
    trust = load_trust(trust_folder(counter.settings, counter.places))
    judge = PaperVerifier(trust, FontBook(fonts_folder()), counter.clock)
    evidence = evidence_of(counter.data, counter.places, counter.profile, counter.clock)
    return SignedCopies(counter.data.store, counter.data.vault, judge, counter.clock, evidence)


def pad_signatures_of(counter: Counter) -> PadSignatures | None:
    """Return what keeps signatures of a pad, where the settings say there is one."""
    if counter.settings.devices.signature_pad == "none":
        return None
    keys = sealing_keys(counter.places, counter.profile)
    return PadSignatures(counter.data.store, counter.data.vault, keys, counter.clock, new_id)


def fonts_folder() -> Path:
    """Return the folder of the bundled fonts."""
    return resource("fonts")
