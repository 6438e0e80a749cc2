"""Finding a layer on the canvas: by its name, its kind or what is wrong with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from widgets.canvas.cards.palette_popup import PalettePopup

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

_TOP = 48


@dataclass(frozen=True, slots=True)
class Found:
    """One layer of the network on view, as a row of the list."""

    title: str
    kind: str
    category: str
    summary: str
    node: str
    problem: str = ""


class Finder(QObject):
    """Keeps the popup; a choice selects the layer and brings it into view."""

    def __init__(self, view: "CanvasView") -> None:
        super().__init__(view)
        self._view = view
        self.popup = PalettePopup(view, "Find by name, kind or problem", "Layers of this drawing")
        self.popup.chosen.connect(self._go)

    def open(self) -> None:
        """Open the list in the middle, above."""
        middle = (self._view.width() - self.popup.width()) / 2
        self.popup.open_at(QPointF(middle, _TOP), "", self.search)

    def search(self, text: str) -> list[Found]:
        """Return the layers that a text finds: names that begin with it first, then names, kinds, problems."""
        wanted = text.strip().lower()
        ranked = [(rank, found) for found in self._all() if (rank := _rank(found, wanted)) is not None]
        return [found for _, found in sorted(ranked, key=lambda entry: (entry[0], entry[1].title.lower()))]

    def _all(self) -> list[Found]:
        scene = self._view.scene
        problems: dict[str, str] = {}
        for problem in scene.report.problems if scene.report is not None else ():
            node = problem.path[0] if problem.path else problem.node
            problems.setdefault(node, f"{problem.severity}: {problem.message}")
        rows = []
        for node, row in scene.nodes.rows.items():
            face, kind = scene.nodes.face(row), scene.network.kind(node)
            told, name = problems.get(node, ""), scene.network.name(node)
            rows.append(Found(name, kind, face.category, told or f"{kind} {face.shape}", node, told))
        return rows

    def _go(self, found: object) -> None:
        if isinstance(found, Found) and found.node in self._view.scene.nodes:
            self._view.work_on(self._view.root)
            self._view.focus_node(found.node)


def _rank(found: Found, wanted: str) -> int | None:
    """Return how well a row answers, 0 best; None if not at all. Without a text, what has a problem comes first."""
    if not wanted:
        return 0 if found.problem else 1
    name = found.title.lower()
    ways = (name.startswith(wanted), wanted in name, wanted in found.kind.lower(), wanted in found.problem.lower())
    return next((rank for rank, holds in enumerate(ways) if holds), None)
