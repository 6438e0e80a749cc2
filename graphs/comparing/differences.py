"""One change between two projects, and the comparison of settings and entries by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphs.declarations import Declaration
from graphs.filing.reading_values import plain
from graphs.network import Wire, node_order
from graphs.parameters import Value

ADDED, REMOVED, CHANGED, MOVED = KINDS = ("added", "removed", "changed", "moved")

_ABSENT: Any = object()


@dataclass(frozen=True)
class Spot:
    """Where a change is in one of the projects: a network, and a node (its id and name) or a wire.

    Of a wire, the node is the one that it leads to; `source` is the name of the other. All is empty for settings.
    """

    network: str = ""
    node: str = ""
    name: str = ""
    wire: Wire | None = None
    source: str = ""


@dataclass(frozen=True)
class Change:
    """One thing that differs.

    kind: one of KINDS. subject: node, name, layer, parameter, attribute, position, wire, dots, network, argument,
    network attribute, frame, note, bookmark, data, training, extra or title. before, after: where it is in the old
    and in the new project, None where it is not. name: of the parameter, attribute, entry or setting.
    """

    kind: str
    subject: str
    before: Spot | None
    after: Spot | None
    name: str = ""
    old: Value = None
    new: Value = None

    @property
    def spot(self) -> Spot:
        """Where it is in the new project, or where it was."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found

    def mirrored(self) -> "Change":
        """Return the change seen from the new project."""
        kind = {ADDED: REMOVED, REMOVED: ADDED}.get(self.kind, self.kind)
        return Change(kind, self.subject, self.after, self.before, self.name, self.new, self.old)


def between(
    subject: str, before: Spot, after: Spot, old: Mapping[str, Value], new: Mapping[str, Value], within: str = ""
) -> Iterator[Change]:
    """Yield how settings differ, by name; of those that hold others, the inner ones by `outer.inner`.

    Where another kind was chosen, its settings are no match for the old ones, so the whole has changed.
    """
    for key in sorted({**old, **new}):
        a, b = old.get(key, _ABSENT), new.get(key, _ABSENT)
        name = f"{within}{key}"
        if plain(a) == plain(b) and isinstance(a, bool) == isinstance(b, bool):
            continue
        if isinstance(a, Mapping) and isinstance(b, Mapping) and a.get("kind") == b.get("kind"):
            yield from between(subject, before, after, a, b, f"{name}.")
        elif a is _ABSENT:
            yield Change(ADDED, subject, before, after, name, None, b)
        elif b is _ABSENT:
            yield Change(REMOVED, subject, before, after, name, a, None)
        else:
            yield Change(CHANGED, subject, before, after, name, a, b)


def entry_changes(
    declared: Declaration, before: Spot, after: Spot, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield how frames, notes or bookmarks differ, by id."""
    for id_ in sorted({**old, **new}, key=node_order):
        a, b = old.get(id_), new.get(id_)
        if a == b:
            continue
        kind = ADDED if a is None else REMOVED if b is None else CHANGED
        if a is not None and b is not None and _still(a) == _still(b):
            kind = MOVED
        yield Change(kind, declared.name, before, after, id_, a, b)


def _still(entry: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in entry.items() if key != "position"}
