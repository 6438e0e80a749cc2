"""Draws a network, or a part of it, as a picture without a view: PNG, SVG and PDF of any size in any theme."""

import re
from collections.abc import Collection
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from graphs.errors import FileProblem, UserError
from graphs.filing import atomic
from graphs.project import MAIN, Project
from graphs.reporting import report
from widgets.canvas import states
from widgets.canvas.lens import Lens
from widgets.canvas.painting.annotation_picture import annotation_bounds, draw_annotations
from widgets.canvas.painting.badges import BadgePainter
from widgets.canvas.painting.label_painter import LabelPainter
from widgets.canvas.painting.node_painter import NodePainter
from widgets.canvas.painting.open_painter import OpenPainter
from widgets.canvas.painting.reader_marks import paint_marks
from widgets.canvas.painting.svg_text import held_to_width
from widgets.canvas.painting.wire_painter import WirePainter
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.style import CanvasStyle
from widgets.theme import Theme

MARGIN = 32.0
"""Room round the network, px at 100 %."""
_LARGEST = 16_384
_DPI, _PDF_DPI = 96, 1200
# Where an icon's part is filled and has no stroke, Qt's generator writes the stroke of the icon's lines in black.
_STRAY_STROKE = re.compile(rb'stroke="#000000" stroke-opacity="1" (?=stroke-width="1\.4")')


def scene_of(project: Project, network: str = MAIN) -> Scene:
    """Return the scene of a network with its shapes and problems."""
    scene = Scene()
    scene.load(project, network, report(project, network))
    return scene


def image(scene: Scene, theme: Theme, scale: float = 1.0, nodes: Collection[str] | None = None) -> QImage:
    """Return the network, or only `nodes` and the wires between them, at `scale` pixels a px.

    Raises UserError when the picture would be more than 16,384 pixels wide or high.
    """
    room = _room(scene, nodes)
    size = QSize(max(round(room.width() * scale), 1), max(round(room.height() * scale), 1))
    if max(size.width(), size.height()) > _LARGEST:
        raise UserError(
            f"A picture of {size.width()}×{size.height()} pixels is too large: at most {_LARGEST} each way. "
            f"Export at a smaller scale, or as .svg."
        )
    picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(theme.surface.canvas)
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _draw(painter, scene, CanvasStyle(theme), room, scale, nodes)
    painter.end()
    return picture


def svg(scene: Scene, theme: Theme, title: str = "", nodes: Collection[str] | None = None, scale: float = 1.0) -> bytes:
    """Return the network, or only `nodes` and the wires between them, as an SVG document, shown at `scale`."""
    room, text = _room(scene, nodes), QByteArray()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    buffer = _buffer(text)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setViewBox(QRectF(0, 0, room.width(), room.height()))
    generator.setSize(QSize(max(round(room.width() * scale), 1), max(round(room.height() * scale), 1)))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(QRectF(0, 0, room.width(), room.height()), theme.surface.canvas)
    _draw(painter, scene, CanvasStyle(theme), room, 1.0, nodes)
    painter.end()
    return held_to_width(_STRAY_STROKE.sub(b'stroke="none" ', bytes(text.data())))


def pdf(scene: Scene, theme: Theme, title: str = "", nodes: Collection[str] | None = None, scale: float = 1.0) -> bytes:
    """Return the network, or only `nodes`, as a PDF of one page that fits it; a px is `scale` / 96 of an inch."""
    room, text = _room(scene, nodes), QByteArray()
    buffer = _buffer(text)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    size = QSizeF(room.width() * scale / _DPI, room.height() * scale / _DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(size, QPageSize.Unit.Inch), QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Inch
        )
    )
    writer.setResolution(_PDF_DPI)
    painter = QPainter(writer)
    whole = QRectF(painter.viewport())
    painter.scale(whole.width() / room.width(), whole.height() / room.height())
    painter.fillRect(QRectF(0, 0, room.width(), room.height()), theme.surface.canvas)
    _draw(painter, scene, CanvasStyle(theme), room, 1.0, nodes)
    painter.end()
    return bytes(text.data())


def png(scene: Scene, theme: Theme, scale: float = 1.0, nodes: Collection[str] | None = None) -> bytes:
    """Return `image` as PNG. Raises UserError where there is no memory for it, or it would be too large."""
    text = QByteArray()
    buffer = _buffer(text)  # held here: the writer does not own its device
    writer = QImageWriter(buffer, QByteArray(b"png"))
    if not writer.write(image(scene, theme, scale, nodes)):
        raise UserError(f"The picture could not be made ({writer.errorString()}). Export at a smaller scale.")
    return bytes(text.data())


def export(project: Project, path: Path) -> None:
    """Write the main network in the light theme, also where no window was ever opened."""
    application = QGuiApplication.instance() or QGuiApplication(["netwright"])
    write(project, path, Theme.named("light"))
    assert application is not None  # fonts need one until here


def write(project: Project, path: Path, theme: Theme, network: str = MAIN, scale: float = 2.0) -> None:
    """Write a network as a picture, by the suffix of `path`. Raises FileProblem or UserError."""
    scene = scene_of(project, network)
    if path.suffix == ".svg":
        atomic.write_bytes(path, svg(scene, theme, project.title))
    elif path.suffix == ".png":
        atomic.write_bytes(path, png(scene, theme, scale))
    elif path.suffix == ".pdf":
        atomic.write_bytes(path, pdf(scene, theme, project.title))
    else:
        raise FileProblem(path, "a picture is written as .svg, .png or .pdf.")


def _buffer(text: QByteArray) -> QBuffer:
    buffer = QBuffer(text)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _room(scene: Scene, nodes: Collection[str] | None) -> QRectF:
    left, top, right, bottom = scene.nodes.bounds(nodes) or (0.0, 0.0, 200.0, 52.0)
    for row in _wires(scene, nodes):
        box = scene.wires.boxes[row].tolist()
        left, top = min(left, box[0]), min(top, box[1])
        right, bottom = max(right, box[2]), max(bottom, box[3])
    for box in annotation_bounds(scene.network, nodes):
        left, top = min(left, box[0]), min(top, box[1])
        right, bottom = max(right, box[2]), max(bottom, box[3])
    return QRectF(left, top, right - left, bottom - top).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)


def _wires(scene: Scene, nodes: Collection[str] | None) -> list[int]:
    rows = scene.wires.rows.items()
    return [row for wire, row in rows if nodes is None or (wire.source in nodes and wire.target in nodes)]


def _draw(
    painter: QPainter, scene: Scene, style: CanvasStyle, room: QRectF, scale: float, nodes: Collection[str] | None
) -> None:
    camera = Lens()
    camera.zoom, camera.offset = scale, QPointF(-room.left(), -room.top()) * scale
    _Drawing(style, scene.flow).draw(painter, scene, camera, nodes)


class _Drawing:
    """Draws scenes of one flow with all their detail; painters are in px of the picture."""

    def __init__(self, style: CanvasStyle, flow: str) -> None:
        self._style = style
        self._nodes = NodePainter(style, flow)
        self._open = OpenPainter(style, flow)

    def draw(self, painter: QPainter, scene: Scene, camera: Lens, nodes: Collection[str] | None) -> None:
        """Draw a scene, or `nodes` of it and the wires between them."""
        chosen = [row for node, row in scene.nodes.rows.items() if nodes is None or node in nodes]
        opened = {row: scene.insides[scene.nodes.ids[row]] for row in chosen if scene.nodes.ids[row] in scene.insides}
        hidden = frozenset(scene.wires.rows.values()) - frozenset(_wires(scene, nodes))
        standing, rows = Standing(hidden_wires=hidden), np.array(chosen, dtype=np.intp)
        painter.save()
        painter.translate(camera.offset)
        painter.scale(camera.zoom, camera.zoom)
        draw_annotations(painter, self._style.theme, scene.network, nodes)
        for row in opened:
            self._open.body(painter, scene, row, states.NEAR, 0)
        WirePainter(self._style).paint(painter, scene, (-np.inf, -np.inf, np.inf, np.inf), 1.0, standing)
        LabelPainter(self._style).paint(painter, scene, rows, standing)
        for row in chosen:
            if row not in opened:
                self._node(painter, scene, row)
        for row, inside in opened.items():
            self._open.ways(painter, scene, row, inside)
            self._open.ports(painter, scene, row)
        painter.restore()
        for row, inside in opened.items():
            inside.stand(scene.nodes.rect(row), camera)
            _Drawing(self._style, inside.scene.flow).draw(painter, inside.scene, inside.camera, None)
        paint_marks(painter, self._style, scene.nodes, [row for row in chosen if scene.nodes.marked[row]], camera)
        BadgePainter(self._style).paint(painter, scene, rows, camera, states.NEAR, standing)

    def _node(self, painter: QPainter, scene: Scene, row: int) -> None:
        left, top, _, _ = scene.nodes.rect(row)
        painter.save()
        painter.translate(left, top)
        passing, problem = int(scene.nodes.passing[row]), int(scene.nodes.problems[row])
        self._nodes.draw(painter, scene.nodes.face(row), states.NEAR, passing, problem)
        painter.restore()
