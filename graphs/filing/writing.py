"""From a project to its document, and to text with one node and one wire a line, so that differences read well."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from graphs import catalogue
from graphs.annotations import ENTRIES
from graphs.attributes import NODE_KINDS
from graphs.errors import UserError
from graphs.filing.migrations import VERSION
from graphs.filing.reading import FORMAT
from graphs.filing.reading_values import plain
from graphs.filing.strict_json import LARGEST_INTEGER, Misfit, Place
from graphs.network import Network, node_order, port_order
from graphs.parameters import Value
from graphs.project import Project

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_NODE = ("name", "layer", "parameters", "position", *NODE_KINDS)


def write_project(project: Project) -> dict[str, Any]:
    """Return the document of `project`, keys in the order of a file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": project.title,
        "networks": {name: write_network(net, ("networks", name)) for name, net in project.networks.items()},
        "data": plain(project.data),
        "training": plain(project.training),
        **plain(project.extra),
    }


def write_network(network: Network, place: Place = ()) -> dict[str, Any]:
    """Return the node-link document of `network`, as `networkx.node_link_graph(document, edges="edges")` reads it."""
    nodes = sorted(network, key=node_order)
    edges = sorted(network.graph.edges(keys=True, data=True), key=_edge_order)
    return {
        "directed": True,
        "multigraph": True,
        "graph": _attributes(network.attributes),
        "nodes": [_node(node, network[node], (*place, "nodes", number)) for number, node in enumerate(nodes)],
        "edges": [{"source": s, "target": t, "key": key, **plain(more)} for s, t, key, more in edges],
    }


def _sorted(held: Mapping[str, Value]) -> dict[str, Any]:
    """Return entries by name, so that one taken out and put back leaves no trace."""
    return {key: plain(held[key]) for key in sorted(held, key=str)}


def _attributes(held: Mapping[str, Value]) -> dict[str, Any]:
    """Return the attributes of a network in one order, whichever was set first, frames and notes by id."""
    order = ("arguments", "flow", *ENTRIES)
    known: dict[str, Any] = {key: plain(held[key]) for key in order if key in held}
    for key in ENTRIES:
        if key in known:
            known[key] = {id_: known[key][id_] for id_ in sorted(known[key], key=node_order)}
    return known | _sorted({key: value for key, value in held.items() if key not in known})


def encode(document: dict[str, Any]) -> bytes:
    """Return the document as UTF-8 text. Raises Misfit for what JSON, or a file of ours, cannot hold."""
    if not _writable(document) and (misfit := find_unwritable(document)) is not None:
        raise misfit
    parts = []
    for key, value in document.items():
        if key == "networks":
            networks = ",\n  ".join(f"{_line(name)}: {_network_text(network)}" for name, network in value.items())
            parts.append(f"{_line(key)}: {{{networks}}}")
        else:
            parts.append(f"{_line(key)}: {_line(value)}")
    head = ", ".join(parts[:3])  # format, version and title share the first line
    return ("{" + ",\n ".join([head, *parts[3:]]) + "}\n").encode("utf-8")


def _writable(value: Any) -> bool:
    """Tell whether nothing in `value` is unwritable, in a fraction of the time that it takes to say where it is."""
    if isinstance(value, str):
        return value.isascii() or _unwritable_leaf(value, ()) is None
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and all(map(_writable, value.values()))
    return all(map(_writable, value)) if isinstance(value, list) else _unwritable_leaf(value, ()) is None


def find_unwritable(value: Any, place: Place = ()) -> Misfit | None:
    """Return the first thing in `value` that JSON, or a file of ours, cannot hold."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            return Misfit(place, "the names in it must be text.")
        inner: Iterable[tuple[str | int, Any]] = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        return _unwritable_leaf(value, place)
    found = (find_unwritable(entry, (*place, key)) for key, entry in inner)
    return next((misfit for misfit in found if misfit is not None), None)


def _unwritable_leaf(value: Any, place: Place) -> Misfit | None:
    if isinstance(value, float) and not math.isfinite(value):
        return Misfit(place, f"{value} is no number that a file may hold.")
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        return Misfit(place, "this whole number is beyond 2**53, the largest that is exact.")
    if isinstance(value, str) and value.encode("utf-8", "replace").decode("utf-8") != value:
        return Misfit(place, "half a surrogate pair in this text is no character; remove it.")
    if value is not None and not isinstance(value, str | int | float):
        return Misfit(place, f"a {type(value).__name__} cannot be written.")
    return None


def _edge_order(edge: tuple[str, str, str, Any]) -> tuple[Any, ...]:
    source, target, key, _ = edge
    source_port, _, target_port = key.partition(":")
    return node_order(source), node_order(target), port_order(source_port), port_order(target_port), key


def _node(node: str, held: Mapping[str, Any], place: Place) -> dict[str, Any]:
    spec = catalogue.find(held["layer"])
    try:
        parameters = _sorted(held["parameters"]) if spec is None else spec.trim(held["parameters"])
    except UserError as error:
        raise Misfit((*place, "parameters"), str(error)) from None
    return {
        "id": node,
        "name": held["name"],
        "layer": held["layer"],
        "parameters": plain(parameters),
        "position": [_short(number) for number in held["position"]],
        **{key: plain(held[key]) for key in NODE_KINDS if key in held},
        **{key: plain(value) for key, value in held.items() if key not in _NODE},
    }


def _short(number: float) -> float:
    """Return a whole number without its `.0`: positions are pixels, and moves make floats of them."""
    return int(number) if number == int(number) else number


def _network_text(network: Mapping[str, Any]) -> str:
    head = ", ".join(f"{_line(key)}: {_line(network[key])}" for key in ("directed", "multigraph"))
    attributes = ",\n     ".join(f"{_line(key)}: {_entries(key, value)}" for key, value in network["graph"].items())
    rows = ",\n   ".join(f"{_line(key)}: {_rows(network[key])}" for key in ("nodes", "edges"))
    return f'{{{head}, "graph": {{{attributes}}},\n   {rows}}}'


def _entries(key: str, value: Any) -> str:
    if key not in ENTRIES or not value:
        return _line(value)
    return "{" + ",\n       ".join(f"{_line(id_)}: {_line(entry)}" for id_, entry in value.items()) + "}"


def _rows(entries: Iterable[Any]) -> str:
    lines = ",".join(f"\n     {_line(entry)}" for entry in entries)
    return f"[{lines}]"


def _line(value: Any) -> str:
    return _ENCODER.encode(value)
