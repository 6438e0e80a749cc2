"""Commands that are one call to the canvas, written as rows of a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from widgets.commands.command import Command

if TYPE_CHECKING:
    from widgets.canvas.view import CanvasView

Conditions = Mapping[str, Callable[[], bool]]


@dataclass(frozen=True, slots=True)
class Act:
    """One row. needs: a key of the conditions. changes: it changes the drawing, so a locked canvas does not offer it.

    menu: where it stands, "" for the palette alone. context: in whose menus under the pointer it is, of `node`,
    `wire`, `frame` (a note as well) and `canvas`.
    """

    id: str
    title: str
    menu: str
    group: int
    keys: tuple[str, ...]
    run: "Callable[[CanvasView], object]"
    needs: str = "canvas"
    changes: bool = True
    context: tuple[str, ...] = ()
    icon: str = ""
    summary: str = ""
    checked: "Callable[[CanvasView], bool] | None" = None


def made(acts: tuple[Act, ...], canvas: "Callable[[], CanvasView]", conditions: Conditions) -> tuple[Command, ...]:
    """Return the commands of a table. `canvas` is asked only while the condition `canvas` holds."""
    return tuple(_made(act, canvas, conditions) for act in acts)


def _made(act: Act, canvas: "Callable[[], CanvasView]", conditions: Conditions) -> Command:
    holds, seen, shown = conditions[act.needs], conditions["canvas"], act.checked

    def locked() -> bool:
        return act.changes and seen() and canvas().locked

    return Command(
        id=act.id,
        title=act.title,
        run=lambda: act.run(canvas()),
        menu=act.menu,
        group=act.group,
        shortcuts=act.keys,
        enabled=lambda: holds() and not locked(),
        obstacle=lambda: "The canvas is locked. View, Lock canvas opens it." if locked() else "",
        checked=(lambda: seen() and shown(canvas())) if shown is not None else None,
        icon=act.icon,
        summary=act.summary,
        context=act.context,
    )
