"""The camera panel: live picture with the found outline, hints in words, and Space to take it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QPolygonF
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
from counter_app.ui.theme import theme
from counter_app.ui.widgets.live_picture import LiveFrame, LivePicture
from counter_app.ui.widgets.looks import label, set_look, set_text

MAX_FILE_BYTES = 32_000_000
"""What the vault keeps."""


class Viewfinder(QWidget):
    """Draws the newest frame and the outline on it."""

    def __init__(self) -> None:
        super().__init__()
        self.frame: LiveFrame | None = None
        self.setMinimumSize(QSize(320, 200))

    def show_frame(self, frame: LiveFrame | None) -> None:
        """Draw a frame."""
        self.frame = frame
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the frame, fitted, and the outline: green when good, amber otherwise."""
        palette = theme().palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.ink))
        if self.frame is not None:
            image = self.frame.image
            scale = min(self.width() / image.width(), self.height() / image.height())
            left = (self.width() - image.width() * scale) / 2
            top = (self.height() - image.height() * scale) / 2
            place = QRectF(left, top, image.width() * scale, image.height() * scale)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
            self._draw_outline(painter, left, top, scale)
        painter.end()

    def _draw_outline(self, painter: QPainter, left: float, top: float, scale: float) -> None:
        if self.frame is None or self.frame.outline is None:
            return
        colour = "#F2B705" if self.frame.hints else "#35C26A"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 3))
        corners = [QPointF(left + x * scale, top + y * scale) for x, y in self.frame.outline]
        painter.drawPolygon(QPolygonF(corners))


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
        self._build()
        self._live.shown.connect(self._show_frame)
        self._live.taken.connect(self._take)
        self._live.failed.connect(self._fail)
        self._button.clicked.connect(self._shutter)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._what)
        column.addWidget(self._finder, 1)
        row = QHBoxLayout()
        row.addWidget(self._hint, 1)
        row.addWidget(self._file_button)
        row.addWidget(self._button)
        column.addLayout(row)

    def start(self, kind: DocumentKind, title: str = "") -> None:
        """Turn the camera on for a kind of document; a title says it in other words."""
        self._kind, self._title = kind, title
        set_text(self._what, title or document_kind(kind))
        set_text(self._hint, self.tr("正在打开摄像头"))
        set_look(self._hint, "tone", "")
        set_text_of(self._button, self.tr("拍照　空格"))
        self._finder.show_frame(None)
        self._live.start(kind)

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
        if chosen:
            self.open_file(Path(chosen))

    def _shutter(self) -> None:
        if self._live.is_running:
            self._live.take_now()
        else:
            self.start(self._kind, self._title)

    def _show_frame(self, frame: LiveFrame) -> None:
        self._finder.show_frame(frame)
        is_good = not frame.hints
        words = self.tr("很好，请勿移动") if is_good else hint(frame.hints[0])
        set_text(self._hint, words)
        set_look(self._hint, "tone", "good" if is_good else "caution")

    def _take(self, captured: CapturedDocument) -> None:
        set_text(self._hint, self.tr("已拍下，正在识别"))
        set_look(self._hint, "tone", "good")
        set_text_of(self._button, self.tr("重拍　空格"))
        self.taken.emit(
            PictureTaken(captured.kind, captured.original_jpeg, captured.rectified_jpeg)
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
