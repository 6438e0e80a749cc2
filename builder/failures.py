"""Turns what went wrong in a worker into words for the person who started the run."""

import errno
import re

from builder.events import Failed
from graphs.errors import UserError

_MEMORY_CLASSES = ("MemoryError", "OutOfMemoryError")
_MEMORY_WORDS = ("out of memory", "can't allocate memory", "not enough memory")
_ASKED = re.compile(r"tried to allocate ([\d.]+) ?(bytes|[KMGT]i?B)", re.IGNORECASE)
_SIZES = ("bytes", "KB", "MB", "GB", "TB")
_LONGEST = 300


def explain(error: BaseException, last_checkpoint: str | None = None) -> Failed:
    """The closing event for an error; `node`, `network` and `title` come from attributes of those names, if any."""
    title, what, advice = _words(error)
    return Failed(
        title,
        what,
        advice,
        node=_text(getattr(error, "node", None)),
        network=_text(getattr(error, "network", None)),
        last_checkpoint=last_checkpoint,
    )


def _words(error: BaseException) -> tuple[str, str, str]:
    if isinstance(error, UserError):
        return _text(getattr(error, "title", None)) or "This cannot run as it is", str(error), ""
    if is_out_of_memory(error):
        return (
            "Out of memory",
            f"The device has no memory left for this network and batch{_asked(error)}.",
            "Halve the batch size, make the network smaller, or choose another device.",
        )
    if isinstance(error, KeyboardInterrupt):
        return "Interrupted", "The run was interrupted from the keyboard.", ""
    if isinstance(error, SystemExit):
        return "The run ended itself", "Something in the run asked Python to exit.", "See the log for where."
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full", f"Nothing more can be written: {error.strerror}.", "Free some space and resume."
    if isinstance(error, ModuleNotFoundError):
        return (
            "A library is missing",
            f"{_first_line(error)}.",
            "Install it into the environment that Netwright runs in.",
        )
    name = type(error).__name__
    return "The run failed", f"{name}: {_first_line(error).rstrip('.')}.", "The log holds the full account."


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device or the system had no memory left; by class name, so that torch need not be here."""
    if any(kind.__name__ in _MEMORY_CLASSES for kind in type(error).__mro__):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error).lower() for words in _MEMORY_WORDS)


def _asked(error: BaseException) -> str:
    """Return how much more memory was asked for, where the error tells."""
    asked = _ASKED.search(str(error))
    if asked is None:
        return ""
    size = float(asked[1]) * 1024 ** "bkmgt".index(asked[2][0].lower())
    place = max((place for place in range(len(_SIZES)) if size >= 1024**place), default=0)
    return f": {size / 1024**place:.3g} {_SIZES[place]} more were asked for"


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else "no details were given.")[:_LONGEST]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
