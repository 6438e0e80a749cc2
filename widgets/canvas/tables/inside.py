"""The inside of an open block: the network that it stands for, drawn in the block's place on the canvas."""

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from graphs.ports import INLET
from graphs.reporting import report
from graphs.ways import shown_in
from widgets.canvas import states
from widgets.canvas.lens import Lens
from widgets.canvas.painting.annotation_picture import annotation_bounds
from widgets.canvas.standing import Standing
from widgets.canvas.tables.node_face import NodeFace, PortFace
from widgets.canvas.tables.node_geometry import Point, Rect, node_measures, port_places

if TYPE_CHECKING:
    from widgets.canvas.scene import Scene

PADDING = 16.0
_WIDER = 0.3
"""By what share the inside may grow so that what leads through it lies in its middle."""


@dataclass(frozen=True, slots=True)
class Inside:
    """The scene in an open block, what is drawn and passes over it, and a lens that is set before each look.

    foot: room below as high as the head, so that the middle of the block is that of the inside.
    """

    scene: "Scene"
    bounds: Rect
    camera: Lens
    foot: float = 0.0
    standing: Standing = field(default_factory=Standing)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the block that shows all of it, a step of the grid each."""
        left, top, right, bottom = self.bounds
        measures = node_measures()
        wide = max(right - left + 2 * PADDING, float(measures.width))
        high = bottom - top + 2 * PADDING + measures.header + self.foot
        return _up(wide, 2 * measures.grid), _up(high, measures.grid)

    def face_of(self, face: NodeFace, flow: str) -> NodeFace:
        """Return the face of the block when it is open."""
        width, height = self.size
        edge = height if flow == "right" else width
        return replace(
            face,
            row=(),
            count="",
            marks=face.marks | states.OPEN,
            inputs=_placed(face.inputs, edge, flow),
            outputs=_placed(face.outputs, edge, flow),
            width=width,
            height=height,
        )

    def corner(self, rect: Rect) -> Point:
        """Return how far the inside is moved to lie in the block whose rect this is."""
        left, top, right, bottom = rect
        across, along = (self.bounds[0] + self.bounds[2]) / 2, (self.bounds[1] + self.bounds[3]) / 2
        down = (top + bottom) / 2 - along if self.foot else top + node_measures().header + PADDING - self.bounds[1]
        return (left + right) / 2 - across, down

    @property
    def look(self) -> object:
        """What decides on the picture of it, but for where it is."""
        return self.scene.revision, replace(self.standing), dict(self.scene.board.held), looks_inside(self.scene)

    def stand(self, rect: Rect, camera: Lens) -> None:
        """Look through the lens as at the block in `rect` through `camera`."""
        x, y = self.corner(rect)
        self.camera.zoom, self.camera.offset = camera.zoom, camera.to_view(x, y)


def looks_inside(scene: "Scene") -> object:
    """Return what decides on the pictures of what is in the open blocks of a scene."""
    return tuple(inside.look for inside in scene.insides.values())


def look_inside(scene: "Scene", node: str) -> Inside | None:
    """Return the inside of a block; None where it stands for nothing, for what holds it, or lies too deep."""
    project, holders = scene.project, (*scene.within, scene.name)
    name = shown_in(project, holders, node)
    if name is None:
        return None
    held = scene.report.nodes.get(node) if scene.report is not None else None
    inner = held.inner if held is not None else None
    shown = type(scene)(holders, scene.numbers)
    shown.load(project, name, inner if inner is not None else report(project, name))
    bounds, straight = _bounds(shown), shown.flow == scene.flow
    foot = float(node_measures().header) if straight and scene.flow == "right" else 0.0
    return Inside(shown, _balanced(shown, bounds) if straight else bounds, Lens(), foot)


def _balanced(scene: "Scene", bounds: Rect) -> Rect:
    """Return bounds in whose middle the inlets lie, so that wires run on straight, unless they were much wider."""
    side = 0 if scene.flow == "down" else 1
    rects = scene.nodes.rects[[scene.nodes.rows[node] for node in scene.network.of_kind(INLET)]]
    if not len(rects):
        return bounds
    low, high, axis = bounds[side], bounds[side + 2], float((rects[:, side] + rects[:, side + 2]).mean() / 2)
    half = max(axis - low, high - axis)
    if 2 * half > (1 + _WIDER) * (high - low):
        return bounds
    wider = [*bounds]
    wider[side], wider[side + 2] = axis - half, axis + half
    return wider[0], wider[1], wider[2], wider[3]


def _bounds(scene: "Scene") -> Rect:
    rects = [*annotation_bounds(scene.network), *([found] if (found := scene.nodes.bounds()) is not None else [])]
    ways = scene.wires.boxes[[*scene.wires.rows.values()]]
    if len(ways) and not np.isnan(ways).all():
        rects.append((*np.nanmin(ways[:, :2], axis=0).tolist(), *np.nanmax(ways[:, 2:], axis=0).tolist()))
    if not rects:
        return 0.0, 0.0, 120.0, 28.0
    left, top, right, bottom = zip(*rects, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _placed(ports: tuple[PortFace, ...], edge: float, flow: str) -> tuple[PortFace, ...]:
    places = port_places(len(ports), edge, flow)
    return tuple(replace(port, place=place) for port, place in zip(ports, places, strict=True))


def _up(length: float, grid: float) -> float:
    return math.ceil(length / grid - 1e-9) * float(grid)
