"""Edits of frames and of notes: add, remove, set, and bookmarks of views.

What a frame holds names it in its entry `frame`, so it is put in and taken out by setting that. To move a frame with
all that it holds, see `graphs.framing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from graphs.annotations import ENTRIES, SLOTS
from graphs.edits.base import Edit, network_of, replaced
from graphs.edits.groups import Group
from graphs.edits.nodes import SetAttributes
from graphs.errors import EditProblem
from graphs.filing.reading_annotations import read_entry, require_holder, require_id, require_nesting
from graphs.filing.strict_json import Misfit
from graphs.network import Network, node_order
from graphs.parameters import Value
from graphs.project import Project


def _entries(network: Network, attribute: str) -> dict[str, Any]:
    return dict(network.attributes.get(attribute, {}))


def _keep(network: Network, attribute: str, entries: Mapping[str, Any]) -> None:
    if entries:
        network.graph.graph[attribute] = {id_: entries[id_] for id_ in sorted(entries, key=node_order)}
    else:
        network.graph.graph.pop(attribute, None)


def _read(attribute: str, network: Network, id_: str, values: object) -> dict[str, Value]:
    """Return an entry in canonical form. Raises EditProblem."""
    try:
        require_id(id_, ())
        entry = read_entry(ENTRIES[attribute], values, ())
        require_holder(network.attributes.get("frames", {}), entry.get("frame"), ("frame",))
    except Misfit as misfit:
        place = ", ".join(map(str, (id_, *misfit.place)))
        raise EditProblem(f"{ENTRIES[attribute].name} {place[:80]}: {misfit.what}") from None
    return entry


def _require_nesting(attribute: str, entries: Mapping[str, Any]) -> None:
    if attribute == "frames":
        try:
            require_nesting(entries, ())
        except Misfit as misfit:
            raise EditProblem(f"frame {misfit.place[0]}: {misfit.what}") from None


def _held(network: Network, attribute: str, id_: str) -> dict[str, Value]:
    entries = network.attributes.get(attribute, {})
    if not isinstance(id_, str) or id_ not in entries:
        raise EditProblem(f"There is no {ENTRIES[attribute].name} {id_!r} here any more.")
    return dict(entries[id_])


def _add(network: Network, attribute: str, id_: str, values: object) -> None:
    entry, entries = _read(attribute, network, id_, values), _entries(network, attribute)
    if id_ in entries:
        raise EditProblem(f"There is a {ENTRIES[attribute].name} {id_!r} already.")
    _require_nesting(attribute, entries | {id_: entry})
    _keep(network, attribute, entries | {id_: entry})


def _remove(network: Network, attribute: str, id_: str) -> dict[str, Value]:
    held = _held(network, attribute, id_)
    _keep(network, attribute, {key: entry for key, entry in _entries(network, attribute).items() if key != id_})
    return held


def _set(
    network: Network, attribute: str, id_: str, values: Mapping[str, Value], reset: tuple[str, ...]
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Set values of an entry; return the values and resets that lead back."""
    old = _held(network, attribute, id_)
    for name in [*values, *reset]:
        ENTRIES[attribute].parameter(name)
    new = _read(attribute, network, id_, replaced(old, values, reset)[0])
    entries = _entries(network, attribute) | {id_: new}
    _require_nesting(attribute, entries)
    _keep(network, attribute, entries)
    back = {name: value for name, value in old.items() if name not in new or new[name] != value}
    return back, tuple(name for name in new if name not in old)


@dataclass(frozen=True)
class AddFrame(Edit):
    """Add an empty frame; `values` are those of `graphs.annotations.FRAME`."""

    network: str
    frame: str
    values: dict[str, Value] = field(default_factory=dict)
    heading: ClassVar[str] = "Add frame"

    def apply(self, project: Project) -> Edit:
        """Add it; a frame around it must be there."""
        _add(network_of(project, self.network), "frames", self.frame, self.values)
        return RemoveFrame(self.network, self.frame)


@dataclass(frozen=True)
class RemoveFrame(Edit):
    """Remove a frame; what it holds stays, in the frame around it if there is one."""

    network: str
    frame: str
    heading: ClassVar[str] = "Remove frame"

    def apply(self, project: Project) -> Edit:
        """Remove it; the inverse puts back into it what it held."""
        network = network_of(project, self.network)
        holder = _held(network, "frames", self.frame).get("frame")
        values, reset = ({}, ("frame",)) if holder is None else ({"frame": holder}, ())
        parts: list[Edit] = [
            SetAttributes(self.network, node, dict(values), reset)
            for node, at in network.graph.nodes(data=True)
            if at.get("frame") == self.frame
        ]
        for attribute, kind in (("frames", SetFrame), ("notes", SetNote)):
            inner = [id_ for id_, entry in _entries(network, attribute).items() if entry.get("frame") == self.frame]
            parts += [kind(self.network, id_, dict(values), reset) for id_ in inner]
        back = Group(tuple(parts)).apply(project)
        return Group((AddFrame(self.network, self.frame, _remove(network, "frames", self.frame)), back), self.heading)


@dataclass(frozen=True)
class SetFrame(Edit):
    """Set what `graphs.annotations.FRAME` declares; what is in `reset` goes back to its default."""

    network: str
    frame: str
    values: dict[str, Value]
    reset: tuple[str, ...] = ()
    heading: ClassVar[str] = "Change frame"

    @property
    def title(self) -> str:
        """What is done to the frame, where it is one thing."""
        touched = {*self.values, *self.reset}
        words = {"title": "Rename", "colour": "Colour", "position": "Move", "size": "Resize"}
        words["collapsed"] = "Collapse" if self.values.get("collapsed") else "Open"
        if touched == {"position", "size"}:
            return "Resize frame"
        return f"{words.get(touched.pop(), 'Change')} frame" if len(touched) == 1 else self.heading

    def apply(self, project: Project) -> Edit:
        """Set them."""
        network = network_of(project, self.network)
        return SetFrame(self.network, self.frame, *_set(network, "frames", self.frame, self.values, tuple(self.reset)))


@dataclass(frozen=True)
class AddNote(Edit):
    """Add a note; `values` are those of `graphs.annotations.NOTE`."""

    network: str
    note: str
    values: dict[str, Value] = field(default_factory=dict)
    heading: ClassVar[str] = "Add note"

    def apply(self, project: Project) -> Edit:
        """Add it; the frame that holds it must be there."""
        _add(network_of(project, self.network), "notes", self.note, self.values)
        return RemoveNote(self.network, self.note)


@dataclass(frozen=True)
class RemoveNote(Edit):
    """Remove a note."""

    network: str
    note: str
    heading: ClassVar[str] = "Delete note"

    def apply(self, project: Project) -> Edit:
        """Remove it."""
        return AddNote(self.network, self.note, _remove(network_of(project, self.network), "notes", self.note))


@dataclass(frozen=True)
class SetNote(Edit):
    """Set what `graphs.annotations.NOTE` declares; what is in `reset` goes back to its default."""

    network: str
    note: str
    values: dict[str, Value]
    reset: tuple[str, ...] = ()
    heading: ClassVar[str] = "Change note"

    @property
    def title(self) -> str:
        """What is done to the note, where it is one thing."""
        words = {"text": "Edit", "colour": "Colour", "position": "Move", "size": "Resize"}
        touched = {*self.values, *self.reset}
        return f"{words.get(touched.pop(), 'Change')} note" if len(touched) == 1 else self.heading

    def apply(self, project: Project) -> Edit:
        """Set them."""
        network = network_of(project, self.network)
        return SetNote(self.network, self.note, *_set(network, "notes", self.note, self.values, tuple(self.reset)))


@dataclass(frozen=True)
class SetBookmark(Edit):
    """Remember a view under a slot, `1` to `9`; a `view` of None forgets it. The file holds it, so it is an edit."""

    network: str
    slot: str
    view: dict[str, Value] | None
    heading: ClassVar[str] = "Set bookmark"

    @property
    def title(self) -> str:
        """Which bookmark is set."""
        return f"{'Clear' if self.view is None else 'Set'} bookmark {self.slot}"

    def apply(self, project: Project) -> Edit:
        """Set it in place of what was there."""
        network = network_of(project, self.network)
        if self.slot not in SLOTS:
            raise EditProblem(f"A bookmark is one of 1 to 9, got {self.slot!r}.")
        entries = _entries(network, "bookmarks")
        back = SetBookmark(self.network, self.slot, entries.pop(self.slot, None))
        if self.view is not None:
            entries[self.slot] = _read("bookmarks", network, self.slot, self.view)
        _keep(network, "bookmarks", entries)
        return back
