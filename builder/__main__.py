"""The one entry: `netwright` opens the window, `netwright COMMAND` works without one."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from graphs.declarations import suggestion
from graphs.errors import UserError
from graphs.project import Project

FAILURE, BAD_USAGE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return the exit status: 0, 1 for a failure, 2 for bad usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except UserError as error:
        print(f"netwright: {error}", file=sys.stderr)
        return FAILURE
    except BrokenPipeError:  # the reader of the output, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("netwright: interrupted.", file=sys.stderr)
        return FAILURE


def _run(given: list[str]) -> int:
    from builder import cli

    if not given:
        return _open_window(None)
    first = given[0]
    if first == "demo":
        return _demo(given[1:])
    if first in cli.names() or first.startswith("-"):
        return cli.run(given, _draw)
    if len(given) == 1 and (Path(first).exists() or Path(first).suffix):
        return _open_window(Path(first))
    near = suggestion(first, ["demo", *cli.names()])
    print(f"netwright: there is no command {first!r}{near} See netwright --help.", file=sys.stderr)
    return BAD_USAGE


def _draw(project: Project, path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from widgets.canvas import picture

    picture.write(project, path)


def _open_window(file: Path | None) -> int:
    if file is not None and not file.exists():
        raise UserError(f"{file}: there is no such file.")
    from widgets import app

    if not app.has_display():
        raise UserError(
            "there is no display to open a window on. To see the main job done off screen: "
            "netwright demo --shots FOLDER. To train without a window: netwright train FILE."
        )
    return app.main(file)


def _demo(given: list[str]) -> int:
    from builder import cli

    shots = cli.demo_folder(given)
    if isinstance(shots, int):
        return shots
    from widgets import app, demo

    if not app.has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        shots = shots or Path("netwright-demo")
        print(f"There is no display: the window is drawn off screen, its pictures go to {shots}.")
    return demo.main(shots)


if __name__ == "__main__":
    raise SystemExit(main())
