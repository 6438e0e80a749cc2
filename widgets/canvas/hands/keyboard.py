"""The keyboard on the canvas: everything that needs no pointer. Plain letters open the search."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from widgets.canvas.editor import LOCKED
from widgets.canvas.hands import walking
from widgets.canvas.hands.stops import Stop, go_to, here, next_stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.canvas.view import CanvasView

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT, _META = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier
_MODIFIERS = {
    Qt.Key.Key_Shift: _SHIFT,
    Qt.Key.Key_Control: _CONTROL,
    Qt.Key.Key_Alt: _ALT,
    Qt.Key.Key_Meta: _META,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Keyboard:
    """Answers keys; the window's own shortcuts come before it where they are the same."""

    def __init__(self, view: "CanvasView") -> None:
        self._view = view
        standard = QKeySequence.StandardKey
        self._standard: list[tuple[QKeySequence.StandardKey, Callable[[], None]]] = [
            (standard.Copy, view.copy),
            (standard.Cut, view.cut),
            (standard.Paste, view.paste),
            (standard.SelectAll, view.select_all),
            (standard.Undo, view.document.undo),
            (standard.Redo, view.document.redo),
            (standard.ZoomIn, lambda: view.zoom_by(1.2)),
            (standard.ZoomOut, lambda: view.zoom_by(1 / 1.2)),
        ]
        self._keys: dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier): view.delete,
            (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier): view.delete,
            (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier): view.rename,
            (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier): view.fit,
            (Qt.Key.Key_0, _CONTROL): view.fit,
            (Qt.Key.Key_0, _CONTROL | _SHIFT): view.fit_selection,
            (Qt.Key.Key_ParenRight, _CONTROL | _SHIFT): view.fit_selection,
            (Qt.Key.Key_1, _ALT): lambda: view.set_zoom(1.0),
            (Qt.Key.Key_D, _CONTROL): view.duplicate,
            (Qt.Key.Key_D, _CONTROL | _SHIFT): lambda: view.duplicate(with_wires=True),
            (Qt.Key.Key_L, _CONTROL | _SHIFT): view.arrange,
            (Qt.Key.Key_H, _ALT): view.toggle_shapes,
            (Qt.Key.Key_Up, _ALT): view.leave,
            (Qt.Key.Key_Down, _ALT): view.step_in,
        }

    def press(self, event: QKeyEvent) -> bool:
        """Answer a key; tell whether it meant anything here."""
        view, key = self._view, event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if view.wiring.active and key not in _MODIFIERS:
            return view.wiring.key(key)
        if key == Qt.Key.Key_Escape:
            return self._escape()
        if view.pointer.begun and key not in (*_ENTER, Qt.Key.Key_R):
            return False
        if key in _ENTER and not modifiers:
            return view.card.take(0) or self._dive()
        if key == Qt.Key.Key_R and not modifiers and view.card.take(1):
            return True
        if key == Qt.Key.Key_Space and not modifiers:
            view.pointer.hold_space(True)
            return True
        if key == Qt.Key.Key_Alt:
            view.trace = True
            return True
        return self._command(event, key, modifiers) or self._type(event, modifiers)

    def release(self, event: QKeyEvent) -> bool:
        """Answer a key that is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._view.pointer.hold_space(False)
        elif event.key() == Qt.Key.Key_Alt:
            self._view.trace = False
        else:
            return False
        return True

    def let_go(self) -> None:
        """End what lasts while a key is held."""
        self._view.pointer.hold_space(False)
        self._view.trace = False

    def _escape(self) -> bool:
        view = self._view
        if view.pointer.cancel():
            return True
        if view.card.isVisible():
            view.card.close()
            return True
        annotations = view.structure.annotations
        held = bool(view.selection.nodes or view.selection.wires or annotations.selected)
        if view.selection.blocks and not held:
            view.leave()
            return True
        view.selection.select()
        if annotations.selected:
            annotations.select([])
        return held

    def _dive(self) -> bool:
        """Enter what is current: a block, a layer's choices, a note or frame; tell whether there was anything."""
        view, node = self._view, self._view.selection.current
        if node is None:
            return view.structure.annotations.enter()
        if not view.dive(node):
            view.values_asked.emit()
        return True

    def _command(self, event: QKeyEvent, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        action = self._keys.get((key, modifiers))
        action = action or next((act for keys, act in self._standard if event.matches(keys)), None)
        if action is not None:
            action()
            return True
        arrow = _ARROWS.get(Qt.Key(key))
        return arrow is not None and self._arrow(arrow, modifiers)

    def _arrow(self, arrow: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
        view = self._view
        if modifiers & _CONTROL:
            view.nudge(*arrow, far=bool(modifiers & _SHIFT))
            return True
        if modifiers & (_ALT | _META):
            return False
        scene = view.stage.scene
        across, along = arrow if scene.flow == "down" else arrow[::-1]
        way = (walking.FORWARD if along > 0 else walking.BACK) if along else None
        way = way or (walking.RIGHT if across > 0 else walking.LEFT)
        at = here(view)
        found: Stop | None = walking.along(scene, at, way) if isinstance(at, str) and at in scene.nodes else None
        if at is None or not isinstance(at, str):  # nothing is current, or a frame or note, which no wires lead from
            found = next_stop(view, back=at is not None and way in (walking.BACK, walking.LEFT))
        if found is not None:
            go_to(view, found)
        return True

    def _type(self, event: QKeyEvent, modifiers: Qt.KeyboardModifier) -> bool:
        text = event.text()
        if not text.strip() or not text.isprintable() or modifiers & (_CONTROL | _ALT | _META):
            return False
        if self._view.locked:
            self._view.say(LOCKED)
        else:
            self._view.adding.type_to_add(text)
        return True


def held_after(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Return which modifiers are held once a key went down or up; systems differ in whether the event counts it."""
    own = _MODIFIERS.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
    return event.modifiers() | own if event.type() == QEvent.Type.KeyPress else event.modifiers() & ~own
