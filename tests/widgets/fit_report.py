"""A program for one scale of the screen: shows the window in looks and sizes, and prints what does not fit.

Arguments: `theme:width:height`, any number; the scale is QT_SCALE_FACTOR, which Qt reads once a process.
"""

import os
import sys
import tempfile
from collections.abc import Iterator

from graphs import templates
from tests.widgets.answers import answers
from tests.widgets.fitting import misfits, settle
from widgets.app import application
from widgets.parts import Parts
from widgets.theme_style import dress
from widgets.window import MainWindow


def views(window: MainWindow) -> Iterator[str]:
    """Bring one region after the other on show, and say which."""
    yield "start page"
    parts = window.parts
    parts.document.replace(templates.create("lenet5"))
    window.show_project()
    yield "network"
    main = parts.document.project.main
    for kind in ("Conv2d", "Classification"):
        parts.selection.select([next(node for node in main if main.kind(node) == kind)])
        yield kind
    for panel in ("problems", "runs", "log", "source", "training"):
        window.show_panel(panel)
        yield panel
    for view in ("data", "source"):
        window.show_view(view)
        yield f"{view} view"


def report(theme: str, size: tuple[int, int]) -> Iterator[str]:
    """Yield what does not fit anywhere in one look and size, with where that was."""
    parts = Parts.make(answers())
    parts.themes.choose(theme)
    dress(application(), parts.themes.theme)
    window = MainWindow(parts)
    window.resize(*size)
    window.show()
    for view in views(window):
        settle()
        window.grab()  # what is shortened has its tip once it is painted
        if (window.width(), window.height()) != size:
            yield f"{theme}, {view}: {window.width()}×{window.height()} instead of {size[0]}×{size[1]}"
        yield from (f"{theme} {size[0]}×{size[1]}, {view}: {line}" for line in misfits(window))
    parts.document.replace(parts.document.project)
    window.close()
    parts.session.close()


def main(looks: list[str]) -> None:
    """Print a line for everything that does not fit, and `done` at the end."""
    application()
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(NETWRIGHT_DATA=home, NETWRIGHT_CONFIG=home)
        for look in looks:
            theme, width, height = look.split(":")
            for line in report(theme, (int(width), int(height))):
                print(line, flush=True)
    print("done")


if __name__ == "__main__":
    main(sys.argv[1:])
