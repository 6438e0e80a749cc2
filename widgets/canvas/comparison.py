"""The comparison with another project: layers that were added, changed or moved are marked, removed ones are ghosts."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter

from graphs.comparing.compare import Difference, compare
from graphs.comparing.differences import ADDED, CHANGED, MOVED, REMOVED, Change
from graphs.framing import box_of
from graphs.project import Project
from widgets.canvas.cards.comparison_card import SIGNS, ComparisonCard
from widgets.canvas.style import dashed
from widgets.canvas.tables.node_face import Faces
from widgets.theme import Theme

if TYPE_CHECKING:
    from widgets.canvas.surface import Surface

_OFF = 4.0
_SIGN = 16.0
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_BESIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def colour_of(kind: str, theme: Theme) -> QColor:
    """Return the colour of one kind of change."""
    status = theme.status
    return {ADDED: status.success, CHANGED: status.warning, REMOVED: status.error}.get(kind, theme.text.secondary)


class Comparison(QObject):
    """Compares what is open, as the new state, with an old one; it follows the edits until it is ended."""

    def __init__(self, surface: "Surface") -> None:
        super().__init__(surface)
        self._surface = surface
        self.old: Project | None = None
        self.difference = Difference(())
        self.card = ComparisonCard(surface)
        self.card.chosen.connect(self._go)
        self.card.ended.connect(self.end)
        self._title = ""
        self._faces = Faces()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(surface.theme.measures.duration.settle_after_zoom)
        self._soon.timeout.connect(self.refresh)
        surface.document.edited.connect(self._later)
        surface.document.replaced.connect(self.end)
        surface.over.append(self.paint)

    def begin(self, old: Project, title: str) -> None:
        """Compare with `old`, which is called `title`."""
        self.old, self._title = old, title
        self.refresh()

    def end(self) -> None:
        """Compare no more."""
        self.old, self.difference = None, Difference(())
        self.card.hide()
        self._surface.update()

    def _later(self, *_: object) -> None:
        if self.old is not None:
            self._soon.start()

    def refresh(self) -> None:
        """Work out what differs now."""
        if self.old is not None:
            self.difference = compare(self.old, self._surface.document.project)
            self.card.show_changes(self._title, self.difference, self._surface.theme)
            self._surface.update()

    def marks(self, network: str = "") -> dict[str, str]:
        """Return how the layers of a network differ, by id; of the one on view without a name."""
        return self.difference.marks(network or self._surface.scene.name) if self.old is not None else {}

    def ghosts(self) -> dict[str, QRectF]:
        """Return where layers of the network on view stood that are gone, by their old id."""
        back = {new: old for old, new in self.difference.networks.items()}
        name = back.get(self._surface.scene.name)
        if self.old is None or name is None:
            return {}
        network, found = self.old.networks[name], {}
        for node, kind in self.difference.marks(name, old=True).items():
            if kind == REMOVED:
                face = self._faces.of(self.old, network, node)
                left, top, right, bottom = box_of(network.position(node), (face.width, face.height), network.flow)
                found[node] = QRectF(left, top, right - left, bottom - top)
        return found

    def paint(self, painter: QPainter) -> None:
        """Mark what differs, with a painter whose units are px of the screen."""
        if self.old is None:
            return
        surface = self._surface
        camera, scene, theme = surface.camera, surface.scene, surface.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for node, rect in self.ghosts().items():
            shown = QRectF(camera.to_view(rect.left(), rect.top()), camera.to_view(rect.right(), rect.bottom()))
            self._mark(painter, REMOVED, shown)
            old = self.old.networks[{new: old for old, new in self.difference.networks.items()}[scene.name]]
            painter.setFont(theme.font("control", "semibold"))
            if shown.width() > 60 and shown.height() > 16:
                painter.drawText(shown.adjusted(12, 0, -4, 0), _BESIDE, old.name(node))
        for stage in surface.root.all():
            for node, kind in self.marks(stage.scene.name).items():
                if node in stage.scene.nodes:
                    left, top, right, bottom = stage.scene.rect(node)
                    to_view = stage.lens.to_view
                    self._mark(painter, kind, QRectF(to_view(left, top), to_view(right, bottom)))

    def _mark(self, painter: QPainter, kind: str, rect: QRectF) -> None:
        """Draw a ring and a sign: never a colour alone."""
        theme = self._surface.theme
        colour = colour_of(kind, theme)
        painter.setPen(dashed(colour, 2.0, (4, 3) if kind in (REMOVED, MOVED) else ()))
        painter.setBrush(self._surface.style_of_canvas.none)
        painter.drawRoundedRect(rect.adjusted(-_OFF, -_OFF, _OFF, _OFF), 8, 8)
        sign = QRectF(rect.left() - _OFF - _SIGN / 2, rect.top() - _OFF - _SIGN / 2, _SIGN, _SIGN)
        painter.setPen(theme.surface.canvas)
        painter.setBrush(colour)
        painter.drawEllipse(sign)
        painter.setFont(theme.font("control", "bold"))
        painter.drawText(sign, _MIDDLE, SIGNS[kind])
        painter.setPen(colour)

    def _go(self, change: Change) -> None:
        """Bring what changed on view: the layer, or the place where it was."""
        surface, spot = self._surface, change.after or change.before
        if spot is None or not spot.network:
            return
        name = spot.network if change.after is not None else self.difference.networks.get(spot.network, "")
        if name in surface.document.project.networks and name != surface.scene.name:
            surface.selection.show(name)
        if change.after is not None and spot.node in surface.scene.nodes:
            surface.selection.select([spot.node])
            surface.reveal(spot.node)
        elif spot.node in (ghosts := self.ghosts()):
            surface.centre_on(QPointF(ghosts[spot.node].center()))
