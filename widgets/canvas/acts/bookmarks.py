"""Bookmarks: views of a network that the file remembers under a digit."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from graphs.annotations import bookmarks
from graphs.edits import SetBookmark
from widgets.canvas.acts.fitness import Refused

if TYPE_CHECKING:
    from widgets.canvas.editor import Editor


class Bookmarks:
    """Sets the bookmarks of the network on view, and goes to them."""

    def __init__(self, editor: "Editor") -> None:
        self._editor = editor

    def set(self, slot: str) -> None:
        """Remember what is in the middle of the view, and the zoom."""
        editor = self._editor
        centre = editor.camera.to_scene(editor.rect().toRectF().center())
        view = {"centre": [round(centre.x(), 1), round(centre.y(), 1)], "zoom": round(editor.camera.zoom, 4)}
        editor.perform(SetBookmark(editor.scene.name, slot, view))

    def go(self, slot: str) -> None:
        """Show the view remembered under a digit, or say that there is none."""
        editor = self._editor
        found = bookmarks(editor.scene.network).get(slot)
        if found is None:
            reason = f"Ctrl+Shift+{slot} remembers the view that is shown."
            editor.say(Refused(f"Bookmark {slot} is not set here", reason))
            return
        x, y = found.centre
        middle = editor.rect().toRectF().center()
        where = middle - QPointF(x, y) * found.zoom
        editor.camera.glide(found.zoom, where, editor.theme.measures.duration.zoom_to_fit)
