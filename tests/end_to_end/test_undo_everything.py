"""Whatever hands do to a drawing, undoing all of it brings back the very file, and redoing all of it the other one."""

from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from graphs import files
from graphs.project import Project
from graphs.reporting import Report
from graphs.reporting import report as fresh_report
from tests.end_to_end.hands import ALT, CONTROL, LEFT, NONE, SHIFT, Hands, drop, handed_over
from tests.widgets.canvas import hands as pointer
from widgets.fields.form import Form

ACTS = 120
KINDS = ("Conv2d", "Linear", "ReLU", "Flatten", "Add", "Concat", "LSTM", "Dropout", "Classification", "Input")
WORDS = ("conv", "linear", "drop", "softmax", "norm", "digit", "pool")
KEYS = (
    (Qt.Key.Key_Delete, NONE),
    (Qt.Key.Key_D, CONTROL),
    (Qt.Key.Key_C, CONTROL),
    (Qt.Key.Key_X, CONTROL),
    (Qt.Key.Key_V, CONTROL),
    (Qt.Key.Key_B, CONTROL),
    (Qt.Key.Key_B, CONTROL | SHIFT),
    (Qt.Key.Key_F, CONTROL | ALT),
    (Qt.Key.Key_L, CONTROL | SHIFT),
    (Qt.Key.Key_Z, CONTROL),
    (Qt.Key.Key_Z, CONTROL | SHIFT),
    (Qt.Key.Key_Right, CONTROL),
    (Qt.Key.Key_Down, CONTROL | SHIFT),
    (Qt.Key.Key_Period, CONTROL),
    (Qt.Key.Key_F8, NONE),
    (Qt.Key.Key_Tab, NONE),
    (Qt.Key.Key_Up, NONE),
    (Qt.Key.Key_Escape, NONE),
    (Qt.Key.Key_Return, NONE),
)


class Walk:
    """A walk at random over what a window offers."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self.hands, self.random = hands, Random(seed)
        self.acts = (
            self.press, self.press, self.press, self.drag, self.drag, self.connect, self.connect, self.drop,
            self.click, self.click, self.box, self.type, self.rename, self.fill,
        )  # fmt: skip

    def act(self) -> None:
        """Do one thing, wherever it leads."""
        self.random.choice(self.acts)()
        QApplication.processEvents()
        self.hands.activate()  # off screen nobody gives the window the keyboard back when a tip closes

    def press(self) -> None:
        """Press a key of the canvas or of a command."""
        self.hands.key(*self.random.choice(KEYS))

    def drag(self) -> None:
        """Drag from anywhere to anywhere."""
        pointer.drag(self.hands.canvas, self._place(), self._place())

    def box(self) -> None:
        """Select with a box, or add to what is selected."""
        pointer.drag(self.hands.canvas, QPoint(4, 4), self._place(), self.random.choice((NONE, SHIFT)))

    def connect(self) -> None:
        """Draw a wire from one layer's port to another's, whether it fits or not; take what is offered at times."""
        drawn = self.hands.canvas.scene.nodes
        ports = [
            (row, port.name, output)
            for row in drawn.rows.values()
            for face in (drawn.face(row),)
            for output, held in ((False, face.inputs), (True, face.outputs))
            for port in held
        ]
        if ports:
            start, end = self.random.choice(ports), self.random.choice(ports)
            places = [drawn.port(row, name, output=output) for row, name, output in (start, end)]
            view = self.hands.canvas.camera.to_view
            pointer.drag(self.hands.canvas, *(view(*place).toPoint() for place in places))
            self.hands.key(self.random.choice((Qt.Key.Key_Return, Qt.Key.Key_R, Qt.Key.Key_Escape)))

    def drop(self) -> None:
        """Drag a layer out of the library onto the canvas, maybe onto a wire."""
        drop(self.hands.canvas, handed_over(self.hands.library, self.random.choice(KINDS)), self._place())

    def click(self) -> None:
        """Click somewhere, mostly on a layer."""
        names = sorted(self.hands.canvas.scene.network.names())
        place = pointer.body(self.hands.canvas, self.random.choice(names)) if names else self._place()
        QTest.mouseClick(self.hands.canvas, LEFT, self.random.choice((NONE, NONE, SHIFT)), place)

    def type(self) -> None:
        """Type on the canvas and take the first layer found."""
        self.hands.write(self.random.choice(WORDS))
        self.hands.enter()

    def rename(self) -> None:
        """Type over the name of the current layer, at times with a name that cannot be."""
        self.hands.key(Qt.Key.Key_F2)
        self.hands.key(Qt.Key.Key_A, CONTROL)
        self.hands.write(self.random.choice(("stem", "head_2", "class", "2nd")))
        self.hands.enter()

    def fill(self) -> None:
        """Type into a row of the property form, sense or nonsense."""
        forms = self.hands.panel("properties").findChildren(Form)
        rows = [row for form in forms for row in form.rows.values() if row.isVisible()]
        if rows:
            row = self.random.choice(rows)
            if row.findChild(QLineEdit) is not None:
                self.hands.fill(row, self.random.choice(("3", "1", "2", "0.5", "-4", "word")))

    def _place(self) -> QPoint:
        size = self.hands.canvas.size()
        return QPoint(self.random.randrange(30, size.width() - 30), self.random.randrange(30, size.height() - 30))


def _same_report(report: Report, project: Project) -> None:
    """Hold a report that followed every edit against one made anew."""
    anew = fresh_report(project)
    assert dict(report.nodes) == dict(anew.nodes)
    assert Counter(problem.message for problem in report.own_problems) == Counter(p.message for p in anew.problems)
    assert (report.parameters, report.macs) == (anew.parameters, anew.macs)


# A smaller seed is no simpler walk: there is nothing to shrink.
@settings(
    max_examples=2,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_everything_can_be_undone_and_redone(hands: Hands, small: Path, seed: int) -> None:
    hands.window.parts.settings.set("reduce_motion", True)
    hands.answers.answers[:] = ["discard"]
    hands.window.open_file(small)
    document, before = hands.document, small.read_bytes()
    assert files.dumps(document.project) == before
    walk = Walk(hands, seed)
    drawn: list[object] = []
    document.edited.connect(drawn.append)
    for _ in range(ACTS):
        walk.act()
    document.edited.disconnect(drawn.append)
    assert len(drawn) > ACTS // 6  # most keys and drags of a walk hit nothing
    after, report = files.dumps(document.project), document.report()
    fresh = files.loads(after, "after")
    assert fresh == document.project
    _same_report(report, fresh)

    while document.can_undo:
        hands.window.commands.run("edit.undo")
    assert files.dumps(document.project) == before
    assert not document.dirty
    _same_report(document.report(), files.load(small))
    while document.can_redo:
        hands.window.commands.run("edit.redo")
    assert files.dumps(document.project) == after
