"""Pieces of a network as text: copy, paste with fresh ids and free names, duplicate.

The text is that of a project file whose network `main` is the piece, so it is read and checked as files are, and
the whole of a file can be pasted as well.
"""

import copy as copying
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from graphs import files
from graphs.cutting import copied_entries, corner, cut, fresh_entries, moved_dots
from graphs.edits import AddFrame, AddNetwork, AddNode, AddNote, Connect, Edit, Group
from graphs.errors import EditProblem, FileProblem
from graphs.naming import FreeNames, free_name
from graphs.network import Network, node_order
from graphs.parameters import Value
from graphs.ports import BLOCK
from graphs.project import MAIN, Project
from graphs.splices import fresh_ids

TITLE = "Copied layers"
ASIDE = (32.0, 32.0)
_START = re.compile(r'\{[\s>|]*"format"[\s>|]*:[\s>|]*"netwright"|\A\s*\{')
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]')
_OWN = ("id", "name", "layer", "parameters", "position")


def copy(
    project: Project, network: str, nodes: Collection[str], frames: Collection[str] = (), notes: Collection[str] = ()
) -> str:
    """Return nodes, the wires among them and the networks that their blocks stand for as JSON text.

    Frames bring what they hold. A frame of which all layers are copied comes along without being named.
    """
    piece = cut(project.networks[network], nodes, frames, notes)
    networks = {MAIN: piece}
    networks |= {name: project.networks[name] for name in needed(project, piece, list(piece))}
    return files.dumps(Project(TITLE, networks)).decode()


def needed(project: Project, network: Network, nodes: Collection[str]) -> list[str]:
    """Return the networks that blocks among `nodes` stand for, and those inside them, inner ones first."""
    found: dict[str, None] = {}
    path: list[str] = [MAIN]

    def visit(held: Network, ids: Collection[str]) -> None:
        for node in sorted(ids, key=node_order):
            name = held.parameters(node).get("network") if held.kind(node) == BLOCK else None
            if isinstance(name, str) and name in project.networks and name not in found and name not in path:
                path.append(name)
                visit(project.networks[name], list(project.networks[name]))
                found[path.pop()] = None

    visit(network, nodes)
    return list(found)


def paste(project: Project, network: str, text: str, at: tuple[float, float] | None = None) -> Group:
    """Return the edit that adds a copied piece: its top left corner at `at`, or aside from where it was copied.

    Ids are fresh and names free. A network that comes along is added unless the project has an equal one; where it
    has another of that name, the new one gets a free name. Raises EditProblem for text that is no such piece.
    """
    piece = _read(text)
    nodes = piece.main
    if not (len(nodes) or nodes.attributes.get("frames") or nodes.attributes.get("notes")):
        raise EditProblem("What was copied holds no layers.")
    edits: list[Edit] = []
    names = _add_networks(project, piece, edits)
    by = ASIDE
    if at is not None:
        left, top = corner(nodes)
        by = (at[0] - left, at[1] - top)
    ids = dict(zip(sorted(nodes, key=node_order), fresh_ids(project.networks[network]), strict=False))
    edits += _added(project.networks[network], network, nodes, ids, by, names)
    return Group(tuple(edits), f"Paste {_words(nodes)}")


def duplicate(
    project: Project,
    network: str,
    nodes: Collection[str],
    with_wires: bool = False,
    frames: Collection[str] = (),
    notes: Collection[str] = (),
    by: tuple[float, float] = ASIDE,
) -> Group:
    """Return the edit that adds copies of nodes, `by` px away; `with_wires` feeds them as the originals are fed.

    Frames and notes are copied as `copy` takes them along.
    """
    held = project.networks[network]
    piece = cut(held, nodes, frames, notes)
    ids = dict(zip(sorted(piece, key=node_order), fresh_ids(held), strict=False))
    edits = [*_added(held, network, piece, ids, by, {})]
    if with_wires:
        wires = [w for node in ids for w in held.wires_into(node) if w.source not in ids]
        edits += [Connect(network, w.source, w.source_port, ids[w.target], w.target_port) for w in wires]
    return Group(tuple(edits), "Duplicate layer" if len(ids) == 1 else f"Duplicate {_words(piece)}")


def added_nodes(edit: Group, network: str) -> list[str]:
    """Return the ids that a paste or a duplication adds to a network, to select them."""
    return [part.node for part in edit.edits if isinstance(part, AddNode) and part.network == network]


def added_entries(edit: Group, network: str) -> tuple[list[str], list[str]]:
    """Return the ids of the frames and of the notes that a paste or a duplication adds to a network."""
    here = [part for part in edit.edits if isinstance(part, AddFrame | AddNote) and part.network == network]
    added_frames = [part.frame for part in here if isinstance(part, AddFrame)]
    return added_frames, [part.note for part in here if isinstance(part, AddNote)]


def fill(name: str, held: Network, networks: Mapping[str, str] | None = None) -> Iterator[Edit]:
    """Yield the edits that make an empty network called `name` one like `held`, attributes aside."""
    same = {frame: frame for frame in held.attributes.get("frames", {})}
    yield from _copies(name, held, {node: node for node in held}, set(), (0, 0), networks or {}, same)


def _words(piece: Network) -> str:
    """Return what a piece holds, in words."""
    if len(piece) == 1:
        return piece.name(next(iter(piece)))
    return f"{len(piece)} layers" if len(piece) else "notes and frames"


def _added(
    held: Network,
    name: str,
    piece: Network,
    ids: Mapping[str, str],
    by: tuple[float, float],
    networks: Mapping[str, str],
) -> Iterator[Edit]:
    """Yield the edits that add a piece with its frames and notes to the network `held`, called `name`."""
    frames, notes = (fresh_entries({*held.attributes.get(key, {})}, piece, key) for key in ("frames", "notes"))
    yield from copied_entries(name, piece, frames, notes, by)
    yield from _copies(name, piece, ids, held.names(), by, networks, frames)


def _copies(
    name: str,
    piece: Network,
    ids: Mapping[str, str],
    taken: set[str],
    by: tuple[float, float],
    networks: Mapping[str, str],
    frames: Mapping[str, str],
) -> Iterator[Edit]:
    """Yield the edits that add the nodes of `piece` under other `ids`, moved `by` some pixels, and their wires.

    networks: what the networks that blocks stand for are called here. frames: the same of frames.
    """
    names = FreeNames(taken)
    for node, new in ids.items():
        held = piece[node]
        free = names.take(held["name"])
        x, y = piece.position(node)
        place, extra = (x + by[0], y + by[1]), _extra(held, ids, frames)
        yield AddNode(name, new, free, held["layer"], _parameters(held, networks), place, extra)
    for w in piece.wires():
        attributes = moved_dots(piece.attributes_of(w), by)
        yield Connect(name, ids[w.source], w.source_port, ids[w.target], w.target_port, attributes)


def _parameters(held: Mapping[str, Any], networks: Mapping[str, str]) -> dict[str, Value]:
    parameters = copying.deepcopy(dict(held["parameters"]))
    if held["layer"] == BLOCK and parameters.get("network") in networks:
        parameters["network"] = networks[parameters["network"]]
    return parameters


def _extra(held: Mapping[str, Any], ids: Mapping[str, str], frames: Mapping[str, str]) -> dict[str, Value]:
    """Return a node's other attributes; weights are shared with the copy where the owner is copied too."""
    extra = {key: copying.deepcopy(value) for key, value in held.items() if key not in _OWN}
    if "shares" in extra:
        extra["shares"] = ids.get(extra["shares"], extra["shares"])
    if "frame" in extra:
        extra["frame"] = frames[extra["frame"]]
    return extra


def _add_networks(project: Project, piece: Project, edits: list[Edit]) -> dict[str, str]:
    """Append the edits that add the networks of a piece, inner ones first; return what each is called here."""
    names: dict[str, str] = {}
    taken = set(project.networks)
    for name in needed(piece, piece.main, list(piece.main)):
        part = piece.networks[name]
        if project.networks.get(name) == part and all(names[inner] == inner for inner in _blocks(part) & set(names)):
            names[name] = name
            continue
        names[name] = name if name not in taken else free_name(name, taken)
        taken.add(names[name])
        edits.append(AddNetwork(names[name], dict(part.attributes)))
        edits += fill(names[name], part, names)
    return names


def _blocks(network: Network) -> set[str]:
    return {str(network.parameters(node).get("network")) for node in network.of_kind(BLOCK)}


def _read(text: str) -> Project:
    text = text.replace("\N{NO-BREAK SPACE}", " ")  # which is what some programs keep of two spaces in a message
    found = _START.search(text)
    if found is None:
        raise EditProblem("What was copied is not a piece of a network; copy layers in Netwright first.")
    try:
        return files.loads(_object_at(text, found.start()).encode(errors="replace"), "What was copied")
    except FileProblem as error:
        raise EditProblem(f"What was copied cannot be pasted: {error.what}") from None


def _object_at(text: str, start: int) -> str:
    """Return the JSON object that begins there, without what a message has before and behind it.

    A message that quotes another begins each line with a mark, which is taken off. Of a piece that is cut off, return
    all there is: reading it tells where it ends.
    """
    line = text[text.rfind("\n", 0, start) + 1 : start]
    text = text[start:]
    if line.strip() and not line.strip("> |\t"):
        text = text.replace(f"\n{line.rstrip()}", "\n")
    depth, at = 0, 0
    for token in _TOKENS.finditer(text):
        depth += {"{": 1, "}": -1}.get(token.group(), 0)
        if depth == 0:
            at = token.end()
            break
    return text[:at] if at else text
