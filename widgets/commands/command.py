"""One act of the window as a value: menus, shortcuts, buttons, the palette and the keyboard help follow from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

MENUS = ("File", "Edit", "View", "Network", "Run", "Help")


def always() -> bool:
    """Return True: there is no moment when the act makes no sense."""
    return True


def nothing() -> str:
    """Return no words."""
    return ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a submenu that is made when it opens, such as a recent file; `detail` stands beside it."""

    title: str
    run: Callable[[], object]
    detail: str = ""
    checked: bool = False


@dataclass(frozen=True, kw_only=True)
class Command:
    """One act.

    id: `menu.act`, stable. title: words, or a function where they change ("Undo Add Conv2d"). menu: one of MENUS;
    empty shows it in the palette and the help alone. group: lines in the menu part groups. shortcuts: in Qt's
    portable text, the first is the one shown. enabled, checked: asked whenever something changed; `checked` makes it
    a switch. obstacle: why it is not enabled, in words. entries: makes it a submenu, and `run` is not called.
    context: on what of the canvas the menu under the pointer offers it, of `node`, `wire`, `frame` and `canvas`.
    """

    id: str
    title: str | Callable[[], str]
    run: Callable[[], object]
    menu: str = ""
    group: int = 0
    shortcuts: tuple[str, ...] = ()
    enabled: Callable[[], bool] = always
    checked: Callable[[], bool] | None = None
    obstacle: Callable[[], str] = nothing
    entries: Callable[[], Sequence[Entry]] | None = None
    icon: str = ""
    summary: str = ""
    context: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The title as it reads now."""
        return self.title if isinstance(self.title, str) else self.title()
