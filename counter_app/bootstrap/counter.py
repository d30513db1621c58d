"""Opens one counter: store, rules, devices, papers and the use cases over them."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.bootstrap.clock import SystemClock
from counter_app.bootstrap.devices import CounterDevices, camera_choosing, open_devices
from counter_app.bootstrap.office import clock_skew
from counter_app.bootstrap.places import Places
from counter_app.bootstrap.profile import place_of, profile_of
from counter_app.bootstrap.rules import Circumstances, desk_maker, head_office_key
from counter_app.bootstrap.rules_in_use import RulesInUse
from counter_app.bootstrap.use_cases import (
    make_acceptance,
    make_papers,
    make_performer,
    paper_parts,
)
from counter_app.flow.state import Desk
from counter_app.ports.clock import Clock
from counter_app.ports.paper import Seal
from counter_app.rulebook.rulebook import Rulebook
from counter_app.services.counter_profile import CounterProfile
from counter_app.services.look_up import LookUps
from counter_app.services.perform import Performer
from counter_app.settings import Settings
from counter_app.storage.accounts import SqlAccounts
from counter_app.storage.data_folder import DIRECTORY_FOLDER, DataFolder, open_data_folder
from counter_app.storage.directory import SqlDirectory


@dataclass(frozen=True, slots=True)
class Counter:
    """One open counter."""

    settings: Settings
    places: Places
    data: DataFolder = field(repr=False)
    accounts: SqlAccounts
    directory: SqlDirectory
    rules: RulesInUse = field(repr=False)
    devices: CounterDevices
    performer: Performer
    clock: Clock

    @property
    def rulebook(self) -> Rulebook:
        """Return the rules in use now."""
        return self.rules.book

    @property
    def profile(self) -> CounterProfile:
        """Return what papers and messages say of the counter."""
        return self.performer.acceptance.profile

    @property
    def seal(self) -> Seal:
        """Return what seals the papers."""
        return self.performer.papers.seal

    def make_desk(self) -> Desk:
        """Return the rules in force, with the counter's facts of this moment."""
        return self.performer.rules()

    def close(self) -> None:
        """Close devices and store."""
        self.devices.close()
        self.directory.close()
        self.data.close()


def open_counter(
    settings: Settings,
    places: Places,
    passphrase: str | None = None,
    devices: CounterDevices | None = None,
) -> Counter:
    """Open a counter.

    Args:
        settings: From `settings.toml`.
        places: The data folder.
        passphrase: Where the system has no keyring.
        devices: Instead of those that the settings name, for demonstrations and tests.

    Raises:
        CounterError: Any store, rules, settings or seal code.
    """
    clock = SystemClock()
    data, accounts, directory = _open_stores(settings, places, passphrase)
    rules = RulesInUse(settings, places)
    used = devices or open_devices(settings, places)
    _restore_camera(used, settings, data)
    maker, seal = paper_parts(settings, places, clock)
    acceptance = make_acceptance(data, places, profile_of(settings), clock)
    papers = make_papers(acceptance, accounts, used, (maker, seal), places)
    circumstances = Circumstances(
        settings.queue.freeze_after_days, lambda: clock_skew(places), maker.coverage()
    )
    make_desk = desk_maker(rules, accounts, data.store, clock, circumstances)
    look_ups = LookUps(directory, data.store)
    performer = make_performer(acceptance, papers, look_ups, used, make_desk)
    return Counter(settings, places, data, accounts, directory, rules, used, performer, clock)


def _open_stores(
    settings: Settings, places: Places, passphrase: str | None
) -> tuple[DataFolder, SqlAccounts, SqlDirectory]:
    place = place_of(settings)
    data = open_data_folder(places.data, place, passphrase=passphrase)
    trusted = head_office_key(settings, places)
    accounts = SqlAccounts(data.database, place, trusted)
    return data, accounts, SqlDirectory(places.data / DIRECTORY_FOLDER, data.key, trusted)


def _restore_camera(devices: CounterDevices, settings: Settings, data: DataFolder) -> None:
    """Take the camera again that the clerk chose last, where there is a choice."""
    choosing = camera_choosing(devices, settings, data.store)
    if choosing is not None:
        choosing.restore()
