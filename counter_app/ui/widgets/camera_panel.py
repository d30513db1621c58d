"""The camera panel: live picture with the found outline, hints in words, and Space to take it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.reading import DocumentKind
from counter_app.errors import FailureCode
from counter_app.flow.events import PictureTaken
from counter_app.formats.picture_file import picture_bytes
from counter_app.ports.capture import CapturedDocument
from counter_app.ui.controller import Stopper
from counter_app.ui.page import PageKit
from counter_app.ui.texts import failure_text
from counter_app.ui.texts_papers import document_kind, hint
from counter_app.ui.widgets.camera_setup import CameraSetup, camera_name
from counter_app.ui.widgets.live_picture import LiveFrame, LivePicture
from counter_app.ui.widgets.looks import label, set_look, set_text
from counter_app.ui.widgets.viewfinder import Viewfinder

MAX_FILE_BYTES = 32_000_000
"""What the vault keeps."""


class CameraPanel(QFrame):
    """Takes a picture of a document, by itself once it lies still, or by Space.

    Signals:
        taken: A PictureTaken event for the flow.
    """

    taken = Signal(object)

    def __init__(self, kit: PageKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        parts = kit.parts
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kind, self._title = DocumentKind.AUTO, ""
        self._is_away = False
        self._live = LivePicture(
            parts.camera, parts.document_reader, parts.auto_capture, kit.lanes.camera, self
        )
        self._finder = Viewfinder()
        self._what = label(role="title")
        self._hint = label(role="quiet", wraps=True)
        self._lane = kit.lanes.reading
        self._reader = parts.document_reader
        self._file_button = QPushButton(self.tr("打开文件　Ctrl+O"))
        self._file_button.setShortcut(QKeySequence(QKeySequence.StandardKey.Open))
        self._file_button.clicked.connect(self._choose_file)
        self._button = QPushButton(self.tr("拍照　空格"))
        self._button.setProperty("role", "primary")
        self._choosing = parts.camera_choice
        self._setup: CameraSetup | None = None
        self._setup_button = QPushButton(self.tr("换摄像头　F4"))
        self._setup_button.clicked.connect(self._turn_setup)
        self._storage = kit.lanes.storage
        self._build()
        self._live.shown.connect(self._show_frame)
        self._live.taken.connect(self._take)
        self._live.away.connect(self._say_away)
        self._live.failed.connect(self._fail)
        self._button.clicked.connect(self._shutter)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._what)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(12)
        self._middle.addWidget(self._finder, 3)
        column.addLayout(self._middle, 1)
        row = QHBoxLayout()
        row.addWidget(self._hint, 1)
        row.addWidget(self._setup_button)
        self._setup_button.setVisible(self._choosing is not None)
        row.addWidget(self._file_button)
        row.addWidget(self._button)
        column.addLayout(row)

    def start(self, kind: DocumentKind, title: str = "") -> None:
        """Turn the camera on for a kind of document; a title says it in other words."""
        self._kind, self._title = kind, title
        self._show_setup(None)
        self._opening()
        self._live.start(kind)
        # The engine loads while the document is laid down; what is amiss with it, reading says.
        self._lane.run(lambda: self._reader.warm_up(Stopper()), lambda _: None)

    def _opening(self) -> None:
        self._is_away = False
        set_text(self._what, self._heading())
        set_text(self._hint, self.tr("正在打开摄像头"))
        set_look(self._hint, "tone", "")
        set_text_of(self._button, self.tr("拍照　空格"))
        self._finder.show_frame(None)

    def stop(self) -> None:
        """Turn the camera off."""
        self._live.stop()

    def say(self, text: str, tone: str) -> None:
        """Say what became of the picture that was taken."""
        set_text(self._hint, text)
        set_look(self._hint, "tone", tone)

    @property
    def is_running(self) -> bool:
        """Say whether the camera is on."""
        return self._live.is_running

    @property
    def is_setting_up(self) -> bool:
        """Say whether the camera is being chosen."""
        return self._setup is not None

    def takes_key(self, key: str) -> bool:
        """Choose the camera on F4, go back on F4 or Esc; False for any other key."""
        is_meant = key == "F4" or (key == "Esc" and self.is_setting_up)
        if self._choosing is None or not self.isVisible() or not is_meant:
            return False
        self._turn_setup()
        return True

    def _turn_setup(self) -> None:
        if self._choosing is None:
            return
        if self._setup is not None:
            self.start(self._kind, self._title)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        setup = CameraSetup(self._choosing, self._storage)
        setup.changed.connect(self._look_again)
        self._show_setup(setup)
        setup.open()
        self._look_again()

    def _show_setup(self, setup: CameraSetup | None) -> None:
        if self._setup is not None:
            self._middle.removeWidget(self._setup)
            self._setup.hide()
            self._setup.deleteLater()
        self._setup = setup
        if setup is not None:
            self._middle.addWidget(setup, 2)
        is_open = setup is not None
        words = self.tr("完成　F4") if is_open else self.tr("换摄像头　F4")
        set_text_of(self._setup_button, words)
        self._button.setVisible(not is_open)
        self._file_button.setVisible(not is_open)

    def _look_again(self) -> None:
        self._opening()
        self._live.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the picture on Space."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._shutter()
            return
        super().keyPressEvent(event)

    def open_file(self, path: Path) -> None:
        """Take a picture or an electronic letter from a file instead of from the camera."""
        self._live.stop()
        self.say(self.tr("正在打开文件"), "")
        kind, stop = self._kind, Stopper()
        self._lane.run(
            lambda: self._reader.open_file(picture_bytes(path, MAX_FILE_BYTES), kind, stop),
            self._take,
            lambda error: self._fail(error.code),
        )

    def _choose_file(self) -> None:
        names = self.tr("图片或 PDF") + " (*.pdf *.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("打开文件"), "", names)
        if chosen and self.isVisible():
            self.open_file(Path(chosen))

    def _shutter(self) -> None:
        if self._setup is not None:
            return
        if self._live.is_running and not self._is_away:
            self._live.take_now()
        else:
            self.start(self._kind, self._title)

    def _show_frame(self, frame: LiveFrame) -> None:
        if self._is_away:
            self._is_away = False
            set_text_of(self._button, self.tr("拍照　空格"))
        self._finder.show_frame(frame)
        self._say_stand_in()
        if self._setup is not None:
            self._setup.say_size(frame.full_size)
            self.say(self.tr("改动立即生效并记住；按 F4 或 Esc 完成"), "")
            return
        is_good = not frame.hints
        words = self.tr("很好，请勿移动") if is_good else hint(frame.hints[0])
        self.say(words, "good" if is_good else "caution")

    def _say_stand_in(self) -> None:
        other = self._choosing.stand_in() if self._choosing is not None else None
        words = self._heading()
        if other is not None:
            instead = self.tr("选定的摄像头不在，现用 %1，按 F4 更换")
            words = f"{words}　{instead.replace('%1', camera_name(other))}"
        set_text(self._what, words)

    def _heading(self) -> str:
        if self._setup is not None:
            return self.tr("选摄像头")
        return self._title or document_kind(self._kind)

    def _say_away(self, code: FailureCode) -> None:
        """Take the old picture away: what is not live must not look so."""
        self._is_away = True
        self._finder.show_frame(None)
        set_text(self._what, self._heading())
        words = failure_text(code)
        again = self.tr("恢复后画面会自己回来")
        self.say(f"{words.title}。{words.advice}；{again}", "stop")
        set_text_of(self._button, self.tr("再试　空格"))

    def _take(self, captured: CapturedDocument) -> None:
        set_text(self._hint, self.tr("已拍下，正在识别"))
        set_look(self._hint, "tone", "good")
        set_text_of(self._button, self.tr("重拍　空格"))
        self.taken.emit(
            PictureTaken(
                captured.kind, captured.original_jpeg, captured.rectified_jpeg, captured.outline
            )
        )

    def _fail(self, code: FailureCode) -> None:
        words = failure_text(code)
        set_text(self._hint, f"{words.title}。{words.advice}")
        set_look(self._hint, "tone", "stop")
        set_text_of(self._button, self.tr("再试　空格"))


def set_text_of(button: QPushButton, text: str) -> None:
    """Set a button's text only when it differs."""
    if button.text() != text:
        button.setText(text)
