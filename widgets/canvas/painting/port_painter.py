"""Draws ports: one glyph a kind of tensor, so that colour is never the only cue."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from widgets.canvas import states
from widgets.canvas.lens import Lens
from widgets.canvas.scene import Scene
from widgets.canvas.style import CanvasStyle
from widgets.canvas.tables.hit import PortHit
from widgets.canvas.tables.node_geometry import Rect, port_point

_DOWN = QPolygonF([QPointF(-4.5, -3.5), QPointF(4.5, -3.5), QPointF(0, 4.5)])
_RIGHT = QPolygonF([QPointF(-3.5, -4.5), QPointF(-3.5, 4.5), QPointF(4.5, 0)])
_DIAMOND = QPolygonF([QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)])
_HALO = 9.0


def draw_port(
    painter: QPainter, style: CanvasStyle, kind: str, at: QPointF, *, free: bool, halo: bool = False, flow: str = "down"
) -> None:
    """Draw the glyph of a kind about a point: open when free, with a halo under the pointer."""
    if halo:
        painter.setPen(style.no_pen)
        painter.setBrush(style.halos[kind])
        painter.drawEllipse(at, _HALO, _HALO)
    shape = style.theme.measures.tensor_kinds[kind].port
    opened = free or shape in ("ring", "hollow")
    painter.setPen(style.kind_pens[kind] if opened else style.no_pen)
    painter.setBrush(style.canvas if opened else style.kind_brushes[kind])
    reach = 3.75 if opened else style.measures.port / 2
    painter.translate(at)
    if shape == "square":
        painter.drawRect(QRectF(-reach + 0.25, -reach + 0.25, 2 * reach - 0.5, 2 * reach - 0.5))
    elif shape == "triangle":
        painter.drawPolygon(_RIGHT if flow == "right" else _DOWN)
    elif shape == "diamond":
        painter.drawPolygon(_DIAMOND)
    elif shape == "bar":
        painter.drawRect(QRectF(-2, -5, 4, 10) if flow == "right" else QRectF(-5, -2, 10, 4))
    else:
        painter.drawEllipse(QPointF(0, 0), reach, reach)
    painter.translate(-at)


def draw_pressed_port(painter: QPainter, style: CanvasStyle, hit: PortHit, lens: Lens, flow: str) -> None:
    """Draw a port that is pressed, in a ring of its colour; where nodes are small it is as large as at 1:1."""
    near = states.level_of(style.measures.name_px * lens.zoom) >= states.NEAR
    painter.save()
    painter.translate(lens.to_view(*hit.place))
    painter.scale(*[lens.zoom if near else 1.0] * 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_port(painter, style, hit.port.kind, QPointF(), free=not hit.port.wired, halo=True, flow=flow)
    painter.setPen(style.kind_pens[hit.port.kind])
    painter.setBrush(style.none)
    painter.drawEllipse(QPointF(), _HALO, _HALO)
    painter.restore()


def paint_ports_at_hand(painter: QPainter, style: CanvasStyle, scene: Scene, row: int, camera: Lens) -> None:
    """Show, where nodes are too small for glyphs, those of the one under the pointer as large as at 1:1."""
    face = scene.nodes.face(row)
    for ports, output in ((face.inputs, False), (face.outputs, True)):
        for port in ports:
            place = camera.to_view(*scene.nodes.port(row, port.name, output=output))
            draw_port(painter, style, port.kind, place, free=not port.wired, flow=scene.flow)


def draw_slot(painter: QPainter, style: CanvasStyle, rect: Rect, slot: tuple[float, float], flow: str) -> None:
    """Draw the slot that holds the places of a variadic input."""
    first = port_point(rect, slot[0], flow, output=False)
    last = port_point(rect, slot[1], flow, output=False)
    height = style.measures.slot[1]
    box = QRectF(QPointF(*first), QPointF(*last))
    box = box.adjusted(-4, -10, 4, 10) if flow == "right" else box.adjusted(-10, -height / 2, 10, height / 2)
    painter.setPen(style.border)
    painter.setBrush(style.pressed)
    painter.drawRoundedRect(box, height / 2, height / 2)
