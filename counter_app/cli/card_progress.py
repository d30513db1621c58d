"""What a person at the terminal is told while a card is waited for or read."""

from __future__ import annotations

import typer

from counter_app.cli.output import language
from counter_app.ports.travel_document import ChipPhase, ChipProgress, PassedOver, PassedOverCard
from counter_app.words.words import Language

PHASES = {
    ChipPhase.WAITING: ("请放上证件", "Lay the document on a reader"),
    ChipPhase.OPENING: ("正在打开芯片", "Opening the chip"),
    ChipPhase.READING: ("正在读取", "Reading"),
    ChipPhase.CHECKING: ("正在核验", "Checking"),
}
REASONS = {
    PassedOver.OTHER_FAMILY: ("不是要读的卡", "not the kind of card asked for"),
    PassedOver.MUTE: ("卡没有应答", "the card does not answer"),
    PassedOver.IN_USE: ("另一个程序正在使用", "another program uses the card"),
}


class CardProgress:
    """Says each step once, on the error stream so that the result stays clean."""

    def __init__(self) -> None:
        self._at = 0 if language() is Language.ZH else 1
        self._phase: ChipPhase | None = None
        self._others: tuple[PassedOverCard, ...] = ()

    def tell(self, progress: ChipProgress) -> None:
        """Say a step of a travel document's reading."""
        if progress.phase is not self._phase:
            self._phase = progress.phase
            self._say(PHASES[progress.phase][self._at])
        self.tell_others(progress.passed_over)

    def tell_others(self, others: tuple[PassedOverCard, ...]) -> None:
        """Say which cards lie in readers and are not taken, and why."""
        for card in others:
            if card not in self._others:
                self._say(f"{card.reader}: {REASONS[card.reason][self._at]}")
        self._others = others

    @staticmethod
    def _say(text: str) -> None:
        typer.echo(text, err=True)
