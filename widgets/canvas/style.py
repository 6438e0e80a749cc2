"""Pens, brushes, fonts and icons of the canvas, made once a theme."""

from functools import cached_property

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from graphs.spec import CATEGORIES
from graphs.tensors import KINDS
from widgets.canvas import states
from widgets.icons import tinted_svg
from widgets.theme import Theme


class CanvasStyle:
    """What the painters draw with. Nothing here is made anew while a frame is painted."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.measures = theme.measures.node
        self.wire_measures = theme.measures.wire
        self.canvas = QBrush(theme.surface.canvas)
        self.raised = QBrush(theme.surface.raised)
        self.hover = QBrush(theme.surface.hover)
        self.pressed = QBrush(theme.surface.pressed)
        self.none = QBrush(Qt.BrushStyle.NoBrush)
        self.no_pen = QPen(Qt.PenStyle.NoPen)
        self.text = {rank: QPen(getattr(theme.text, rank)) for rank in ("primary", "secondary", "tertiary", "link")}
        self.border = QPen(theme.border.node, self.measures.border)
        self.border_hover = QPen(theme.border.strong, self.measures.border)
        self.border_dashed = dashed(theme.border.strong, 1.0, (3, 3))
        self.border_dotted = dashed(theme.border.strong, 1.0, (1, 2))
        self.border_dotted_warning = dashed(theme.status.warning, 1.0, (1, 2))
        self.border_pill = dashed(theme.border.strong, 1.2, (4, 3))
        self.problem_pens = {
            states.ERROR: QPen(theme.status.error, self.measures.border),
            states.WARNING: QPen(theme.status.warning, self.measures.border),
        }
        self.selection = QPen(theme.selection.ring, self.measures.selection_ring)
        self.selection_far = cosmetic(theme.selection.ring, 2.0)
        self.gap_far = cosmetic(theme.surface.canvas, 2.0)
        self.focus = dashed(theme.selection.focus, float(self.measures.selection_ring), self.measures.focus_dash)
        self.guide = cosmetic(theme.selection.ring, 1.0)
        self.guide_wide = cosmetic(theme.selection.ring, 1.5)
        self.panel = QBrush(theme.surface.panel)
        self.frame = QBrush(theme.surface.frame)
        self.band = QBrush(with_alpha(theme.selection.ring, 0.14))
        self.outline = dashed(theme.border.strong, 1.0, (3, 3))
        self.dot_edge = QPen(theme.surface.canvas, 2.0)
        self.knife = dashed(theme.status.error, 1.0, (4, 3))
        self.cut = QPen(theme.status.error, self.wire_measures.hover)
        self.target = QPen(theme.selection.ring, self.wire_measures.hover)
        self.fits = QPen(theme.status.success, 2.0)
        self.refuses = QPen(theme.status.error, 2.0)
        self.categories = [QBrush(theme.category[name]) for name in CATEGORIES]
        self.category_colours = {name: theme.category[name] for name in CATEGORIES}
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}

    @cached_property
    def fonts(self) -> dict[str, QFont]:
        """Fonts by what they write: name, kind, mono, chip."""
        theme = self.theme
        mono = theme.font("caption", mono=True)
        chip = theme.font("caption", "bold", mono=True)
        return {
            "name": theme.font("control", "semibold"),
            "kind": theme.font("caption"),
            "mono": mono,
            "chip": chip,
            "title": theme.font("caption", "semibold"),
            "empty": theme.font("control"),
        }

    @cached_property
    def metrics(self) -> dict[str, QFontMetricsF]:
        """Measures of the fonts."""
        return {role: QFontMetricsF(font) for role, font in self.fonts.items()}

    @cached_property
    def wire_colours(self) -> list[QColor]:
        """The colour of each tensor kind, in the order of KINDS."""
        return [self.theme.wire[kind] for kind in KINDS]

    @cached_property
    def wire_brushes(self) -> list[QBrush]:
        """Brushes of the dots on wires, in the order of KINDS."""
        return [QBrush(colour) for colour in self.wire_colours]

    @cached_property
    def kind_brushes(self) -> dict[str, QBrush]:
        return {kind: QBrush(self.theme.wire[kind]) for kind in KINDS}

    @cached_property
    def kind_pens(self) -> dict[str, QPen]:
        """Pens for the outlines of open glyphs."""
        return {kind: QPen(self.theme.wire[kind], 1.5) for kind in KINDS}

    @cached_property
    def halos(self) -> dict[str, QBrush]:
        return {kind: QBrush(with_alpha(self.theme.wire[kind], 0.35)) for kind in KINDS}

    @cached_property
    def wires(self) -> dict[tuple[int, int, str], QPen]:
        """Pens by kind, state and look: `plain`, `hover`, pieces of them (`piece`, `lit`), `band` or `hairline`."""
        measures, found = self.wire_measures, {}
        for number, kind in enumerate(KINDS):
            mark = self.theme.measures.tensor_kinds[kind]
            for state in states.WIRE_STATES:
                colour, dash, width = self.theme.wire[kind], mark.dash, measures.width
                if state in (states.WAITING, states.FAULTY):
                    colour, dash = self.theme.status.error, ()
                if state == states.WAITING:
                    colour, dash, width = with_alpha(colour, measures.knock_on_opacity), (3, 4), 1.5
                found[number, state, "plain"] = dashed(colour, width, dash)
                found[number, state, "piece"] = overlapping(found[number, state, "plain"])
                found[number, state, "hover"] = dashed(colour, measures.hover, dash)
                found[number, state, "lit"] = overlapping(found[number, state, "hover"])
                found[number, state, "band"] = dashed(with_alpha(colour, 0.35), measures.selected_band + 2, ())
                found[number, state, "hairline"] = cosmetic(colour, measures.hairline)
        return found

    @cached_property
    def hand(self) -> dict[str, QPen]:
        """Pens of a wire in hand, by kind."""
        return {kind: dashed(self.theme.wire[kind], self.wire_measures.hand, ()) for kind in KINDS}

    @cached_property
    def label_pens(self) -> dict[bool, QPen]:
        """Pens of shape labels, by whether the wire carries a problem."""
        return {False: QPen(self.theme.text.secondary), True: QPen(self.theme.status.error)}

    def dot(self, side: float) -> QPen:
        """Return the pen of the dots of the background, `side` px across."""
        pen = QPen(self.theme.surface.grid, side)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen

    def icon(self, painter: QPainter, name: str, colour: QColor, rect: QRectF) -> None:
        """Draw an icon, as lines, in a colour."""
        self._renderer(name, colour).render(painter, rect)

    def _renderer(self, name: str, colour: QColor) -> QSvgRenderer:
        key = (name, colour.name())
        if key not in self._renderers:
            self._renderers[key] = QSvgRenderer(QByteArray(tinted_svg(name, colour).encode()))
        return self._renderers[key]


def with_alpha(colour: QColor, alpha: float) -> QColor:
    """Return a copy of the colour that lets what is behind it through."""
    copy = QColor(colour)
    copy.setAlphaF(alpha)
    return copy


def cosmetic(colour: QColor, width: float) -> QPen:
    """Return a pen whose width stays the same at every zoom."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen


def dashed(colour: QColor, width: float, dash: tuple[int, ...]) -> QPen:
    """Return a pen with round joins; `dash` is on and off in px, empty for a solid line."""
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([part / width for part in dash])
    return pen


def overlapping(pen: QPen) -> QPen:
    """Return a pen for the pieces of what `pen` draws as one, each so much longer that no gap shows where it turns."""
    piece = QPen(pen)
    piece.setCapStyle(Qt.PenCapStyle.SquareCap)
    return piece


def octagon(side: float) -> QPolygonF:
    """Return an octagon about the origin."""
    half, corner = side / 2, side * 0.207
    steps = ((-corner, -half), (corner, -half), (half, -corner), (half, corner))
    around = [*steps, *((-x, -y) for x, y in steps)]
    return QPolygonF([QPointF(x, y) for x, y in around])


def rounded_stripe(width: float, height: float, stripe: float, radius: float) -> QPainterPath:
    """Return the stripe at the left edge of a rounded rect at the origin."""
    whole, part = QPainterPath(), QPainterPath()
    whole.addRoundedRect(QRectF(0, 0, width, height), radius, radius)
    part.addRect(QRectF(0, 0, stripe, height))
    return whole.intersected(part)
