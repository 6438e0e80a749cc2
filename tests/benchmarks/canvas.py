"""CPU time of the canvas at work, off screen, 1600x1000: python -m tests.benchmarks.canvas --nodes N --json.

Each figure is the best of several rounds, as other work on the machine only ever adds to it. `machine` is what plain
calls cost here, by which figures of different machines, or of one that is busy, can be compared.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication

from graphs import files, fragments
from graphs.edits import AddNode, Connect, Move, SetParameters
from graphs.project import MAIN, Project
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.selection import Selection
from widgets.theme import ThemeSource

SIZE = (1600, 1000)
COLUMNS = 25
ROUNDS = 3
LAYERS: tuple[tuple[str, dict[str, Any]], ...] = (("Conv2d", {"out_channels": 16, "padding": 1}), ("Add", {}))
Figures = dict[str, float | dict[str, float]]


def drawing(count: int) -> Project:
    """A network of `count` layers in columns and as many wires: convolutions and two-input joins."""
    project = Project(title="Benchmark")
    height = -(-count // COLUMNS)
    for number in range(count):
        column, row = divmod(number, height)
        kind, parameters = LAYERS[number % 3 == 2]
        if not number:
            kind, parameters = "Input", {"shape": [16, 32, 32]}
        place = (column * 320.0 + 24.0 * (number % 2), row * 96.0)
        AddNode(MAIN, f"n{number}", f"layer{number}", kind, parameters, place).apply(project)
    for number in range(1, count):
        port = "inputs.0" if number % 3 == 2 else "input"
        Connect(MAIN, f"n{number - 1}", "output", f"n{number}", port).apply(project)
        if number % 3 == 2:
            Connect(MAIN, f"n{number - 2}", "output", f"n{number}", "inputs.1").apply(project)
    return project


def cpu(act: Callable[[], object]) -> float:
    """CPU milliseconds of one act."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1e3


def best(act: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The least CPU milliseconds of several rounds of an act, `before` not counted."""

    def round_() -> float:
        before()
        return cpu(act)

    return min(round_() for _ in range(ROUNDS))


def shown(view: CanvasView, act: Callable[[], object]) -> Callable[[], None]:
    """Return the act with the frame that follows it."""

    def run() -> None:
        act()
        view.repaint()

    return run


def series(view: CanvasView, steps: int, act: Callable[[int], object]) -> dict[str, float]:
    """Median and 95th percentile of frames, each after one step of `act`, of the best round."""

    def frame(step: int) -> Callable[[], None]:
        def run() -> None:
            act(step)
            view.repaint()

        return run

    found = []
    for _ in range(ROUNDS):
        times = [cpu(frame(step)) for step in range(steps)]
        found.append({"median": statistics.median(times), "p95": statistics.quantiles(times, n=20)[18]})
    return min(found, key=lambda figures: figures["median"])


def frames(view: CanvasView) -> Figures:
    """All series of frames."""
    found: Figures = {}
    view.set_zoom(1.0)
    settle(view)
    found["pan_1_1"] = series(view, 60, lambda step: view.camera.pan(QPointF(-13 if step < 30 else 13, -7)))
    view.fit()
    settle(view)
    fitted = view.zoom
    found["pan_fitted"] = series(view, 60, lambda step: view.camera.pan(QPointF(3 if step % 2 else -3, 1)))
    middle = QPointF(SIZE[0] / 2, SIZE[1] / 2)
    ratio = (1.0 / fitted) ** (1 / 60)
    found["zoom_sweep"] = series(view, 60, lambda step: view.zoom_about(fitted * ratio**step, middle))
    view.fit()
    settle(view)
    found["drag_one_fitted"] = series(view, 40, lambda step: drag(view, ["n5"], step))
    view.set_zoom(0.6)
    hundred = [f"n{number}" for number in range(min(100, len(view.scene.nodes)))]
    view.selection.select(hundred)
    view.reveal("n20")  # or what is dragged would lie off the view
    settle(view)
    found["drag_100"] = series(view, 40, lambda step: drag(view, hundred, step))
    view.document.undo()
    return found


def drag(view: CanvasView, nodes: list[str], step: int) -> None:
    """Draw nodes a little farther on, as while they are in hand."""
    positions = {n: view.scene.network.position(n) for n in nodes if n in view.scene.nodes}
    view.scene.place({node: (x + 3.0 * step, y + step) for node, (x, y) in positions.items()})


def prices() -> dict[str, float]:
    """Microseconds of CPU of an antialiased cubic 2 px wide, of a text in a rect, and of a thousand additions."""
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.black)
    path = QPainterPath(QPointF(10, 10))
    path.cubicTo(60, 10, 100, 80, 200, 120)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(Qt.GlobalColor.blue, 2))
    acts: dict[str, Callable[[], object]] = {
        "cubic": lambda: painter.drawPath(path),
        "text": lambda: painter.drawText(QRectF(100, 100, 180, 90), 0, "conv2a"),
        "thousand_additions": lambda: sum(number + number for number in range(1000)),
    }
    found = {name: best(lambda act=act: [act() for _ in range(500)]) * 2 for name, act in acts.items()}
    painter.end()
    return found


def settle(view: CanvasView) -> None:
    """Paint until every tile is drawn."""
    deadline = time.monotonic() + 2.0
    while time.monotonic() < deadline:
        QApplication.processEvents()
        view.repaint()
        if not view.painting_on:
            return


def measure(count: int) -> Figures:
    """All figures for a network of `count` layers, in CPU ms, µs for the hit test and MB for the memory."""
    process = psutil.Process()
    themes = ThemeSource("dark")
    themes.reduce_motion(True)
    view = CanvasView(Document(), Selection(), themes)
    view.resize(*SIZE)
    view.show()
    settle(view)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawing.netwright"
        files.save(drawing(count), path)
        before = process.memory_info().rss

        def load() -> None:
            view.document.replace(files.load(path), path)
            view.repaint()

        first = cpu(load)
        found = frames(view)
        found["memory_mb"] = (process.memory_info().rss - before) / 2**20
        found |= edits(view, count)
        again = best(load, lambda: view.document.replace(Project()))
        found["load"] = min(again, first)
    return found


def edits(view: CanvasView, count: int) -> Figures:
    """Fit, hit test, one edit, undo and redo of a paste, layout."""
    document, found = view.document, Figures()
    found["fit"] = best(shown(view, view.fit), lambda: view.set_zoom(1.0))
    view.set_zoom(1.0)
    points = [QPointF(x, y) for x in range(0, SIZE[0], 40) for y in range(0, SIZE[1], 40)]
    found["hit_test_us"] = cpu(lambda: [view.hits.node(point) for point in points]) * 1e3 / len(points)
    settle(view)
    middle = f"n{count // 2 - count // 2 % 3 + 1}"
    local, far = SetParameters(MAIN, middle, {"bias": False}), SetParameters(MAIN, middle, {"out_channels": 24})
    document.perform(SetParameters(MAIN, middle, {"bias": True}))
    found["one_edit"] = best(shown(view, lambda: document.perform(local)), document.undo)
    document.perform(local)
    found["one_edit_that_breaks_half"] = best(shown(view, lambda: document.perform(far)), document.undo)
    document.undo()
    document.perform(Move(MAIN, {"n3": (4000.0, 80.0)}))
    some = [f"n{number}" for number in range(min(count, 1000))]
    text = fragments.copy(document.project, MAIN, some)
    paste = fragments.paste(document.project, MAIN, text, (9000.0, 0.0))
    found["paste_1000"] = cpu(shown(view, lambda: document.perform(paste)))
    undone, redone = shown(view, document.undo), shown(view, document.redo)
    turns = [(cpu(undone), cpu(redone)) for _ in range(ROUNDS)]
    found["undo_paste"], found["redo_paste"] = (min(times) for times in zip(*turns, strict=True))
    document.undo()
    view.arrange()
    found["layout"] = best(shown(view, view.arrange), document.undo)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=1000)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--ratio", type=float, help="device pixels a pixel; by default the frames at 2 as well")
    choices = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = str(choices.ratio or 1.0)
    application = QApplication([])
    machine = {"load_average": os.getloadavg()[0], "machine": prices()}
    figures = {"nodes": choices.nodes, **machine, **measure(choices.nodes)}
    application.closeAllWindows()
    if choices.ratio is None:  # a process has one ratio for all of its life
        again = [sys.executable, "-m", "tests.benchmarks.canvas", "--nodes", str(choices.nodes), "--ratio", "2"]
        figures["at_2x"] = json.loads(subprocess.run(again, check=True, capture_output=True).stdout)
    print(json.dumps(figures, indent=None if choices.json else 1))


if __name__ == "__main__":
    main()
