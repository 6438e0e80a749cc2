"""The command palette: every command by typing a part of its name, with its shortcut beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from graphs.parameters import Boolean, Choice, Value
from widgets.commands.actions import CommandActions
from widgets.icons import icon
from widgets.settings import SETTINGS, Settings
from widgets.theme import ThemeSource
from widgets.theme_style import mark

WIDTH, HEIGHT = 560, 380


@dataclass(frozen=True, slots=True)
class PaletteLine:
    """One line: words, where it belongs, its keys, whether it can be done now, and what it does."""

    title: str
    place: str
    keys: str
    enabled: bool
    run: Callable[[], object]


class Palette(QFrame):
    """Opens over the window; Enter runs the line chosen, Escape or a click beside it closes."""

    def __init__(self, over: QWidget, actions: CommandActions, settings: Settings, themes: ThemeSource) -> None:
        super().__init__(over)
        self._over = over
        self._actions = actions
        self._settings = settings
        self._themes = themes
        self._lines: list[PaletteLine] = []
        self._before: QWidget | None = None
        mark(self, popup="plain")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search commands and settings")
        self.field.addAction(icon("search", themes.theme), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._run_current)
        self.field.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setColumnCount(3)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.list.header()
        header.setStretchLastSection(False)
        for column, how in enumerate((header.ResizeMode.Stretch, *[header.ResizeMode.ResizeToContents] * 2)):
            header.setSectionResizeMode(column, how)
        self.list.itemClicked.connect(lambda _item: self._run_current())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.resize(WIDTH, HEIGHT)
        self.hide()

    def open(self) -> None:
        """Show all commands, the keyboard in the field."""
        self._lines = [*palette_lines(self._actions), *setting_lines(self._settings, self._actions)]
        self.field.clear()
        self._show("")
        self.move((self._over.width() - WIDTH) // 2, 60)
        self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_again()
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                index = self.list.currentIndex()
                rows = self.list.topLevelItemCount()
                self.list.setCurrentIndex(index.siblingAtRow((index.row() + step) % max(rows, 1)))
                return True
        return False

    def close_again(self) -> None:
        """Close, and give the keyboard back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show(self, text: str) -> None:
        self.list.clear()
        theme = self._themes.theme
        for number in ranked(text, [f"{line.place} {line.title}" for line in self._lines]):
            line = self._lines[number]
            item = QTreeWidgetItem([line.title, line.place, line.keys])
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            item.setForeground(0, theme.text.primary if line.enabled else theme.text.disabled)
            for column in (1, 2):
                item.setForeground(column, theme.text.tertiary)
            item.setFont(2, theme.font("caption", mono=True))
            self.list.addTopLevelItem(item)
        self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _run_current(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        line = self._lines[item.data(0, Qt.ItemDataRole.UserRole)]
        if line.enabled:
            self.close_again()
            line.run()


def palette_lines(actions: CommandActions) -> list[PaletteLine]:
    """Return a line for each command, and for each line of a submenu; what can be done now first."""
    lines = []
    for command in actions.registry:
        if command.entries is not None:
            for entry in command.entries():
                run = _attempting(actions, entry.run)
                lines.append(PaletteLine(f"{command.text}: {entry.title}", command.menu, "", True, run))
            continue
        keys = QKeySequence(command.shortcuts[0]).toString(_NATIVE) if command.shortcuts else ""
        run = _running(actions, command.id)
        lines.append(PaletteLine(command.text, command.menu, keys, command.enabled(), run))
    return sorted(lines, key=lambda line: not line.enabled)


def setting_lines(settings: Settings, actions: CommandActions) -> list[PaletteLine]:
    """Return a line for each value that a setting of a few values could have instead of its own."""
    lines = []
    for parameter in SETTINGS.choices:
        options: Sequence[Value] = (
            parameter.options
            if isinstance(parameter, Choice)
            else (True, False)
            if isinstance(parameter, Boolean)
            else ()
        )
        for value in options:
            if value != settings[parameter.name]:
                word = value if isinstance(value, str) else "on" if value else "off"
                title = f"{parameter.name} to {word}".replace("_", " ").capitalize()
                run = _attempting(actions, partial(settings.set, parameter.name, value))
                lines.append(PaletteLine(title, "Settings", "", True, run))
    return lines


def ranked(text: str, candidates: list[str]) -> list[int]:
    """Return the places of the candidates that hold every word of `text`, those that start a word with it first."""
    words = text.lower().split()
    found = []
    for place, candidate in enumerate(candidates):
        lower = candidate.lower()
        if all(word in lower for word in words):
            starts = sum(any(part.startswith(word) for part in lower.split()) for word in words)
            found.append((-starts, place))
    return [place for _, place in sorted(found)]


def _attempting(actions: CommandActions, act: Callable[[], object]) -> Callable[[], object]:
    return lambda: actions.attempt(act)


def _running(actions: CommandActions, name: str) -> Callable[[], object]:
    return lambda: actions.run(name)


_NATIVE = QKeySequence.SequenceFormat.NativeText
