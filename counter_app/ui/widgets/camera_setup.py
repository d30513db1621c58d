"""Choosing the camera, its size and how its picture is turned, beside the live picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.errors import CounterError
from counter_app.ports.camera import CameraChoice, CameraFound, Rotation
from counter_app.services.camera_choice import CameraChoosing, CameraOffer
from counter_app.ui.jobs import Lane
from counter_app.ui.texts import failure_text
from counter_app.ui.widgets.choice import Choice, ChoiceTiles
from counter_app.ui.widgets.looks import label, set_look, set_text


class CameraSetup(QWidget):
    """Three questions; an answer is in force at once and kept for the next start.

    Signals:
        changed: Another choice is in force: the live picture must be opened again.
    """

    changed = Signal()

    def __init__(
        self, choosing: CameraChoosing, storage: Lane, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choosing, self._storage = choosing, storage
        self.cameras, self.sizes, self.turns = ChoiceTiles(), ChoiceTiles(), ChoiceTiles()
        self._camera_words = label(role="label")
        self._note = label(role="small", wraps=True)
        self._build()
        self.cameras.picked.connect(self._pick_camera)
        self.sizes.picked.connect(self._pick_size)
        self.turns.picked.connect(self._pick_turn)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._camera_words)
        column.addWidget(self.cameras)
        self._ask(column, self.sizes, self.tr("画面大小"))
        self._ask(column, self.turns, self.tr("画面转正"))
        column.addWidget(self._note)
        column.addStretch(1)
        self.cameras.set_question(self.tr("用哪个摄像头？"))

    def _ask(self, column: QVBoxLayout, tiles: ChoiceTiles, question: str) -> None:
        tiles.set_question(question)
        column.addWidget(label(question, "label"))
        column.addWidget(tiles)

    def open(self) -> None:
        """List what there is now and put the keys on the first question."""
        self._offer_cameras(self._choosing.offers())
        sizes = [Choice(size, self._size_words(size)) for size in self._choosing.sizes()]
        self.sizes.offer(sizes, columns=2)
        self.turns.offer([Choice(turn, self._turn_words(turn)) for turn in Rotation], columns=2)
        self._show_choice()
        self.say_size((0, 0))
        self.show()
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def first_field(self) -> QWidget:
        """Return the first question that has answers."""
        return self.cameras if self.cameras.isVisibleTo(self) else self.sizes

    def say_size(self, size: tuple[int, int]) -> None:
        """Say which size the camera really gives; (0, 0) where it is not known."""
        wide, high = size
        set_text(self._note, self.tr("实际 %1").replace("%1", f"{wide} × {high}") if wide else "")
        set_look(self._note, "tone", "")

    def _offer_cameras(self, offers: Sequence[CameraOffer]) -> None:
        is_any = bool(offers)
        words = self.tr("用哪个摄像头？") if is_any else self.tr("没有找到摄像头，请插好")
        set_text(self._camera_words, words)
        self.cameras.offer([self._camera_choice(offer) for offer in offers])
        self.cameras.setVisible(is_any)

    def _camera_choice(self, offer: CameraOffer) -> Choice:
        if offer.is_configured:
            return Choice(offer.found.source, self.tr("设置文件里的来源"))
        return Choice(offer.found.source, f"{offer.found.name}　{offer.found.source}")

    def _size_words(self, size: tuple[int, int]) -> str:
        wide, high = size
        return f"{wide} × {high}" if wide else self.tr("由摄像头决定")

    def _turn_words(self, turn: Rotation) -> str:
        return {
            Rotation.NONE: self.tr("不转"),
            Rotation.RIGHT: self.tr("向右 90°"),
            Rotation.HALF: self.tr("倒转 180°"),
            Rotation.LEFT: self.tr("向左 90°"),
        }[turn]

    def _show_choice(self) -> None:
        choice = self._choosing.choice
        self.cameras.show_value(choice.source)
        self.sizes.show_value((choice.width_px, choice.height_px))
        self.turns.show_value(choice.rotation)

    def _pick_camera(self, source: object) -> None:
        found = next(offer for offer in self._choosing.offers() if offer.found.source == source)
        name = "" if found.is_configured else found.found.name
        self._use(replace(self._choosing.choice, source=found.found.source, name=name))

    def _pick_size(self, size: object) -> None:
        if isinstance(size, tuple):
            wide, high = size
            self._use(replace(self._choosing.choice, width_px=wide, height_px=high))

    def _pick_turn(self, turn: object) -> None:
        if isinstance(turn, Rotation):
            self._use(replace(self._choosing.choice, rotation=turn))

    def _use(self, choice: CameraChoice) -> None:
        self._choosing.use(choice)
        self.changed.emit()
        self._storage.run(self._choosing.keep, lambda _: None, self._not_kept)

    def _not_kept(self, error: CounterError) -> None:
        words = failure_text(error.code)
        set_text(self._note, f"{words.title}。{words.advice}")
        set_look(self._note, "tone", "stop")


def camera_name(found: CameraFound) -> str:
    """Name a camera for the clerk."""
    return f"{found.name} ({found.source})"
