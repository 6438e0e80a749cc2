"""Undo never lies: after any 500 steps, undoing all leads back to the very bytes, and redoing all to the others."""

from contextlib import suppress
from random import Random

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from graphs import files
from graphs.edits import Connect, Edit, SetNetworkAttributes, SetParameters
from graphs.errors import UserError
from graphs.project import MAIN
from tests.widgets.canvas.drawings import with_block
from widgets.canvas.view import CanvasView
from widgets.commands.canvas import canvas_commands
from widgets.commands.command import Command
from widgets.commands.problems import problem_commands
from widgets.commands.structure import structure_commands
from widgets.document import Document
from widgets.problem_acts import ProblemActs
from widgets.problem_list import ProblemList
from widgets.selection import Selection
from widgets.theme import ThemeSource

STEPS = 500
KINDS = ("Conv2d", "Linear", "ReLU", "Flatten", "Add", "Concat", "LSTM", "BatchNorm2d", "Classification")
MOST = 24  # layers: more make each step dearer and tell nothing new
GROWING = ("edit.paste", "edit.duplicate", "edit.duplicate_wired")


class Walk:
    """A walk at random over every command of the canvas, and over what its gestures and forms do to a drawing."""

    def __init__(self, view: CanvasView, seed: int) -> None:
        self.view, self.random = view, Random(seed)
        self.used: set[str] = set()
        self.due: list[Command] = []
        document, selection = view.document, view.selection
        acts = ProblemActs(document, selection, ProblemList(document, view), view)
        self.commands: list[Command] = [
            *canvas_commands(lambda: view, document, selection, lambda: True),
            *structure_commands(lambda: view, document, selection, lambda: True),
            *problem_commands(lambda: acts, lambda: True),
        ]
        self.commands = [command for command in self.commands if command.id != "view.lock"]
        self.others = (*[self.select] * 4, self.add, self.add, self.wire, self.wire, self.dot, self.fill, self.turn,
                       document.undo, document.undo, document.redo)  # fmt: skip

    def step(self) -> None:
        """Do one thing, wherever it leads."""
        if not self.due:
            self.due = self.random.sample(self.commands, len(self.commands))
        offered = next((command for command in self.due if command.enabled()), None)
        if offered is None or self.random.random() < 0.5:
            self.random.choice(self.others)()
        else:
            self.due.remove(offered)
            self.command(offered)
        self.answer()

    def command(self, command: Command) -> None:
        """Run a command, or one line of its submenu, if it is offered now; what only looks leaves no entry."""
        if len(self.view.scene.nodes) > MOST and command.id in GROWING:
            return
        self.used.add(command.id)
        steps: list[object] = []
        self.view.document.edited.connect(steps.append)
        with suppress(UserError):  # which the window says on a card
            if command.entries is None:
                command.run()
            elif entries := command.entries():
                self.random.choice(entries).run()
        self.view.document.edited.disconnect(steps.append)
        assert len(steps) < 2, f"{command.id} took {len(steps)} steps"
        looks = command.id.startswith("view.") and "bookmark" not in command.id
        if looks or command.id in ("edit.copy", "edit.select_all", "edit.find"):
            assert not steps, command.id

    def answer(self) -> None:
        """Type into whatever a step has opened, and take or leave it."""
        view = self.view
        fields: list[QWidget] = [view.name_field, view.structure.title_field, view.structure.note_field]
        fields += [view.adding.popup.field, view.finder.popup.field]
        for field in fields:
            if field.isVisible():
                QTest.keyClicks(field, self.random.choice(("pool", "stem", "a1")))
                control = Qt.KeyboardModifier.ControlModifier
                leave = self.random.random() < 0.3
                key = Qt.Key.Key_Escape if leave else Qt.Key.Key_Return
                QTest.keyClick(field, key, Qt.KeyboardModifier.NoModifier if isinstance(field, QLineEdit) else control)
                view.setFocus()
        while view.wiring.active:
            QTest.keyClick(view, self.random.choice((Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Escape)))

    def select(self) -> None:
        """Select some layers, wires and dots, or a frame or note."""
        view, nodes, wires = self.view, sorted(self.view.scene.nodes), list(self.view.scene.wires.rows)
        chosen = self.random.sample(nodes, min(len(nodes), self.random.randrange(5)))
        if self.random.random() < 0.2:
            chosen = view.scene.network.of_kind("Block")[:1]
        dots = [(view.scene.wires.wires[row], 0) for row in view.scene.wires.dots]
        cut = self.random.sample(wires, min(len(wires), 1)) if not chosen else []
        annotations = view.structure.annotations
        held = [("frames", one) for one in annotations.frames] + [("notes", one) for one in annotations.notes]
        if held and self.random.random() < 0.2:
            annotations.select(self.random.sample(held, 1))
        else:
            view.work_on(view.root)
            annotations.select([])
            view.selection.select(chosen, None, cut, dots[:1] if self.random.random() < 0.3 else [])

    def add(self) -> None:
        """Add a layer or a block, which may not be one here, after the current one or at some place."""
        blocks = sorted(self.view.document.project.networks.keys() - {MAIN})
        if len(self.view.scene.nodes) < MOST:
            at = QPointF(self.random.randrange(900), self.random.randrange(600))
            with suppress(UserError):
                self.view.add_layer(self.random.choice((*KINDS, *blocks[:3])), self.random.choice((None, at)))

    def wire(self) -> None:
        """Draw a wire between two ports, whether it fits or not."""
        nodes, faces = sorted(self.view.scene.nodes), self.view.scene.nodes
        if len(nodes) > 1:
            source, target = self.random.sample(nodes, 2)
            out, into = (faces.face(faces.rows[source]).outputs, faces.face(faces.rows[target]).inputs)
            if out and into:
                names = self.random.choice(out).name, self.random.choice(into).name
                self.view.perform(Connect(self.view.scene.name, source, names[0], target, names[1]))

    def dot(self) -> None:
        """Lead a wire through some place."""
        wires = list(self.view.stage.scene.wires.rows)
        if wires:
            self.view.add_dot(self.random.choice(wires), (self.random.randrange(400), self.random.randrange(400)))

    def fill(self) -> None:
        """Give a layer another value, as a form does."""
        network = self.view.scene.network
        for kind, name in (("Conv2d", "out_channels"), ("Linear", "out_features"), ("LSTM", "hidden_size")):
            for node in network.of_kind(kind)[:1]:
                self._perform(SetParameters(self.view.scene.name, node, {name: self.random.randrange(1, 64)}))

    def turn(self) -> None:
        """Let the network run the other way."""
        self._perform(SetNetworkAttributes(self.view.scene.name, {"flow": self.random.choice(("down", "right"))}))

    def _perform(self, edit: Edit) -> None:
        self.view.perform(edit)


def test_five_hundred_steps_over_every_command_are_undone_to_the_byte(qtbot: QtBot) -> None:
    themes = ThemeSource("dark")
    themes.reduce_motion(True)
    view = CanvasView(Document(with_block()), Selection(), themes)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    view.show()
    document = view.document
    before, walk = files.dumps(document.project), Walk(view, 3)
    for _ in range(STEPS):
        walk.step()
    left = {command.id for command in walk.commands} - walk.used
    assert len(left) < 5, left  # a walk may lose its last block
    after, titles = files.dumps(document.project), []
    while document.can_undo:
        titles.append(document.undo_title)
        document.undo()
    assert files.dumps(document.project) == before
    assert len(titles) > STEPS // 10
    assert all(title and title[0].isupper() and len(title) < 60 for title in titles)
    for _ in titles:
        document.redo()
    assert files.dumps(document.project) == after
