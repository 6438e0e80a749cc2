"""Whatever hands and commands do to a drawing, undoing it all brings back the very file, redoing it the other one."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton

from graphs import files
from graphs.blocks import make_block
from graphs.checking.node_report import NodeReport
from graphs.project import MAIN, Project
from graphs.reporting import Report
from graphs.reporting import report as fresh_report
from tests.end_to_end.hands import CONTROL, LEFT, NONE, SHIFT, Hands, drop, handed_over
from tests.widgets.canvas import hands as pointer
from widgets.fields.form import Form

STEPS = 500
MOST = 24  # layers: more make each step dearer and tell nothing new
KINDS = ("Conv2d", "Linear", "ReLU", "Flatten", "Add", "Concat", "LSTM", "Dropout", "Classification", "Input")
ELSEWHERE = ("file.new", "file.template", "file.open", "file.recent", "file.start", "file.quit")
"""Commands that leave the drawing for another: their steps are no steps of this one."""
OUTSIDE = ("run.train", "run.pause", "run.stop", "run.snapshot", "help.logs")
"""Commands that start a process, or that only a run that goes on can take."""
GROWING = ("edit.paste", "edit.duplicate", "edit.duplicate_wired", "network.expand_block")
LOOKING = ("view.", "help.", "file.", "run.", "edit.copy", "edit.select_all", "edit.find", "network.enter",
           "network.leave", "network.next_problem", "network.add", "edit.rename")  # fmt: skip
"""Beginnings of commands that leave no step by themselves; a bookmark that is set is kept in the file."""
WORDS = ("conv", "linear", "drop", "softmax", "norm", "digit", "pool")


class Walk:
    """A walk at random over what a window offers."""

    def __init__(self, hands: Hands, seed: int) -> None:
        self.hands, self.random = hands, Random(seed)
        self.used: set[str] = set()
        self.due: list[str] = []
        self.acts = (
            *[self.click] * 4, *[self.select] * 6, self.drag, self.connect, self.drop, self.box, self.type, self.fill,
            self.key, self.key,
        )  # fmt: skip

    @property
    def commands(self) -> list[str]:
        """Every command that the window declares, but for those that lead out of the drawing."""
        return [c.id for c in self.hands.window.commands.registry if c.id not in (*ELSEWHERE, *OUTSIDE)]

    def step(self) -> None:
        """Do one thing, wherever it leads, and answer what it opened."""
        commands = self.hands.window.commands
        commands.refresh()
        if not self.due:
            self.due = self.random.sample(self.commands, len(self.commands))
        # what can seldom be given is given when it can, what ends that state after all else
        fresh_first = sorted(self.due, key=lambda name: (name in self.used, name == "network.expand_block"))
        offered = next((name for name in fresh_first if commands.registry.get(name).enabled()), None)
        if offered is None or self.random.random() < 0.45:
            self.random.choice(self.acts)()
            if offered is None:
                self.due = []  # what is left waits for a state that may not come again
        else:
            self.due.remove(offered)
            self.command(offered)
        self.answer()

    def command(self, name: str) -> None:
        """Give a command as a hand does: by its shortcut, else by its line in a menu."""
        window, document = self.hands.window, self.hands.document
        if len(self.hands.canvas.scene.nodes) > MOST and name in GROWING:
            return
        self.used.add(name)
        command, steps = window.commands.registry.get(name), list[object]()
        document.edited.connect(steps.append)
        if command.entries is not None:
            menu = QMenu(window)
            window.commands.fill(menu, [command])
            (line,) = menu.actions()
            submenu = line.menu()
            assert isinstance(submenu, QMenu)
            submenu.aboutToShow.emit()
            self.random.choice(submenu.actions()).trigger()
            menu.deleteLater()
        elif command.shortcuts and self.random.random() < 0.7:
            QTest.keySequence(self.hands.canvas, QKeySequence(command.shortcuts[0]))
        else:
            window.commands[name].trigger()
        document.edited.disconnect(steps.append)
        assert len(steps) < 2, f"{name} took {len(steps)} steps"
        if name.startswith(LOOKING) and "bookmark" not in name:
            assert not steps, name

    def answer(self) -> None:
        """Write into what a step has opened, take it or leave it, and come back to the drawing."""
        window, canvas = self.hands.window, self.hands.canvas
        for dialog in [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]:
            for button in dialog.findChildren(QPushButton):
                if button.text() == "Replace":
                    button.click()
            dialog.close()
        structure = canvas.structure
        fields = (canvas.name_field, structure.title_field, structure.note_field, canvas.adding.popup.field,
                  canvas.finder.popup.field)  # fmt: skip
        for field in fields:
            if field.isVisible():
                QTest.keyClicks(field, self.random.choice(("pool", "stem", "a1", "class", "2nd")))
                leave = self.random.random() < 0.3
                control = NONE if isinstance(field, QLineEdit) else CONTROL
                QTest.keyClick(field, *((Qt.Key.Key_Escape, NONE) if leave else (Qt.Key.Key_Return, control)))
        while canvas.wiring.active:
            QTest.keyClick(canvas, self.random.choice((Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Escape)))
        if canvas.locked:
            window.commands.run("view.lock")
        if not canvas.isVisible():
            window.commands.run("view.network")
        canvas.setFocus()

    def select(self) -> None:
        """Select some layers, a block, a wire, or a frame or note."""
        canvas = self.hands.canvas
        nodes, annotations = sorted(canvas.scene.nodes), canvas.structure.annotations
        held = [*annotations.board.shown()]
        if held and self.random.random() < 0.2:
            annotations.select(self.random.sample(held, 1))
            return
        canvas.work_on(canvas.root)
        chosen = canvas.scene.network.of_kind("Block")[:1] if self.random.random() < 0.4 else []
        wires = [*canvas.scene.wires.rows]
        if not chosen and wires and self.random.random() < 0.5:
            wire = self.random.choice(wires)
            if self.random.random() < 0.3:
                canvas.selection.select(wires=[wire])
                return
            chosen = [wire.source, wire.target]
        canvas.selection.select(chosen or self.random.sample(nodes, min(len(nodes), self.random.randrange(5))))

    def key(self) -> None:
        """Press a key that is no command's."""
        keys = (Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Down)
        moves = ((Qt.Key.Key_Right, CONTROL), (Qt.Key.Key_Down, CONTROL | SHIFT))
        QTest.keyClick(self.hands.canvas, *self.random.choice((*moves, *((key, NONE) for key in keys))))
        if self.hands.window.dock_shown("properties"):  # where Enter writes; a page made anew at each step is dear
            self.hands.window.commands.run("view.properties")

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

    def fill(self) -> None:
        """Type into a row of the property form, sense or nonsense, while it is on show."""
        page = self.hands.window.regions.page("properties")
        forms = page.panel.findChildren(Form) if page is not None and page.panel is not None else []
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
    assert _plain(report) == _plain(anew)
    assert Counter(problem.message for problem in report.own_problems) == Counter(p.message for p in anew.problems)
    assert (report.parameters, report.macs) == (anew.parameters, anew.macs)


def _plain(report: Report) -> dict[str, tuple[NodeReport, object]]:
    """What a report says of each node, and of those in blocks, to compare."""
    return {
        node: (replace(told, inner=None), _plain(told.inner) if told.inner is not None else None)
        for node, told in report.nodes.items()
    }


def walked(hands: Hands, small: Path, seed: int) -> Walk:
    """Walk from the small network, go all the way back and forth, and hold every state against the file's bytes."""
    hands.window.parts.settings.set("reduce_motion", True)
    hands.answers.answers[:] = ["discard"]
    drawn = files.load(small)
    layers = [node for node in drawn.main if drawn.main.kind(node) in ("Conv2d", "BatchNorm2d", "ReLU")]
    make_block(drawn, MAIN, layers[:3]).apply(drawn)
    files.save(drawn, small)
    hands.window.open_file(small)
    hands.window.resize(1000, 680)
    hands.window.commands.run("view.properties")  # a page made anew at each step is dear; steps of the walk show it
    document, before = hands.document, small.read_bytes()
    assert files.dumps(document.project) == before
    walk = Walk(hands, seed)
    for number in range(3 * STEPS):
        if number >= STEPS and walk.used.issuperset(walk.commands):
            break
        walk.step()
    after, report = files.dumps(document.project), document.report()
    fresh = files.loads(after, "after")
    assert fresh == document.project
    _same_report(report, fresh)
    titles = []
    while document.can_undo:
        titles.append(document.undo_title)
        hands.window.commands.run("edit.undo")
    assert files.dumps(document.project) == before
    assert len(titles) > STEPS // 10  # most keys and drags of a walk hit nothing
    assert all(title and title[0].isupper() and len(title) < 60 for title in titles)
    _same_report(document.report(), files.loads(before, "before"))
    for _ in titles:
        hands.window.commands.run("edit.redo")
    assert files.dumps(document.project) == after
    return walk


def test_five_hundred_steps_over_every_command_of_the_window_are_undone_and_redone(hands: Hands, small: Path) -> None:
    walk = walked(hands, small, 1)
    assert set(walk.commands) - walk.used == set()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 14))
def test_every_other_walk_is_undone_and_redone(hands: Hands, small: Path, seed: int) -> None:
    assert len(set(walked(hands, small, seed).commands)) > 70
