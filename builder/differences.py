"""What makes one project train otherwise than another: for a run that cannot go on as another than it was."""

from graphs.comparing.compare import compare
from graphs.comparing.compare_words import sentence
from graphs.comparing.differences import Change
from graphs.project import Project

_SHOWN = 3
_FOR_THE_READER = ("position", "dots", "frame", "note", "bookmark", "network attribute", "title", "extra")
_TRAINED = ("shares", "bypassed", "disabled", "frozen")


def differences(before: Project, now: Project) -> list[str]:
    """Return a sentence for each change that training would notice; places and notes are none."""
    return [sentence(change) for change in compare(before, now).changes if _matters(change)]


def brief(found: list[str]) -> str:
    """Return the first of many sentences, and how many more there are."""
    more = f" ({len(found) - _SHOWN} more)" if len(found) > _SHOWN else ""
    return " ".join(found[:_SHOWN]) + more


def _matters(change: Change) -> bool:
    if change.subject == "attribute":
        return change.name in _TRAINED
    return change.subject not in _FOR_THE_READER
