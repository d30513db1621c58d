"""Where things are: resources inside the package, data outside of it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import platformdirs


def resource(*parts: str) -> Path:
    """Return a file or folder that the program ships."""
    return Path(str(files("counter_app").joinpath("_resources", *parts)))


def fonts_folder() -> Path:
    """Return the folder of the bundled fonts."""
    return resource("fonts")


def default_data_folder() -> Path:
    """Return where a counter keeps its data unless told otherwise."""
    return Path(platformdirs.user_data_dir("counter_app", appauthor=False))


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one counter."""

    data: Path

    @property
    def logs(self) -> Path:
        """Logs; they hold no personal data."""
        return self.data / "logs"

    @property
    def rules(self) -> Path:
        """Rule packs in force, taken over from head office."""
        return self.data / "rules"

    @property
    def rules_refused(self) -> Path:
        """Why the last rule packs that came were not taken over."""
        return self.data / "rules.refused.json"

    @property
    def pki(self) -> Path:
        """Seal key, code key and trusted certificates."""
        return self.data / "pki"

    @property
    def office(self) -> Path:
        """Certificate and keys for head office."""
        return self.data / "office"

    @property
    def letter_roots(self) -> Path:
        """Certificates of the authorities believed for the signatures of electronic letters."""
        return self.data / "letter_roots"

    @property
    def prints(self) -> Path:
        """Where the folder printer puts papers."""
        return self.data / "prints"

    @property
    def trust(self) -> Path:
        """Head office's public key for rules, accounts and directory."""
        return self.data / "head_office.pem"
