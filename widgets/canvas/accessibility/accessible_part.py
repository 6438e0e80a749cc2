"""What all parts of a drawing have in common for screen readers: layers, frames and notes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget

if TYPE_CHECKING:
    from widgets.canvas.accessibility.reader import Reader


class PartAccess(QAccessibleWidget):
    """A list item on the canvas, with actions that have descriptions and keys.

    It stands on the widget of the canvas, for Qt gives actions to interfaces of widgets alone, but is no object of its
    own: `object` is None, so that it is never taken for the canvas.
    """

    descriptions: ClassVar[Mapping[str, str]] = {}
    keys: ClassVar[Mapping[str, list[str]]] = {}

    def __init__(self, reader: "Reader") -> None:
        super().__init__(reader.view, QAccessible.Role.ListItem, "")
        self._reader = reader

    def object(self) -> QObject | None:  # type: ignore[override]  # None for what is no object, as Qt has it
        return None

    def _on_screen(self, rect: QRectF) -> QRect:
        """Return where a rect of the view is on the screen, px."""
        view, whole = self._reader.view, rect.toAlignedRect()
        return QRect(view.mapToGlobal(whole.topLeft()), whole.size())

    def _standing(self, *, selected: bool, current: bool) -> QAccessible.State:
        """Return how a part that is there stands."""
        view, state = self._reader.view, QAccessible.State()
        state.selectable = state.focusable = state.multiSelectable = state.extSelectable = True
        state.selected, state.active = selected, current
        state.focused = current and view.hasFocus()
        state.readOnly = view.document.project.read_only
        state.invisible = not view.isVisible()
        state.offscreen = not view.rect().translated(view.mapToGlobal(QPoint())).intersects(self.rect())
        return state

    def localizedActionName(self, name: str, /) -> str:
        return name

    def localizedActionDescription(self, name: str, /) -> str:
        return self.descriptions.get(name, "")

    def keyBindingsForAction(self, actionName: str, /) -> list[str]:
        return self.keys.get(actionName, [])


def gone() -> QAccessible.State:
    """Return the state of what is there no more."""
    state = QAccessible.State()
    state.invalid = True
    return state
