"""The one entry: `netwright` opens the window, `netwright COMMAND` works without one."""

import errno
import gc
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphs.project import Project

FAILURE, BAD_USAGE = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return the exit status: 0, 1 for a failure, 2 for bad usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _told(given)
    except BrokenPipeError:  # the reader of the output, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            return _fault(error)
        print(f"netwright: {error.filename or 'the output'} cannot be written: {error.strerror}.", file=sys.stderr)
        return FAILURE
    except KeyboardInterrupt:
        print("netwright: interrupted.", file=sys.stderr)
        return FAILURE
    except ImportError as error:
        if ".so" not in str(error):
            return _fault(error)
        from widgets import display  # which needs no library of the system's

        print(f"netwright: {display.lacking(error)}", file=sys.stderr)
        return FAILURE
    except Exception as error:
        return _fault(error)


def _fault(error: Exception) -> int:
    """A fault of the program: the account goes to a file, a sentence to the person."""
    print(f"netwright: something went wrong inside ({type(error).__name__}: {error}).", file=sys.stderr)
    with suppress(OSError):
        print(f"The full account is in {_account()}", file=sys.stderr)
    return FAILURE


def _told(given: list[str]) -> int:
    from graphs.errors import BadUsage, UserError  # here: Ctrl+C is heard while the packages load, too

    try:
        return _run(given)
    except UserError as error:
        print(f"netwright: {error}", file=sys.stderr)
        return BAD_USAGE if isinstance(error, BadUsage) else FAILURE


def _account() -> Path:
    from builder import folders
    from graphs.errors import UserError

    try:
        folder = folders.logs()
    except UserError:  # nothing of one's own can be written
        folder = Path(tempfile.gettempdir())
    path = folder / f"netwright-failure-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    path.write_text(traceback.format_exc(), encoding="utf-8")
    return path


def _run(given: list[str]) -> int:
    if not given or (len(given) == 1 and Path(given[0]).suffix and not given[0].startswith("-")):
        return _open_window(Path(given[0]) if given else None)  # without loading what commands need: none has a suffix
    from builder import cli
    from graphs.declarations import suggestion
    from graphs.errors import BadUsage

    first = given[0]
    if first in cli.names() or first.startswith("-"):
        return cli.run(given, cli.Doors(_draw, _demo))
    if len(given) == 1 and Path(first).exists():
        return _open_window(Path(first))
    near = suggestion(first, cli.names())
    raise BadUsage(f"there is no command {first!r}{near} See netwright --help.")


def _draw(project: "Project", path: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from widgets.canvas.painting import picture

    picture.export(project, path)


def _open_window(file: Path | None) -> int:
    from graphs.errors import UserError

    if file is not None and not file.exists():
        raise UserError(f"{file}: there is no such file.")
    if file is not None and file.is_dir():
        raise UserError(f"{file}: is a folder; choose a .netwright file in it.")
    from widgets import display

    if hindrance := display.hindrance():
        raise UserError(
            f"{hindrance} To see the main job done off screen: netwright demo --shots FOLDER. "
            "To train without a window: netwright train FILE."
        )
    gc.disable()  # until a page is on the screen: imports leave no garbage, and looking for it takes its time
    from widgets import app

    return app.main(file)


def _demo(shots: Path | None) -> int:
    from widgets import display

    if hindrance := display.hindrance():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        shots = shots or Path("netwright-demo")
        told = f"{hindrance[0].upper()}{hindrance[1:]}"
        print(f"{told} The window is drawn off screen, its pictures go to {shots}.", flush=True)
    from widgets import demo

    return demo.main(shots)


if __name__ == "__main__":
    raise SystemExit(main())
