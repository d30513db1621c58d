"""The picture of a page: zoomed by wheel or keys, with what was found in boxes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QWidget,
)

from counter_app.domain.reading import Box

ZOOM_STEP = 1.25
CLOSEST = 8.0
FOUND = QColor("#0B57A4")
SHOWN = QColor("#8A5A00")
MARGIN_PX = 6.0
TALLEST = 1.6
"""Of several pages below each other, so much height against the width is shown at first."""


class LetterPicture(QGraphicsView):
    """Shows one page; `+` `-` zoom, `0` fits, the arrows move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = QGraphicsScene(self)
        self._page = QGraphicsPixmapItem()
        self._scene.addItem(self._page)
        self._page.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._boxes: dict[Box, QGraphicsRectItem] = {}
        self._zoom = 1.0
        self.setScene(self._scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    @property
    def zoom(self) -> float:
        """The enlargement over the size at which the whole page is seen."""
        return self._zoom

    def has_page(self) -> bool:
        """Say whether there is a picture."""
        return not self._page.pixmap().isNull()

    def show_page(self, page: QPixmap, quarter_turns: int = 0) -> None:
        """Show another page, whole; an empty picture clears the view.

        Args:
            page: As it was taken; boxes count its pixels.
            quarter_turns: Clockwise turns that bring it upright.
        """
        self._page.setPixmap(page)
        self.resetTransform()
        self.rotate(90.0 * quarter_turns)
        self._scene.setSceneRect(QRectF(page.rect()))
        self.show_boxes(())
        self.fit()

    def show_boxes(self, boxes: tuple[Box, ...]) -> None:
        """Draw a frame around everything that was found."""
        if tuple(self._boxes) == boxes:
            return
        for item in self._boxes.values():
            self._scene.removeItem(item)
        self._boxes = {box: self._framed(box) for box in dict.fromkeys(boxes)}

    def point_at(self, boxes: tuple[Box, ...]) -> None:
        """Fill the frames of one fact, and bring them into sight."""
        for box, item in self._boxes.items():
            is_meant = box in boxes
            item.setPen(_pen(SHOWN if is_meant else FOUND, 3 if is_meant else 1.5))
            fill = QColor(SHOWN)
            fill.setAlpha(48 if is_meant else 0)
            item.setBrush(QBrush(fill))
        meant = [self._boxes[box] for box in boxes if box in self._boxes]
        if meant:
            self.ensureVisible(meant[0], 40, 40)

    def fit(self) -> None:
        """Show the whole page; of several the first, the others follow by scrolling."""
        self._zoom = 1.0
        if self.has_page():
            page = self._page.boundingRect()
            if page.height() > TALLEST * page.width():
                page.setHeight(TALLEST * page.width())
            self.fitInView(page, Qt.AspectRatioMode.KeepAspectRatio)

    def enlarge(self, factor: float) -> None:
        """Zoom by a factor, between the whole page and eight times its size."""
        wanted = min(CLOSEST, max(1.0, self._zoom * factor))
        if not self.has_page() or wanted == self._zoom:
            return
        self.scale(wanted / self._zoom, wanted / self._zoom)
        self._zoom = wanted

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom by the keys; everything else stays as Qt has it."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.enlarge(ZOOM_STEP)
            case Qt.Key.Key_Minus:
                self.enlarge(1 / ZOOM_STEP)
            case Qt.Key.Key_0:
                self.fit()
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom at the pointer."""
        self.enlarge(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the whole page in sight until somebody zoomed."""
        super().resizeEvent(event)
        if self._zoom == 1.0:
            self.fit()

    def _framed(self, box: Box) -> QGraphicsRectItem:
        around = QRectF(box.left, box.top, box.width, box.height)
        grown = around.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
        return self._scene.addRect(grown, _pen(FOUND, 1.5))


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen
