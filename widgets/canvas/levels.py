"""Remembers how each network was looked at, and leads into a block and out of it with a movement that shows the way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF

from widgets.canvas.camera import MOST
from widgets.selection import Place

if TYPE_CHECKING:
    from widgets.canvas.surface import Surface


class Levels(QObject):
    """Zoom and selection of every level that was on view, for as long as the project is open."""

    def __init__(self, surface: "Surface") -> None:
        super().__init__(surface)
        self._surface = surface
        self._views: dict[Place, tuple[float, QPointF]] = {}
        self._selected: dict[Place, tuple[frozenset[str], str | None]] = {}
        self._door: QRectF | None = None
        surface.selection.changed.connect(self._note_selection)

    def forget(self) -> None:
        """Another project is on view."""
        self._views.clear()
        self._selected.clear()

    def depart(self, place: Place) -> None:
        """Keep how a level is looked at, before another comes on view."""
        surface = self._surface
        camera, (network, path) = surface.camera, surface.selection.on_view
        self._views[place] = camera.goal
        inward = path[:-1] == place[1] and len(path) > len(place[1]) and network != place[0]
        row = surface.scene.nodes.rows.get(path[-1]) if inward else None
        self._door = self._on_screen(row) if row is not None else None

    def view_of(self, place: Place) -> tuple[float, QPointF] | None:
        """Return the zoom and offset that a level was left with."""
        return self._views.get(place)

    def arrive(self, before: Place) -> None:
        """Bring back what was selected, and let the level grow out of its block, or shrink into it."""
        surface, selection = self._surface, self._surface.selection
        nodes, current = self._selected.get(selection.on_view, (frozenset(), None))
        held = nodes & frozenset(surface.scene.nodes)
        if held and not selection.nodes:
            selection.select(sorted(held), current if current in held else None)
        door, self._door = self._door, None
        duration = surface.theme.measures.duration.zoom_to_fit
        if duration <= 0 or not surface.isVisible():
            return
        camera = surface.camera
        zoom, offset = camera.goal
        if door is not None and (bounds := surface.scene.nodes.bounds()) is not None:
            camera.fit(bounds, door, 0, margin=0.0)
        elif before[1][:-1] == selection.on_view[1] and before[1] and before[1][-1] in surface.scene.nodes:
            size = surface.rect().toRectF()
            camera.fit(surface.scene.rect(before[1][-1]), size, 0, most=MOST, margin=0.0)
        else:
            return
        camera.glide(zoom, offset, duration)

    def _on_screen(self, row: int) -> QRectF:
        left, top, right, bottom = self._surface.scene.nodes.rect(row)
        camera = self._surface.camera
        return QRectF(camera.to_view(left, top), camera.to_view(right, bottom))

    def _note_selection(self) -> None:
        selection = self._surface.selection
        self._selected[selection.network, selection.path] = (selection.nodes, selection.current)
