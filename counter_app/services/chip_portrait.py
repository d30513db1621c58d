"""Keeps the portrait of a chip as evidence of the case."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.ports.clock import Clock
from counter_app.ports.vault import Vault

KIND = "chip_portrait"


@dataclass(frozen=True, slots=True)
class Portraits:
    """Where portraits are kept."""

    vault: Vault
    clock: Clock

    def keep(self, picture: bytes, case_id: str) -> str | None:
        """Keep a portrait and return its SHA-256 (hex); None where there is no portrait.

        Raises:
            CounterError: As `Vault.put`.
        """
        if not picture:
            return None
        return self.vault.put(picture, KIND, case_id, self.clock.now()).sha256
