"""The merchant directory in memory: for rehearsals, demonstrations and tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from counter_app.domain.merchant import MerchantRecord
from counter_app.errors import CounterError, FailureCode
from counter_app.ports.directory import DirectoryState

_NO_BINDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class MemoryDirectory:
    """Searches merchants that were handed in; it loads no files."""

    def __init__(
        self,
        merchants: Iterable[MerchantRecord],
        bindings: Mapping[str, tuple[str, ...]] = _NO_BINDINGS,
        issued_at: datetime | None = None,
    ) -> None:
        """Take the merchants over.

        Args:
            merchants: What can be found.
            bindings: Merchants by phone number, besides those that name the number themselves.
            issued_at: When the snapshot was made (aware UTC), or None.
        """
        self._merchants = {merchant.merchant_no: merchant for merchant in merchants}
        self._bindings = dict(bindings)
        self._issued_at = issued_at

    def by_sn(self, sn: str) -> MerchantRecord | None:
        """Return the merchant whose terminal has this serial number."""
        return next(iter(self.owners_of(sn)), None)

    def owners_of(self, sn: str) -> tuple[MerchantRecord, ...]:
        """Return every merchant with this serial number; more than one is a fault."""
        found = [one for one in self._merchants.values() if one.terminal(sn) is not None]
        return tuple(sorted(found, key=lambda one: one.merchant_no))

    def by_merchant_no(self, merchant_no: str) -> MerchantRecord | None:
        """Return the merchant with this number."""
        return self._merchants.get(merchant_no)

    def by_uscc(self, uscc: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one party, by merchant number."""
        found = [one for one in self._merchants.values() if one.uscc == uscc]
        return tuple(sorted(found, key=lambda one: one.merchant_no))

    def of_principal(self, id_number: str) -> tuple[MerchantRecord, ...]:
        """Return the merchants of one person, by merchant number; the number as it is recorded."""
        merchants = self._merchants.values()
        found = [one for one in merchants if one.principal.id_number == id_number]
        return tuple(sorted(found, key=lambda one: one.merchant_no))

    def by_name_prefix(self, text: str, limit: int = 20) -> tuple[MerchantRecord, ...]:
        """Return merchants whose name begins with `text`, in order of the name."""
        found = [one for one in self._merchants.values() if one.name.startswith(text)]
        return tuple(sorted(found, key=lambda one: (one.name, one.merchant_no))[:limit])

    def bound_to(self, phone: str) -> tuple[str, ...]:
        """Return the numbers of the merchants that a phone number serves now."""
        own = {one.merchant_no for one in self._merchants.values() if one.phone == phone}
        return tuple(sorted(own.union(self._bindings.get(phone, ()))))

    def state(self) -> DirectoryState:
        """Say which snapshot is loaded."""
        return DirectoryState(1, self._issued_at, len(self._merchants))

    def age(self, now: datetime) -> timedelta | None:
        """Return how old the snapshot is, or None when that is not known."""
        return None if self._issued_at is None else now - self._issued_at

    def load(self, path: Path, now: datetime) -> DirectoryState:  # noqa: ARG002 - the port's signature
        """Refuse: there is no key to judge a file by."""
        raise CounterError(FailureCode.RULES_SIGNATURE, file=path.name)
