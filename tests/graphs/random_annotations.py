"""Edits of frames, notes, dots and bookmarks drawn at random, most of which fit."""

from random import Random
from typing import Any

from graphs.annotations import dots, fresh_id
from graphs.edits import (
    AddDot,
    AddFrame,
    AddNote,
    Edit,
    MoveDot,
    RemoveDot,
    RemoveFrame,
    RemoveNote,
    SetAttributes,
    SetBookmark,
    SetFrame,
    SetNote,
)
from graphs.framing import move_frame
from graphs.network import Network
from graphs.project import Project


def _place(random: Random) -> tuple[float, float]:
    return random.randrange(-400, 400) / 7, random.randrange(-400, 400) / 7


def _entry(random: Random, network: Network, attribute: str) -> str | None:
    entries = [*network.attributes.get(attribute, {})]
    return random.choice(entries) if entries else None


def _add(random: Random, project: Project, name: str) -> Edit:
    held = project.networks[name]
    frame = _entry(random, held, "frames")
    values = {"position": _place(random)} | ({"frame": frame} if frame and random.random() < 0.5 else {})
    if random.random() < 0.6:
        return AddFrame(name, fresh_id(held, "frames"), {**values, "title": "Stem", "later": [1]})
    return AddNote(name, fresh_id(held, "notes"), {**values, "text": "*why*"})


def _remove(random: Random, project: Project, name: str) -> Edit | None:
    attribute = random.choice(["frames", "notes"])
    entry = _entry(random, project.networks[name], attribute)
    if entry is None:
        return None
    return RemoveFrame(name, entry) if attribute == "frames" else RemoveNote(name, entry)


def _set(random: Random, project: Project, name: str) -> Edit | None:
    held = project.networks[name]
    attribute = random.choice(["frames", "notes"])
    entry = _entry(random, held, attribute)
    if entry is None:
        return None
    values: dict[str, Any] = random.choice(
        [{"colour": "#3366cc"}, {"frame": _entry(random, held, "frames")}, {"size": (80.5, 40)}]
    )
    if attribute == "notes":
        return SetNote(name, entry, values, ("text",))
    return SetFrame(name, entry, {**values, "collapsed": random.random() < 0.5}, ("title",))


def _put(random: Random, project: Project, name: str) -> Edit | None:
    held = project.networks[name]
    frame = _entry(random, held, "frames")
    if not len(held) or frame is None:
        return None
    node = random.choice([*held])
    return (
        SetAttributes(name, node, {}, ("frame",))
        if held[node].get("frame") == frame
        else SetAttributes(name, node, {"frame": frame})
    )


def _move(random: Random, project: Project, name: str) -> Edit | None:
    frame = _entry(random, project.networks[name], "frames")
    return move_frame(name, project.networks[name], frame, _place(random)) if frame else None


def _dot(random: Random, project: Project, name: str) -> Edit | None:
    wires = [*project.networks[name].wires()]
    if not wires:
        return None
    w = random.choice(wires)
    count = len(dots(project.networks[name], w))
    ends = (name, w.source, w.source_port, w.target, w.target_port)
    if not count or random.random() < 0.5:
        return AddDot(*ends, random.randrange(count + 1), _place(random))
    index = random.randrange(count)
    return RemoveDot(*ends, index) if random.random() < 0.4 else MoveDot(*ends, index, _place(random))


def _bookmark(random: Random, project: Project, name: str) -> Edit:
    view = {"centre": _place(random), "zoom": random.choice([0.25, 1.0, 3])}
    return SetBookmark(name, random.choice("123"), view if random.random() < 0.7 else None)


ANNOTATIONS = (_add, _remove, _set, _put, _move, _dot, _bookmark)
