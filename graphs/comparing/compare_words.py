"""Changes between two projects in sentences."""

from graphs.comparing.differences import ADDED, CHANGED, MOVED, REMOVED, Change
from graphs.parameters import Value

LONGEST = 60

_DONE = {ADDED: "added to", REMOVED: "removed from", CHANGED: "changed in", MOVED: "moved in"}
_OF_PROJECT = {"data": "The data setting", "training": "The training setting", "extra": "The entry", "title": "The"}


def sentence(change: Change) -> str:
    """Return a change as a sentence that names its network and its layer."""
    if change.subject == "wire" or change.subject == "dots":
        return _wire(change)
    if change.subject in ("node", "network"):
        return _part(change)
    if change.subject in _OF_PROJECT:
        return f"{_OF_PROJECT[change.subject]} {change.name}{_values(change)}."
    if change.subject in ("frame", "note", "bookmark"):
        return f"The {change.subject} {_title(change)} was {_DONE[change.kind]} {change.spot.network}."
    if change.subject in ("argument", "network attribute"):
        return f"In {change.spot.network}, the {change.subject} {change.name}{_values(change)}."
    return _node(change)


def _part(change: Change) -> str:
    spot = change.spot
    if change.subject == "node":
        kind = change.new if change.before is None else change.old
        return f"The layer {spot.name} ({kind}) was {_DONE[change.kind]} {spot.network}."
    if change.kind == CHANGED:
        return f"The network {change.old} is called {change.new} now."
    return f"The network {spot.network} was {change.kind}."


def _wire(change: Change) -> str:
    spot = change.spot
    assert spot.wire is not None
    ends = f"{_end(spot.source, spot.wire.source_port, 'output')} to {_end(spot.name, spot.wire.target_port, 'input')}"
    if change.subject == "dots":
        return f"The wire from {ends} in {spot.network} takes another way."
    return f"The wire from {ends} was {_DONE[change.kind]} {spot.network}."


def _end(name: str, port: str, usual: str) -> str:
    return name if port == usual else f"{name}.{port}"


def _node(change: Change) -> str:
    spot = change.spot
    where = f"{spot.name} in {spot.network}"
    if change.subject == "position":
        return f"{where} was moved."
    if change.subject == "name":
        return f"{change.old} in {spot.network} is called {change.new} now."
    if change.subject == "layer":
        return f"{where} was {change.old} and is {change.new} now."
    return f"{where}: {change.name}{_values(change)}."


def _values(change: Change) -> str:
    old, new = _text(change.old), _text(change.new)
    if change.kind == ADDED:
        return f" was not set and is {new} now"
    if change.kind == REMOVED:
        return f" was {old} and is not set now"
    return f" was {old} and is {new} now"


def _title(change: Change) -> str:
    held = change.new if change.new is not None else change.old
    words = str(held.get("title") or held.get("text") or "").strip().partition("\n")[0]
    return _short(words) if words else change.name


def _text(value: Value) -> str:
    """Return a value as a person types it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return _short(_number(value) if isinstance(value, float) else _listed(value))


def _number(value: float) -> str:
    return f"{value:g}" if float(f"{value:g}") == value else str(value)


def _listed(value: Value) -> str:
    if isinstance(value, tuple | list):
        return "x".join(map(str, value)) if all(isinstance(v, int) for v in value) else ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_listed(entry)}" for key, entry in value.items()) or "empty"
    return "none" if value is None else str(value) or "empty"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
