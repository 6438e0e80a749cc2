"""What the View menu has the canvas do."""

from functools import partial
from typing import TYPE_CHECKING

from graphs.annotations import SLOTS
from widgets.commands.canvas_act import Act

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView


def _toggle_map(canvas: "CanvasView") -> None:
    canvas.minimap.enabled = not canvas.minimap.enabled
    canvas.minimap.settle()


def _toggle_lock(canvas: "CanvasView") -> None:
    canvas.locked = not canvas.locked


VIEWING = (
    Act("view.zoom_in", "Zoom in", "View", 2, ("Ctrl++", "Ctrl+="), lambda canvas: canvas.zoom_by(1.2), changes=False,
        icon="plus"),
    Act("view.zoom_out", "Zoom out", "View", 2, ("Ctrl+-",), lambda canvas: canvas.zoom_by(1 / 1.2), changes=False,
        icon="minus"),
    Act("view.zoom_actual", "Zoom to 100 %", "View", 2, ("Alt+1",), lambda canvas: canvas.set_zoom(1.0), changes=False),
    Act("view.fit", "Fit the drawing", "View", 2, ("Ctrl+0",), lambda canvas: canvas.fit(), changes=False,
        context=("canvas",), icon="fit"),
    Act("view.fit_selection", "Fit the selection", "View", 2, ("Ctrl+Shift+0",), lambda canvas: canvas.fit_selection(),
        changes=False, context=("node",)),
    Act("view.minimap", "Minimap", "View", 2, (), _toggle_map, changes=False, icon="minimap",
        checked=lambda canvas: canvas.minimap.enabled, summary="Show a map of the drawing in a corner"),
    Act("view.shapes", "All shapes", "View", 2, ("Alt+H",), lambda canvas: canvas.toggle_shapes(), changes=False,
        checked=lambda canvas: canvas.standing.all_shapes, summary="Write the shape at every output"),
    Act("view.lock", "Lock canvas", "View", 2, (), _toggle_lock, changes=False, context=("canvas",), icon="lock",
        checked=lambda canvas: canvas.locked, summary="Pan, zoom and select only, so that nothing changes by accident"),
)  # fmt: skip

BOOKMARKS = (
    *(Act(f"view.set_bookmark_{slot}", f"Set bookmark {slot}", "", 0, (f"Ctrl+Shift+{slot}",),
          partial(lambda canvas, slot: canvas.bookmarks.set(slot), slot=slot), summary="Remember this view")
      for slot in SLOTS),
    *(Act(f"view.bookmark_{slot}", f"Go to bookmark {slot}", "", 0, (f"Ctrl+Alt+{slot}",),
          partial(lambda canvas, slot: canvas.bookmarks.go(slot), slot=slot), changes=False,
          summary="Show the view that was remembered") for slot in SLOTS),
)  # fmt: skip
