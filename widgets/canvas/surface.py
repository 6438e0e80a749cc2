"""The surface: a widget that shows the network on view, follows its edits, and knows where to look."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from graphs.network import Wire
from graphs.project import MAIN
from graphs.tensors import TensorSpec
from widgets.canvas.camera import Camera
from widgets.canvas.cards.minimap import Minimap
from widgets.canvas.hands.tracing import clear, trace
from widgets.canvas.hands.walking import beside
from widgets.canvas.levels import Levels
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.painting.annotation_picture import annotation_bounds
from widgets.canvas.painting.empty import paint_empty
from widgets.canvas.scene import Scene
from widgets.canvas.stage import Stage
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.hit import Hits
from widgets.canvas.tables.node_geometry import Rect
from widgets.document import Change, Document
from widgets.selection import Place, Selection
from widgets.theme import Theme, ThemeSource

_INTO_VIEW = 48.0
_SMALLEST_FIT = 0.8  # below, what stands in the rows of nodes is hard to read


class Surface(QWidget):
    """Shows the network that `selection` names, in the colours of `themes`; `zoom_changed` carries 1.0 at 1:1.

    scene, camera, standing, hits: those of the network on view, which is the stage `root`; `stage` is where the hand
    works, which may be in a block that stands open. hovered: the open blocks in which the pointer is.
    over: what else paints, above the nodes, with painters in px of the screen.
    resume: the node from which the keyboard goes on while none is current, as the one that was is gone.
    """

    zoom_changed = Signal(float)

    def __init__(
        self, document: Document, selection: Selection, themes: ThemeSource, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document, self.selection, self.theme = document, selection, themes.theme
        self.scene, self.camera, self.standing = Scene(), Camera(self), Standing()
        self.hits, self.root = Hits(self.scene, self.camera), Stage(self.scene, self.camera, self.standing)
        self.hovered: tuple[str, ...] = ()
        self.style_of_canvas = CanvasStyle(self.theme)
        self.minimap = Minimap(self.scene, self.camera, self.style_of_canvas, self)
        self.by_keyboard = False
        self.resume: str | None = None
        self.over: list[Callable[[QPainter], None]] = []
        self._canvas_painter = CanvasPainter(self.style_of_canvas)
        self._tracing = False
        self._fit_due, self._complete = True, True
        self.levels = Levels(self)
        self._on_view: Place = (MAIN, ())
        self._first_look: tuple[float, QPointF, int] | None = None
        self._settling, self._again, self._map = QTimer(self), QTimer(self), QTimer(self)
        self._prepare()
        self._listen(themes)
        self._load()

    def _prepare(self) -> None:
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("own_focus", True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Canvas")
        self.setMinimumSize(*self.theme.measures.size.canvas_least)
        pause = self.theme.measures.duration.settle_after_zoom
        for timer, wait, act in (
            (self._settling, pause, self.update),
            (self._again, 0, self.update),
            (self._map, pause, self.minimap.settle),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(act)

    def _listen(self, themes: ThemeSource) -> None:
        self.document.edited.connect(self._follow)
        self.document.replaced.connect(self._replaced)
        self.document.problems_added.connect(self._tell_problems)
        self.selection.changed.connect(self._show_selection)
        self.selection.view_changed.connect(self._show_network)
        self.selection.sought.connect(self.reveal)
        themes.changed.connect(self.show_theme)
        self.camera.moved.connect(self._moved)
        self.camera.zoomed.connect(self.zoom_changed)
        self.minimap.sought.connect(self.centre_on)

    def show_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.theme, self.style_of_canvas = theme, CanvasStyle(theme)
        self._canvas_painter = CanvasPainter(self.style_of_canvas, self.scene.flow)
        self.minimap.show_style(self.style_of_canvas)
        self.update()

    @property
    def stage(self) -> Stage:
        """Where the hand works: in the block that stands open and holds the selection, else the network on view."""
        return self.root.reached(self.selection.blocks)

    def work_on(self, stage: Stage) -> None:
        """Let the hand work on a stage from now on."""
        self.selection.work_in(stage.scene.name, (*self.selection.on_view[1], *stage.blocks))

    def _load(self) -> None:
        name, path = self.selection.on_view
        if name not in self.document.project.networks:
            return
        self._on_view = (name, path)
        self.scene.load(self.document.project, name, self.document.report(name, path))
        self._canvas_painter = CanvasPainter(self.style_of_canvas, self.scene.flow)
        self.standing.hovered, self.standing.hovered_wire, self.hovered = None, None, ()
        self._show_selection()
        if (view := self.levels.view_of(self._on_view)) is not None:
            self.camera.show(*view)
        else:
            self._fit_due = True
            self._fit_if_due()
        self._map.start()

    def _replaced(self) -> None:
        self.levels.forget()
        self.selection.show()
        self.selection.select()
        self._load()

    def _show_network(self) -> None:
        before = self._on_view
        self.levels.depart(before)
        self._load()
        self.levels.arrive(before)

    def _follow(self, change: Change) -> None:
        """Take in an edit that happened, after the document's reports are current."""
        name, path = self.selection.on_view
        if name not in self.document.project.networks:
            self.selection.show()
            return
        flow, current, before = self.scene.flow, self.selection.current, self.stage
        if current is not None and before.scene.name == change.network and current not in before.scene.network:
            self.resume = beside(before.scene, current, before.scene.network)
        report = self.document.report(name, path)
        inner = bool(path) or change.network != name
        under = self._under_pointer()
        self.scene.follow(change.edit, self.scene.network if inner else change.nodes, report, change.turn)
        self._keep_hovered(*under)
        if self.scene.flow != flow:
            self._canvas_painter = CanvasPainter(self.style_of_canvas, self.scene.flow)
        self._keep_stage()
        self.selection.keep(self.stage.scene.network, self.stage.scene.wires.rows)
        self._show_selection()
        self.follow_trace()
        self._map.start()

    def _tell_problems(self) -> None:
        if self.scene.report is not None and self.scene.name in self.document.project.networks:
            self.scene.tell_problems()
            self.update()

    def _under_pointer(self) -> tuple[str | None, Wire | None]:
        """Return the node and the wire that the pointer rests on."""
        row, wire = self.standing.hovered, self.standing.hovered_wire
        return (
            self.scene.nodes.ids[row] if row is not None else None,
            self.scene.wires.wires[wire] if wire is not None else None,
        )

    def _keep_hovered(self, node: str | None, wire: Wire | None) -> None:
        """Let what the pointer rests on stand out where it is now, if it is still there."""
        standing, row = self.standing, self.scene.wires.rows.get(wire) if wire is not None else None
        standing.hovered = self.scene.nodes.rows.get(node) if node is not None else None
        standing.hovered_wire, dot = row, standing.hovered_dot
        led = self.scene.wires.dots.get(row, ()) if row is not None else ()
        standing.hovered_dot = (row, dot[1]) if row is not None and dot is not None and dot[1] < len(led) else None

    def _keep_stage(self) -> None:
        """Work where the open blocks lead that are left; select the one that was closed."""
        stage, blocks = self.stage, self.selection.blocks
        if len(stage.blocks) < len(blocks) or stage.scene.name != self.selection.network:
            self.work_on(stage)
            closed = blocks[len(stage.blocks) : len(stage.blocks) + 1]
            self.selection.select([node for node in closed if node in stage.scene.network])

    def _show_selection(self) -> None:
        stage = self.stage
        for other in self.root.all() if self.scene.insides else ():
            other.standing.selected, other.standing.selected_wires = frozenset(), frozenset()
            other.standing.selected_dots, other.standing.focused = frozenset(), None
        nodes, wires, standing = stage.scene.nodes.rows, stage.scene.wires.rows, stage.standing
        self.resume = None if self.selection.nodes else self.resume
        standing.selected = frozenset(nodes[n] for n in self.selection.nodes if n in nodes)
        standing.selected_wires = frozenset(wires[w] for w in self.selection.wires if w in wires)
        held = stage.scene.wires.dots
        dots = ((wires[w], index) for w, index in self.selection.dots if w in wires)
        standing.selected_dots = frozenset(dot for dot in dots if dot[1] < len(held.get(dot[0], ())))
        self.update()

    def specs_of(self, node: str) -> Mapping[str, TensorSpec]:
        """Return what a node puts out, by port."""
        report = self.stage.scene.report
        return report.specs.get(node, {}) if report is not None else {}

    @property
    def trace(self) -> bool:
        """Whether what is not upstream or downstream of the node under the pointer is dimmed."""
        return self._tracing

    @trace.setter
    def trace(self, on: bool) -> None:
        self._tracing = on
        self.follow_trace()
        self.update()

    def follow_trace(self) -> None:
        """Trace from the node under the pointer, else from the current one."""
        stage = self.root.reached(self.hovered)
        node = stage.scene.nodes.ids[stage.standing.hovered] if stage.standing.hovered is not None else None
        if node is None:
            stage, node = self.stage, self.selection.current
        if self._tracing and node is not None and node in stage.scene.nodes:
            trace(self.root, stage.blocks, node)
        else:
            clear(self.root)

    def toggle_shapes(self) -> None:
        """Show the shape at every output, or only where it changes."""
        self.standing.all_shapes = not self.standing.all_shapes
        self.update()

    @property
    def zoom(self) -> float:
        """1.0 at 1:1."""
        return self.camera.zoom

    def set_zoom(self, zoom: float) -> None:
        """Zoom about the middle of the view."""
        self.zoom_about(zoom, self.rect().toRectF().center())

    def zoom_by(self, factor: float) -> None:
        """Zoom by a factor about the middle of the view."""
        self.set_zoom(self.camera.zoom * factor)

    def zoom_about(self, zoom: float, at: QPointF) -> None:
        """Zoom so that what is at a point of the view stays there."""
        self._settling.start()
        self.camera.zoom_to(zoom, at)

    def zoom_steps(self, steps: float, at: QPointF) -> None:
        """Zoom by notches of the wheel about a point of the view."""
        self._settling.start()
        self.camera.zoom_steps(steps, at)

    def fit(self) -> None:
        """Show the whole network."""
        self._fit_to(None)

    def fit_selection(self) -> None:
        """Show the selected nodes, or the whole network when there are none."""
        self._fit_to(self.selection.nodes or None)

    def _fit_to(self, nodes: frozenset[str] | None) -> None:
        bounds = self._on_ground(self.stage, nodes) if nodes is not None else self._bounds_of_all()
        if bounds is not None:
            self.camera.fit(bounds, self.room_to_fit(), self.theme.measures.duration.zoom_to_fit)

    def _on_ground(self, stage: Stage, nodes: frozenset[str]) -> Rect | None:
        """Return the rect that holds nodes of a stage, on the canvas of the network on view."""
        bounds = stage.scene.nodes.bounds(nodes)
        if bounds is None:
            return None
        first = self.camera.to_scene(stage.lens.to_view(*bounds[:2]))
        last = self.camera.to_scene(stage.lens.to_view(*bounds[2:]))
        return first.x(), first.y(), last.x(), last.y()

    def _bounds_of_all(self) -> Rect | None:
        """Return the rect that holds the nodes, frames and notes."""
        nodes = self.scene.nodes.bounds()
        held = [*annotation_bounds(self.scene.network), *([nodes] if nodes is not None else [])]
        if not held:
            return None
        left, top, right, bottom = zip(*held, strict=True)
        return min(left), min(top), max(right), max(bottom)

    def room_to_fit(self) -> QRectF:
        """Return the part of the view where a drawing that is fitted goes."""
        return self.rect().toRectF()

    def _fit_if_due(self) -> None:
        """Show a network for the first time: all of it, or its beginning where all would be too small to read."""
        bounds = self._bounds_of_all()
        if not self._fit_due or not self.isVisible() or bounds is None:
            return
        self._fit_due = False
        size = self.room_to_fit()
        self.camera.fit(bounds, size, 0)
        if self.camera.zoom < _SMALLEST_FIT and len(self.scene.nodes) < 200:
            left, top, right, bottom = bounds
            wide = (size.width() - 2 * _INTO_VIEW) / _SMALLEST_FIT, (size.height() - 2 * _INTO_VIEW) / _SMALLEST_FIT
            shown = (left, top, min(right, left + wide[0]), min(bottom, top + wide[1]))
            self.camera.fit(shown, size, 0, margin=_INTO_VIEW)
        self._first_look = self._look

    @property
    def _look(self) -> tuple[float, QPointF, int]:
        return (*self.camera.goal, self.scene.revision)

    def centre_on(self, place: QPointF) -> None:
        """Bring a point of the canvas to the middle of the view."""
        self.camera.show(self.camera.zoom, self.rect().toRectF().center() - place * self.camera.zoom)

    def focus_node(self, node: str) -> None:
        """Select a node by keyboard and bring it into view."""
        self.by_keyboard = True
        self.selection.select([node], node)
        self.reveal(node)

    def reveal(self, node: str) -> None:
        """Move the view just so far that a node is within it."""
        stage = self.stage
        if node not in stage.scene.nodes:
            return
        left, top, right, bottom = stage.scene.rect(node)
        self.reveal_rect(QRectF(stage.lens.to_view(left, top), stage.lens.to_view(right, bottom)))

    def reveal_rect(self, rect: QRectF) -> None:
        """Move the view just so far that a rect of it is well within it; of one that is too large, its beginning."""
        room = self.rect().toRectF().adjusted(_INTO_VIEW, _INTO_VIEW, -_INTO_VIEW, -_INTO_VIEW)
        rect = QRectF(rect.topLeft(), rect.size().boundedTo(room.size()))
        x = max(room.left() - rect.left(), 0.0) or min(room.right() - rect.right(), 0.0)
        y = max(room.top() - rect.top(), 0.0) or min(room.bottom() - rect.bottom(), 0.0)
        if x or y:
            duration = self.theme.measures.duration.zoom_to_fit
            self.camera.glide(self.camera.zoom, self.camera.offset + QPointF(x, y), duration)

    def _moved(self) -> None:
        self.root.reached(self.selection.blocks)  # whose lenses look from where the camera is now
        self._map.start()
        self.minimap.update()
        self.update()

    def paint_frame(self, painter: QPainter) -> None:
        """Paint the canvas; another frame follows while tiles are missing."""
        size, current = self.rect().toRectF(), self.selection.current
        self.standing.settling = self._settling.isActive() or self.camera.zooming
        focused = current is not None and self.by_keyboard and self.hasFocus()
        stage = self.stage
        stage.standing.focused = stage.scene.nodes.rows.get(current) if focused and current is not None else None
        ratio = self.camera.ratio = self.devicePixelRatioF()
        self._complete = self._canvas_painter.paint(painter, self.scene, self.camera, size, self.standing, ratio)
        for paint in self.over:
            paint(painter)
        if not len(self.scene.nodes):
            paint_empty(painter, self.style_of_canvas, size)
        if not self._complete and not self.standing.settling:
            self._again.start()

    @property
    def painting_on(self) -> bool:
        """Whether another frame follows, because tiles were missing in the last one, or view or map still move."""
        return not self._complete or self._settling.isActive() or self._map.isActive() or self.camera.gliding

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_if_due()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_due |= self._look == self._first_look  # nobody has looked elsewhere or drawn anything since
        self._fit_if_due()
        self._map.start()
