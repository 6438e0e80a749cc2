"""Finding a layer on the canvas: by its name, its kind or what is wrong with it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from widgets.canvas.cards.palette_popup import PalettePopup
from widgets.canvas.stage import Stage

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

_TOP = 48


@dataclass(frozen=True, slots=True)
class Found:
    """One layer of the network on view or of a block that stands open on it, as a row of the list."""

    title: str
    kind: str
    category: str
    summary: str
    node: str
    problem: str = ""
    blocks: tuple[str, ...] = ()


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
        return [found for stage in self._view.root.all() for found in _layers(stage)]

    def _go(self, found: object) -> None:
        if not isinstance(found, Found):
            return
        stage = self._view.root.reached(found.blocks)
        if stage.blocks == found.blocks and found.node in stage.scene.nodes:
            self._view.work_on(stage)
            self._view.focus_node(found.node)


def _layers(stage: Stage) -> list[Found]:
    """Return the layers of a stage; those of an open block say in which one they are."""
    scene, network = stage.scene, stage.scene.network
    problems: dict[str, str] = {}
    for problem in scene.report.problems if scene.report is not None else ():
        node = problem.path[0] if problem.path else problem.node
        problems.setdefault(node, f"{problem.severity}: {problem.message}")
    where = f" in {scene.name}" if stage.blocks else ""
    rows = []
    for node, row in scene.nodes.rows.items():
        face, kind = scene.nodes.face(row), network.kind(node)
        told = problems.get(node, "")
        summary = told or f"{kind} {face.shape}{where}"
        rows.append(Found(network.name(node), kind, face.category, summary, node, told, stage.blocks))
    return rows


def _rank(found: Found, wanted: str) -> int | None:
    """Return how well a row answers, 0 best; None if not at all. Without a text, what has a problem comes first."""
    if not wanted:
        return 0 if found.problem else 1
    name = found.title.lower()
    ways = (name.startswith(wanted), wanted in name, wanted in found.kind.lower(), wanted in found.problem.lower())
    return next((rank for rank, holds in enumerate(ways) if holds), None)
