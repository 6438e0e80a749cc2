"""A piece of a network as a network of its own: layers, wires with their dots, and the frames and notes with them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from graphs.annotations import ENTRIES, Place, contents, frames, lineage
from graphs.edits import AddFrame, AddNote, Edit
from graphs.network import Network, node_order
from graphs.parameters import Value


def cut(network: Network, nodes: Collection[str], inner: Collection[str] = (), beside: Collection[str] = ()) -> Network:
    """Return nodes with the wires among them, `inner` frames with all that they hold, and the notes `beside` them.

    A frame of which all layers are taken comes along with its notes, and so does the network's direction.
    """
    nodes, notes = {*nodes}, {*beside}
    for frame in inner:
        held = contents(network, frame)
        nodes |= held.nodes
        notes |= held.notes
    taken = frames_within(network, nodes) | lineages_within(network, inner)
    piece = Network(network.graph.subgraph(nodes).copy())
    for node in piece:
        if piece[node].get("frame") not in taken:
            piece.graph.nodes[node].pop("frame", None)
    attributes = piece.graph.graph
    for key in ENTRIES:
        attributes.pop(key, None)
    entries = network.attributes.get("notes", {})
    notes |= {id_ for id_, note in entries.items() if note.get("frame") in taken}
    for key, ids in (("frames", taken), ("notes", notes)):
        if ids:
            held_entries = network.attributes[key]
            attributes[key] = {id_: _without(held_entries[id_], taken) for id_ in sorted(ids, key=node_order)}
    return piece


def frames_within(network: Network, nodes: Collection[str]) -> set[str]:
    """Return the frames that hold layers, all of which are among `nodes`, and the empty frames in those."""
    entries = network.attributes.get("frames", {})
    held: Counter[str] = Counter()
    missing: set[str] = set()
    for node, at in network.graph.nodes(data=True) if entries else ():
        around = lineage(entries, at.get("frame", ""))
        held.update(around)
        if node not in nodes:
            missing |= {*around}
    return {id_ for id_ in entries if any(held[up] and up not in missing for up in lineage(entries, id_))}


def lineages_within(network: Network, inner: Collection[str]) -> set[str]:
    """Return the frames `inner` and all frames inside them."""
    entries = network.attributes.get("frames", {})
    return {id_ for id_ in entries if not {*inner}.isdisjoint(lineage(entries, id_))}


def corner(piece: Network) -> Place:
    """Return the least x and the least y of all places of layers, frames and notes of a piece that is not empty."""
    places = [piece.position(node) for node in piece]
    for key in ("frames", "notes"):
        places += [entry.get("position", (0, 0)) for entry in _of(piece, key).values()]
    return min(x for x, _ in places), min(y for _, y in places)


def copied_entries(
    name: str, piece: Network, ids: Mapping[str, str], notes: Mapping[str, str], by: Place, holder: str | None = None
) -> Iterator[Edit]:
    """Yield the edits that add the frames and notes of a piece under other ids, moved `by` some pixels.

    holder: the frame of the network that takes those which no frame of the piece holds.
    """
    for id_ in frames(piece):
        yield AddFrame(name, ids[id_], _entry(_of(piece, "frames")[id_], ids, by, holder))
    for id_, note in _of(piece, "notes").items():
        yield AddNote(name, notes[id_], _entry(note, ids, by, holder))


def fresh_entries(taken: set[str], piece: Network, key: str) -> dict[str, str]:
    """Return an id that is not taken for each frame (or note) of a piece; they are taken then."""
    noun, number = ENTRIES[key].name, 1
    found: dict[str, str] = {}
    for id_ in _of(piece, key):
        while f"{noun}{number}" in taken:
            number += 1
        found[id_] = f"{noun}{number}"
        taken.add(found[id_])
    return found


def moved_dots(held: Mapping[str, Value], by: Place) -> dict[str, Value]:
    """Return the attributes of a wire with its dots moved `by` some pixels."""
    if "dots" not in held or by == (0, 0):
        return dict(held)
    return {**held, "dots": tuple((x + by[0], y + by[1]) for x, y in held["dots"])}


def _entry(held: Mapping[str, Value], ids: Mapping[str, str], by: Place, holder: str | None) -> dict[str, Value]:
    x, y = held.get("position", (0, 0))
    new = {**held, "position": (x + by[0], y + by[1])}
    around = ids[held["frame"]] if "frame" in held else holder
    return new if around is None else {**new, "frame": around}


def _of(network: Network, key: str) -> Mapping[str, Any]:
    entries: Mapping[str, Any] = network.attributes.get(key, {})
    return entries


def _without(entry: Mapping[str, Value], kept: Collection[str]) -> dict[str, Value]:
    return {key: value for key, value in entry.items() if key != "frame" or value in kept}
