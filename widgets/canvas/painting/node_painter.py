"""Draws one node as lines and text at 100 %, for tiles and for pictures that keep lines as lines."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from widgets.canvas import states
from widgets.canvas.painting.port_painter import draw_port, draw_slot
from widgets.canvas.style import CanvasStyle, rounded_stripe
from widgets.canvas.tables.node_face import NodeFace, Piece, PortFace
from widgets.canvas.tables.node_geometry import port_point

_BASELINE = 18.5
_ROW_BASELINE = 41.5
_GAP = 8.0
NAMES_ROOM = (90.0, 20.0)
_EDGE, _GLYPHS, _HALOS, _DETOUR = 2.0, 6.0, 10.0, 13.0
"""How far what is drawn of a node sticks out of it, px: the names of its ports, edges and slots, glyphs of ports, the
halos of these, the wire that goes round it."""
_MARK_ICONS = {
    states.DISABLED: "disabled",
    states.BYPASSED: "bypass",
    states.FROZEN: "snowflake",
    states.SHARED: "link",
    states.PINNED: "pin",
}
stripe_path = cache(rounded_stripe)


class NodePainter:
    """Draws faces with the painter's origin at their top left corner."""

    def __init__(self, style: CanvasStyle, flow: str) -> None:
        self._style = style
        self._flow = flow

    def draw(self, painter: QPainter, face: NodeFace, level: int, passing: int, problem: int) -> None:
        """Draw a node whose top left corner is the origin."""
        self._body(painter, face, passing, problem)
        right = face.width - self._style.measures.pad_right
        if level >= states.NEAR:
            right = self._header_right(painter, face, right)
            self._row(painter, face, level)
        # from afar names of blocks are written over all pictures, at a size that can be read
        self._name(painter, face, right, written=level >= states.NEAR or not face.marks & states.BLOCK)
        if level >= states.NEAR and not passing & states.BARE:
            self.ports(painter, face, passing, names=level >= states.CLOSE)

    def room(self, face: NodeFace, level: int, passing: int) -> tuple[float, float]:
        """Return how far what is drawn sticks out of a node, to the left and right and above and below."""
        across, along = _EDGE, _EDGE
        if level >= states.CLOSE and max(len(face.inputs), len(face.outputs)) > 1:
            across, along = NAMES_ROOM
        elif level >= states.NEAR:
            glyphs = _HALOS if passing & states.HOVER else _GLYPHS
            across, along = (glyphs, _EDGE) if self._flow == "right" else (_EDGE, glyphs)
        return (max(across, _DETOUR), max(along, _DETOUR)) if face.marks & states.BYPASSED else (across, along)

    def draw_open(self, painter: QPainter, face: NodeFace, level: int, passing: int, problem: int) -> None:
        """Draw an open block without what it holds, its top left corner at the origin."""
        style, rect = self._style, QRectF(0, 0, face.width, face.height)
        radius = float(style.theme.measures.radius.node)
        painter.setPen(style.no_pen)
        painter.setBrush(style.frame)
        painter.drawRoundedRect(rect, radius, radius)
        head = QRectF(0, 0, face.width, style.measures.header)
        if level != states.FAR:
            painter.setBrush(style.hover if passing & states.HOVER else style.raised)
            painter.drawRoundedRect(head, radius, radius)
            self._stripe(painter, face, head, radius, style.measures.stripe)
        painter.setBrush(style.none)
        painter.setPen(self._border(face, passing, problem))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if face.marks & states.BYPASSED:
            self._detour(painter, face)
        if level >= states.NEAR:
            self._name(painter, face, self._header_right(painter, face, face.width - style.measures.pad_right))

    def ports(self, painter: QPainter, face: NodeFace, passing: int, *, names: bool = False) -> None:
        """Draw the glyphs of the ports, and the slot of a variadic input."""
        rect = (0.0, 0.0, face.width, face.height)
        hovered = bool(passing & states.HOVER)
        if face.slot and face.inputs and (len(face.inputs) > 1 or hovered):
            draw_slot(painter, self._style, rect, face.slot, self._flow)
        for ports, output, tight in (
            (face.inputs, False, states.TIGHT_IN),
            (face.outputs, True, states.TIGHT_OUT),
        ):
            if passing & tight and not hovered:
                continue
            for port in ports:
                x, y = port_point(rect, port.place, self._flow, output=output)
                free = not port.wired or bool(face.marks & states.DISABLED)
                draw_port(painter, self._style, port.kind, QPointF(x, y), free=free, halo=hovered, flow=self._flow)
            if names and len(ports) > 1:
                self._port_names(painter, ports, rect, output=output)

    def _body(self, painter: QPainter, face: NodeFace, passing: int, problem: int) -> None:
        style, measures = self._style, self._style.measures
        radius = float(style.theme.measures.radius.node)
        rect = QRectF(0, 0, face.width, face.height)
        if face.marks & states.BLOCK:
            self._second_outline(painter, rect, radius)
        if face.marks & states.PILL:
            radius = face.height / 2
        painter.setPen(style.no_pen)
        painter.setBrush(style.hover if passing & states.HOVER else style.raised)
        if face.marks & (states.DISABLED | states.PILL):
            painter.setBrush(style.hover if passing & states.HOVER else style.canvas)
        painter.drawRoundedRect(rect, radius, radius)
        if not face.marks & states.PILL:
            self._stripe(painter, face, rect, radius, measures.stripe)
        painter.setBrush(style.none)
        painter.setPen(self._border(face, passing, problem))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)
        if face.marks & states.BYPASSED:
            self._detour(painter, face)

    def _border(self, face: NodeFace, passing: int, problem: int) -> QPen:
        style = self._style
        if face.marks & states.PLACEHOLDER:
            return style.border_dotted_warning if problem else style.border_dotted
        if problem in style.problem_pens:
            return style.problem_pens[problem]
        if face.marks & states.PILL:
            return style.border_pill
        if face.marks & states.DISABLED:
            return style.border_dashed
        return style.border_hover if passing & states.HOVER else style.border

    def _second_outline(self, painter: QPainter, rect: QRectF, radius: float) -> None:
        edge = self._style.measures.block_edge
        painter.setBrush(self._style.raised)
        painter.setPen(self._style.border)
        painter.drawRoundedRect(rect.adjusted(5.5, 10, -5.5, edge + 0.5), radius, radius)

    def _stripe(self, painter: QPainter, face: NodeFace, rect: QRectF, radius: float, width: float) -> None:
        style = self._style
        colour = style.category_colours[face.category]
        path = stripe_path(rect.width(), rect.height(), float(width), radius)
        if not face.marks & states.FROZEN:
            painter.setOpacity(0.45 if face.marks & states.DISABLED else 1.0)
            painter.fillPath(path, colour)
            painter.setOpacity(1.0)
            return
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(colour, 2.0))
        for step in range(-1, int(rect.height() / 5) + 2):
            painter.drawLine(QPointF(-1, step * 5 + 5), QPointF(width + 1, step * 5 - 1))
        painter.restore()

    def _detour(self, painter: QPainter, face: NodeFace) -> None:
        """Draw the dashed wire that goes round a bypassed node on its right."""
        kind = next((port.kind for port in face.inputs), "unknown")
        pen = QPen(self._style.theme.wire[kind], 1.8)
        pen.setDashPattern([2.6, 1.8])
        painter.setPen(pen)
        rect = QRectF(0, 0, face.width, face.height)
        if self._flow == "right":
            path = QPainterPath(QPointF(0, face.height / 2))
            path.addRoundedRect(QRectF(-11, face.height / 2, face.width + 22, face.height / 2 + 11), 6, 6)
            clip = QRectF(-20, face.height / 2, face.width + 40, face.height)
        else:
            path = QPainterPath()
            path.addRoundedRect(QRectF(rect.center().x(), -11, face.width / 2 + 11, face.height + 22), 6, 6)
            clip = QRectF(rect.center().x() + 4, -20, face.width, face.height + 40)
        painter.save()
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        painter.drawPath(path)
        painter.restore()

    def _header_right(self, painter: QPainter, face: NodeFace, right: float) -> float:
        """Draw marks, chip and kind from the right edge inward; return where the name must end."""
        style = self._style
        for mark, icon in _MARK_ICONS.items():
            if face.marks & mark:
                colour = style.theme.text.tertiary if mark & (states.DISABLED | states.BYPASSED) else None
                rect = QRectF(right - 14, 7, 14, 14)
                style.icon(painter, icon, colour or style.theme.text.secondary, rect)
                right -= 14 + style.theme.measures.space.tiny
        if face.chip:
            right = self._chip(painter, face.chip, right)
        painter.setFont(style.fonts["kind"])
        painter.setPen(style.text["tertiary" if self._dull(face) else "secondary"])
        metrics = style.metrics["kind"]
        needed = metrics.horizontalAdvance(face.kind)
        room = right - style.measures.name_x
        name = style.metrics["name"].horizontalAdvance(face.name)
        if needed + _GAP + min(name, room * 0.55) > room:  # the kind goes before the name does
            kind = metrics.elidedText(face.kind, Qt.TextElideMode.ElideMiddle, max(room - name - _GAP, 0.0))
            if len(kind) < min(4, len(face.kind)):
                return right
        else:
            kind = face.kind
        right -= metrics.horizontalAdvance(kind)
        painter.drawText(QPointF(right, _BASELINE - 0.5), kind)
        return right - _GAP

    def _chip(self, painter: QPainter, text: str, right: float) -> float:
        style = self._style
        width = style.metrics["chip"].horizontalAdvance(text) + 10
        rect = QRectF(right - width, 6, width, style.measures.chip)
        painter.setPen(style.no_pen)
        painter.setBrush(style.pressed)
        radius = style.theme.measures.radius.chip
        painter.drawRoundedRect(rect, radius, radius)
        painter.setFont(style.fonts["chip"])
        painter.setPen(style.text["primary"])
        painter.drawText(QPointF(rect.left() + 5, _BASELINE - 0.5), text)
        return rect.left() - _GAP

    def _name(self, painter: QPainter, face: NodeFace, right: float, *, written: bool = True) -> None:
        style, measures = self._style, self._style.measures
        colour: QColor = style.category_colours[face.category]
        icon = style.theme.measures.categories[face.category].icon
        left = float(measures.name_x)
        if face.marks & states.PILL:
            icon, colour = "import" if face.outputs else "export", style.theme.text.secondary
        dull = self._dull(face)
        icon_colour = style.theme.text.tertiary if face.marks & states.DISABLED else colour
        style.icon(painter, icon, icon_colour, QRectF(measures.icon_x, 6, 16, 16))
        if not written:
            return
        painter.setFont(style.fonts["name"])
        painter.setPen(style.text["tertiary" if dull else "primary"])
        text = style.metrics["name"].elidedText(face.name, Qt.TextElideMode.ElideMiddle, max(right - left, 12.0))
        painter.drawText(QPointF(left, _BASELINE), text)

    def _row(self, painter: QPainter, face: NodeFace, level: int) -> None:
        if not face.row:
            return
        style, measures = self._style, self._style.measures
        metrics = style.metrics["mono"]
        painter.setFont(style.fonts["mono"])
        right = face.width - measures.pad_right
        if face.count:
            painter.setPen(style.text["tertiary"])
            right -= metrics.horizontalAdvance(face.count)
            painter.drawText(QPointF(right, _ROW_BASELINE), face.count)
            right -= _GAP
        x, dull = float(measures.icon_x), self._dull(face)
        for text, expression in spread(face.row if level >= states.CLOSE else face.row[:3]):
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(right - x, 0.0))
            painter.setPen(style.text["tertiary" if dull else "link" if expression else "secondary"])
            painter.drawText(QPointF(x, _ROW_BASELINE), text)
            x += metrics.horizontalAdvance(text)
            if text.endswith("…") or x >= right:
                break

    def _port_names(
        self, painter: QPainter, ports: tuple[PortFace, ...], rect: tuple[float, float, float, float], *, output: bool
    ) -> None:
        style = self._style
        painter.setFont(style.fonts["kind"])
        painter.setPen(style.text["tertiary"])
        metrics = style.metrics["kind"]
        for number, port in enumerate(ports, 1):
            x, y = port_point(rect, port.place, self._flow, output=output)
            room = 33.0 if number < len(ports) and self._flow == "down" else 80.0
            text = metrics.elidedText(port.name, Qt.TextElideMode.ElideRight, room)
            if self._flow == "down":
                painter.drawText(QPointF(x + 7, y + (16 if output else -8)), text)
            else:  # beside the node, above the wire that comes, below the one that goes and has its shape above it
                left = x + 8 if output else x - 8 - metrics.horizontalAdvance(text)
                painter.drawText(QPointF(left, y + (13 if output else -5)), text)

    @staticmethod
    def _dull(face: NodeFace) -> bool:
        return bool(face.marks & (states.DISABLED | states.BYPASSED))


def spread(row: tuple[Piece, ...]) -> list[tuple[str, bool]]:
    """Return the pieces of a row with dots between them."""
    parts: list[tuple[str, bool]] = []
    for piece in row:
        if parts:
            parts.append((" · ", False))
        parts.append((piece.text, piece.expression))
    return parts
