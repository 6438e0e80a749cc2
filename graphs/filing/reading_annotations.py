"""Frames, notes and bookmarks of a document or an edit, every value checked, every misfit named by its place."""

from collections.abc import Mapping
from typing import Any

from graphs.annotations import DEEPEST, ENTRIES, SLOTS, lineage
from graphs.declarations import Declaration
from graphs.filing.reading_values import LONGEST_ID, checked, found, mapping, plain
from graphs.filing.strict_json import Misfit, Place
from graphs.network import node_order
from graphs.parameters import Value

MOST = 10_000


def read_annotations(given: Mapping[str, Any], place: Place) -> dict[str, Value]:
    """Return those attributes of a network that hold entries by id, in canonical form. Raises Misfit.

    Keys of an entry that are not declared are kept.
    """
    read = {name: _entries(given[name], name, (*place, name)) for name in ENTRIES if name in given}
    frames = read.get("frames", {})
    for name in ("frames", "notes"):
        for id_, entry in read.get(name, {}).items():
            require_holder(frames, entry.get("frame"), (*place, name, id_, "frame"))
    require_nesting(frames, (*place, "frames"))
    return {name: entries for name, entries in read.items() if entries}


def read_entry(declared: Declaration, given: Any, place: Place) -> dict[str, Value]:
    """Return one frame, note or bookmark without what is at its default. Raises Misfit."""
    entry = mapping(given, place)
    known = {p.name: checked(p, entry[p.name], (*place, p.name)) for p in declared.choices if p.name in entry}
    return declared.trim(known) | {key: plain(value) for key, value in entry.items() if key not in known}


def require_id(id_: object, place: Place) -> None:
    """Raise Misfit unless this can be the id of a frame or a note."""
    if not isinstance(id_, str) or not 0 < len(id_) <= LONGEST_ID or not id_.isprintable():
        raise Misfit(place, f"an id is 1 to {LONGEST_ID} printable characters, got {found(id_)}.")


def require_holder(frames: Mapping[str, Any], holder: object, place: Place) -> None:
    """Raise Misfit unless `holder` is one of the frames, or None."""
    if holder is not None and holder not in frames:
        raise Misfit(place, f"there is no frame {found(holder)} in this network.")


def require_nesting(frames: Mapping[str, Any], place: Place) -> None:
    """Raise Misfit for a frame that is inside itself, or inside more than DEEPEST frames."""
    for id_ in frames:
        around = lineage(frames, id_)
        if frames[around[-1]].get("frame") is None:
            continue
        if id_ in around[1:] or len(set(around)) < len(around):
            raise Misfit((*place, id_, "frame"), "the frame is inside itself; take one of the ring out.")
        raise Misfit((*place, id_, "frame"), f"the frame lies more than {DEEPEST} frames deep.")


def _entries(given: Any, name: str, place: Place) -> dict[str, dict[str, Value]]:
    entries = mapping(given, place)
    if len(entries) > MOST:
        raise Misfit(place, f"there are {len(entries):,} of them; expected at most {MOST:,}.")
    for id_ in entries:
        require_id(id_, (*place, id_))
        if name == "bookmarks" and id_ not in SLOTS:
            raise Misfit((*place, id_), f"a bookmark is one of 1 to 9, got {found(id_)}.")
    return {id_: read_entry(ENTRIES[name], entries[id_], (*place, id_)) for id_ in sorted(entries, key=node_order)}
