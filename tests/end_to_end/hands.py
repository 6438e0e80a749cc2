"""Hands on the whole window: what a person does with mouse and keyboard, in the widgets that are on show."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.answers import Answers
from tests.widgets.canvas import hands
from widgets.canvas.view import CanvasView
from widgets.document import Document
from widgets.fields.row import Row
from widgets.panels.library import LibraryPanel
from widgets.panels.node_page import NodePage
from widgets.panels.properties import PropertiesPanel
from widgets.panels.training import TrainingPanel
from widgets.session import Session
from widgets.window import MainWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Panel = TypeVar("Panel", bound=QWidget)


@dataclass(frozen=True)
class Hands:
    """A person at the window. Everything goes through events, but for what the system's own dialogs would ask."""

    qtbot: QtBot
    window: MainWindow
    answers: type[Answers]

    @property
    def document(self) -> Document:
        """What is open."""
        return self.window.parts.document

    @property
    def session(self) -> Session:
        """The runs that the window knows."""
        return self.window.parts.session

    @property
    def canvas(self) -> CanvasView:
        """The drawing."""
        return self.window.canvas

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the window go on until a condition holds."""
        self.qtbot.waitUntil(lambda: bool(condition()))

    def activate(self) -> None:
        """Bring the window to the front, with the keyboard on the drawing."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.canvas.setFocus()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is; actions are brought up to date first, as any pause would do."""
        QApplication.processEvents()
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def enter(self) -> None:
        """Press Enter."""
        self.key(Qt.Key.Key_Return)

    def write(self, text: str) -> None:
        """Type a text where the keyboard is, each letter where it is by then."""
        for letter in text:
            QTest.keyClick(QApplication.focusWidget() or self.window, letter)

    def press(self, words: str) -> None:
        """Click the first button that says `words`, once it is on show and can be pressed."""

        def ready() -> list[QPushButton]:
            buttons = [button for button in self.window.findChildren(QPushButton) if button.text() == words]
            return [button for button in buttons if button.isVisible() and button.isEnabled()]

        self.wait(ready)
        QTest.mouseClick(ready()[0], LEFT)

    def panel(self, name: str) -> QWidget:
        """Bring the panel of that name on show and return it."""
        self.window.show_panel(name)
        page = self.window.regions.page(name)
        assert page is not None
        self.wait(lambda: page.panel is not None and page.panel.isVisible())
        assert page.panel is not None
        return page.panel

    def _of_kind(self, kind: type[Panel], name: str) -> Panel:
        found = self.panel(name)
        assert isinstance(found, kind)
        return found

    @property
    def library(self) -> LibraryPanel:
        """The library, on show."""
        return self._of_kind(LibraryPanel, "library")

    @property
    def training(self) -> TrainingPanel:
        """The training panel, on show."""
        return self._of_kind(TrainingPanel, "training")

    def row(self, parameter: str) -> Row:
        """Return the row of the property form for a parameter of the selected layer."""
        page = self._of_kind(PropertiesPanel, "properties").page
        assert isinstance(page, NodePage)
        assert page.form is not None
        row = page.form.rows[parameter]
        assert isinstance(row, Row)
        return row

    def fill(self, row: QWidget, text: str) -> None:
        """Type a text over what the first line of a row of a form holds, and press Enter."""
        line = row.findChild(QLineEdit)
        assert line is not None
        QTest.mouseClick(line, LEFT)
        QTest.keyClick(line, Qt.Key.Key_A, CONTROL)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def choose(self, **values: str) -> None:
        """Give the selected layer parameters through its form."""
        for name, text in values.items():
            self.fill(self.row(name), text)

    def drag_layer(self, kind: str, at: QPoint) -> str:
        """Drag a layer out of the library onto a point of the canvas; return the id of the node.

        The system's drag loop needs a screen. What the library hands over and what the canvas is sent are as in one.
        """
        drop(self.canvas, handed_over(self.library, kind), at)
        (node,) = self.window.parts.selection.nodes
        assert self.document.project.main.kind(node) == kind
        return node

    def click(self, name: str) -> None:
        """Click the layer of that name."""
        QTest.mouseClick(self.canvas, LEFT, NONE, hands.body(self.canvas, name))
        assert self.window.parts.selection.current == self.document.project.main.find(name)

    def wire(self, source: str, target: str) -> None:
        """Draw a wire with the mouse."""
        hands.drag(self.canvas, hands.port(self.canvas, source), hands.port(self.canvas, target, "input"))

    def rename(self, name: str, to: str) -> None:
        """Click a layer, press F2 and type over its name."""
        self.click(name)
        self.key(Qt.Key.Key_F2)
        self.key(Qt.Key.Key_A, CONTROL)
        self.write(to)
        self.enter()
        assert self.document.project.main.find(to) is not None

    def open(self, path: Path) -> None:
        """Open a file with Ctrl+O."""
        self.answers.paths[:] = [path]
        self.key(Qt.Key.Key_O, CONTROL)

    def use_template(self, name: str) -> None:
        """Open a template from the start page by Enter."""
        card = next(card for card in self.window.start_page.cards if card.spec.name == name)
        QTest.keyClick(card, Qt.Key.Key_Return)
        assert self.window.in_project

    def train(self, epochs: int) -> None:
        """Say in the training panel for how many epochs, and press Train."""
        form = self.training.choices.form
        assert form is not None
        self.fill(form.rows["epochs"], str(epochs))
        self.press("Train")
        self.wait(lambda: self.session.active is not None)  # once the data was looked at

    def end_run(self) -> None:
        """End the run under way, if there is one, without asking anybody."""
        for watch in self.session.watches.values():
            watch.worker.terminate()
            watch.worker.wait(30)
            watch.look()


def handed_over(library: LibraryPanel, kind: str) -> QMimeData:
    """Return what the library gives to a drag of the row that says `kind`."""
    model = library.tree.model()
    for place in range(model.rowCount()):
        library.tree.expand(model.index(place, 0))
    exactly = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
    found = model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, kind, -1, exactly)
    (row,) = [index for index in found if index.flags() & Qt.ItemFlag.ItemIsDragEnabled]  # no heading
    return model.mimeData([row])


def drop(view: QWidget, data: QMimeData, at: QPoint) -> None:
    """Carry data over a widget in steps and let it go."""
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(view, QDragEnterEvent(QPoint(2, 2), copy, data, LEFT, NONE))
    for step in range(1, 5):
        QApplication.sendEvent(view, QDragMoveEvent(at * step / 4, copy, data, LEFT, NONE))
    view.repaint()
    QApplication.sendEvent(view, QDropEvent(QPointF(at), copy, data, LEFT, NONE))
