"""The main job by hand: LeNet-5 dragged and wired together, trained, saved, opened again and taken away as code."""

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl

from builder.data import sources
from builder.states import State
from graphs import files
from graphs.reporting import Report
from graphs.templates import create
from tests.end_to_end.hands import CONTROL, Hands, drop
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.panels.data import DataPanel

COLUMNS = (
    ("Input", "Conv2d", "AvgPool2d", "Conv2d", "AvgPool2d"),
    ("Flatten", "Linear", "Linear", "Linear", "Classification"),
)
CHAIN = ("input", "conv", "pool1", "conv1", "pool2", "flatten", "fc", "fc1", "fc2", "classification")

COMPARE = """
import importlib.util, sys
import safetensors.torch
import torch
from builder import compiler
from graphs import files
project, code, best = sys.argv[1:]
spec = importlib.util.spec_from_file_location("exported", code)
exported = importlib.util.module_from_spec(spec)
spec.loader.exec_module(exported)
drawn = compiler.compile(files.load(project))
alone = getattr(exported, type(drawn).__name__)()
assert type(alone).__module__ == "exported"
for module in (drawn, alone):
    module.load_state_dict(safetensors.torch.load_file(best))
    module.eval()
images = torch.rand(16, 1, 28, 28, generator=torch.Generator().manual_seed(0))
with torch.inference_mode():
    one, other = drawn(images), alone(images)
assert one.shape == (16, 10)
assert torch.equal(one, other)
print("same")
"""


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """The digits of scikit-learn, some of them, blown up to 28x28 pixels, as an archive of NumPy arrays."""
    found = sources.read({"kind": "digits"}, tmp_path)
    images = numpy.kron(found["image"].values[:400, 0], numpy.ones((3, 3)))
    images = numpy.pad(images, ((0, 0), (2, 2), (2, 2)))
    path = tmp_path / "digits28.npz"
    numpy.savez(path, image=(images * 255).astype(numpy.uint8), label=found["digit"].values[:400].astype(str))
    return path


def _place(view: CanvasView, column: int, row: int) -> QPoint:
    return QPoint(view.width() * (1 + 2 * column) // 4, 40 + row * (view.height() - 100) // 4)


def _drag_layers(hands: Hands) -> None:
    for column, kinds in enumerate(COLUMNS):
        for row, kind in enumerate(kinds):
            hands.drag_layer(kind, _place(hands.canvas, column, row))
            if kind == "Input":
                hands.choose(shape="1, 28, 28")
            elif kind == "Conv2d":
                first = row == 1
                hands.choose(out_channels="6" if first else "16", kernel_size="5", padding="2" if first else "0")
            elif kind == "Linear":
                hands.choose(out_features=("120", "84", "10")[row - 1])


def _type_activations(hands: Hands) -> None:
    """Type the name of a layer while another is selected: the new one goes into the wire behind it."""
    for after in ("conv", "conv1", "fc", "fc1"):
        hands.click(after)
        hands.write("tanh")
        hands.enter()
        assert hands.document.undo_title == "Insert Tanh"
        hands.key(Qt.Key.Key_0, CONTROL)
        hands.wait(lambda: not hands.canvas.camera.gliding)


def _drop_data(hands: Hands, path: Path) -> None:
    """Drop a file of data on the data view."""
    hands.key(Qt.Key.Key_1, CONTROL)
    hands.wait(lambda: hands.window.findChild(DataPanel) is not None)
    panel = hands.window.findChild(DataPanel)
    assert panel is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop(panel, data, panel.rect().center())
    hands.wait(lambda: panel.data.preview is not None)
    preview = panel.data.preview
    assert preview is not None
    assert preview.problems == ()
    hands.key(Qt.Key.Key_2, CONTROL)


def _shapes(report: Report) -> list[str]:
    return [str(spec) for node in report.order for spec in report.specs[node].values()]


def test_lenet_is_built_trained_saved_and_taken_away_by_hand(
    start: Callable[[], Hands], digits: Path, tmp_path: Path
) -> None:
    hands = start()
    hands.window.parts.settings.set("reduce_motion", True)
    hands.key(Qt.Key.Key_N, CONTROL)
    hands.key(Qt.Key.Key_F7)  # room for the drawing
    hands.wait(lambda: hands.canvas.height() > 700)
    _drag_layers(hands)
    hands.rename("avg_pool", "pool1")
    hands.rename("avg_pool1", "pool2")
    for source, target in pairwise(CHAIN):
        hands.wire(source, target)
        assert hands.document.undo_title == "Connect", (source, target)
    _type_activations(hands)
    report = hands.document.report()
    assert report.errors == ()
    assert report.parameters == 61_706
    published = Document(create("lenet5")).report()
    assert _shapes(report) == _shapes(published)
    _drop_data(hands, digits)

    hands.train(epochs=2)
    watch = hands.session.shown
    assert watch is not None
    hands.wait(lambda: not watch.active)
    assert watch.state is State.DONE, watch.failed
    assert watch.epoch == 2
    best = watch.run.best
    assert best is not None

    saved, code = tmp_path / "mine.netwright", tmp_path / "mine.py"
    drawn = files.dumps(hands.document.project)
    hands.answers.paths[:] = [saved]
    hands.key(Qt.Key.Key_S, CONTROL)
    assert not hands.document.dirty
    hands.key(Qt.Key.Key_N, CONTROL)
    assert len(hands.document.project.main) == 0
    hands.open(saved)
    assert hands.document.path == saved
    assert files.dumps(hands.document.project) == drawn
    hands.answers.paths[:] = [code]
    hands.key(Qt.Key.Key_E, CONTROL)

    command = [sys.executable, "-c", COMPARE, str(saved), str(code), str(best)]
    compared = subprocess.run(command, capture_output=True, text=True, check=False)
    assert compared.stdout == "same\n", compared.stderr
