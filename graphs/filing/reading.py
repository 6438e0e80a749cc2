"""From a parsed document to a project, every value checked, every misfit named by its place."""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from graphs import catalogue
from graphs.annotations import DOTS, ENTRIES
from graphs.attributes import FLOW, NODE_KINDS
from graphs.errors import UserError
from graphs.filing.migrations import VERSION, upgrade
from graphs.filing.reading_annotations import read_annotations
from graphs.filing.reading_values import LONGEST_ID, checked, found, is_number, mapping, plain, typed
from graphs.filing.strict_json import Misfit, Place
from graphs.naming import check_name
from graphs.network import Network
from graphs.parameters import FARTHEST, Value
from graphs.project import LONGEST_TITLE, MAIN, Project

FORMAT = "netwright"
TOP = ("format", "version", "title", "networks", "data", "training")
_ENDS = ("source", "target", "key")
NETWORK = ("directed", "multigraph", "graph", "nodes", "edges")
_KEY = re.compile(r"[^:]{1,64}:[^:]{1,64}")

Alike: TypeAlias = dict[tuple[str, str], dict[str, Value]]
"""Parameters in canonical form by the kind of layer and what was written."""


def read_project(document: Any) -> Project:
    """Return the project that `document` describes; one of a newer version is read-only.

    Raises Misfit for the first thing that does not fit.
    """
    top = mapping(document, ())
    if top.get("format") != FORMAT:
        place = ("format",) if "format" in top else ()
        raise Misfit(place, f'this is no Netwright project: expected "format": "{FORMAT}".')
    version = typed(top, "version", int, "a whole number", ())
    if version < 1:
        raise Misfit(("version",), f"there is no version {version}; expected 1 to {VERSION}.")
    if version <= VERSION:
        return _project(upgrade(top))
    try:
        project = _project(top)
    except Misfit as misfit:
        newer = (
            f"a newer Netwright wrote this (version {version}, this one knows {VERSION}); update Netwright to open it"
        )
        raise Misfit(misfit.place, f"{newer}. What was not understood: {misfit.what}") from None
    project.read_only = True
    return project


def _project(top: Mapping[str, Any]) -> Project:
    title = typed(top, "title", str, "text", (), "Untitled")
    if len(title) > LONGEST_TITLE:
        raise Misfit(("title",), f"a title has at most {LONGEST_TITLE} characters, this one {len(title)}.")
    networks = typed(top, "networks", dict, "an object of networks by name", ())
    if MAIN not in networks:
        raise Misfit(("networks",), f"there is no network {MAIN!r}, the one that opens.")
    read: dict[str, Network] = {}
    for name, entry in networks.items():
        place = ("networks", name)
        _named(name, "network", place)
        read[name] = read_network(entry, place, exact=top["version"] <= VERSION)
    sections = {key: plain(typed(top, key, dict, "an object", (), {})) for key in ("data", "training")}
    extra = {key: plain(value) for key, value in top.items() if key not in TOP}
    return Project(title=title, networks=read, extra=extra, **sections)


def read_network(document: Any, place: Place, exact: bool = True) -> Network:
    """Return the network that a node-link document describes; `exact` refuses keys that are not known."""
    entry = mapping(document, place)
    for key in ("directed", "multigraph"):
        if entry.get(key, True) is not True:
            raise Misfit((*place, key), f"got {found(entry[key])}, expected true.")
    for key in entry:
        if exact and key not in NETWORK:
            raise Misfit((*place, key), f"a network has no {key[:64]!r}; expected {', '.join(NETWORK)}.")
    network = Network()
    attributes = typed(entry, "graph", dict, "an object", place, {})
    network.graph.graph.update(_network_attributes(attributes, (*place, "graph")))
    names: dict[str, str] = {}
    alike: Alike = {}
    for number, node in enumerate(typed(entry, "nodes", list, "a list of nodes", place)):
        _add_node(network, names, alike, node, (*place, "nodes", number))
    for number, edge in enumerate(typed(entry, "edges", list, "a list of wires", place)):
        _add_edge(network, edge, (*place, "edges", number))
    return network


def _network_attributes(given: Mapping[str, Any], place: Place) -> dict[str, Value]:
    arguments = typed(given, "arguments", dict, "an object of numbers by name", place, {})
    for name, number in arguments.items():
        if not re.fullmatch(r"[A-Za-z_][A-Za-z_0-9]{0,63}", name):
            raise Misfit((*place, "arguments", name), "the name of an argument is letters, digits and _.")
        if not is_number(number):
            raise Misfit((*place, "arguments", name), f"got {found(number)}, expected a number.")
    if "flow" in given:
        checked(FLOW, given["flow"], (*place, "flow"))
    rest = {key: plain(value) for key, value in given.items() if key not in ENTRIES}
    return rest | read_annotations(given, place)


def _add_node(network: Network, names: dict[str, str], alike: Alike, document: Any, place: Place) -> None:
    entry = mapping(document, place)
    node = typed(entry, "id", str, "the node's id", place)
    if not node or len(node) > LONGEST_ID or not node.isprintable():
        raise Misfit((*place, "id"), f"an id is 1 to {LONGEST_ID} printable characters, got {found(node)}.")
    if node in network:
        raise Misfit((*place, "id"), f"another node has the id {node!r} already; give one of them a new one.")
    name = _named(typed(entry, "name", str, "the node's name", place), "layer", (*place, "name"))
    if name in names:
        raise Misfit((*place, "name"), f"node {names[name]!r} is called {name!r} already; rename one of them.")
    names[name] = node
    layer = typed(entry, "layer", str, "the kind of layer", place)
    if not layer or len(layer) > LONGEST_ID:
        raise Misfit((*place, "layer"), f"a kind of layer is 1 to {LONGEST_ID} characters, got {found(layer)}.")
    parameters = typed(entry, "parameters", dict, "an object", place, {})
    held = {
        "name": name,
        "layer": layer,
        "parameters": dict(_parameters(layer, parameters, alike, (*place, "parameters"))),
        "position": _position(entry.get("position", [0, 0]), (*place, "position")),
    }
    for key, kind in NODE_KINDS.items():
        if key in entry:
            held[key] = checked(kind, entry[key], (*place, key))
    if "frame" in held and held["frame"] not in network.attributes.get("frames", {}):
        raise Misfit((*place, "frame"), f"there is no frame {found(held['frame'])} in this network.")
    rest = {key: plain(value) for key, value in entry.items() if key not in held and key != "id"}
    network.add(node, {**held, **rest})


def _parameters(layer: str, given: Mapping[str, Any], alike: Alike, place: Place) -> dict[str, Value]:
    """Return the parameters as a node holds them; those of layers that are written alike are looked at once."""
    try:
        written = (layer, repr(given))
    except ValueError:  # Python prints no whole number of more than 4300 digits
        return _trimmed(layer, given, place)
    if written not in alike:
        alike[written] = _trimmed(layer, given, place)
    return alike[written]


def _trimmed(layer: str, given: Mapping[str, Any], place: Place) -> dict[str, Value]:
    """Return the parameters in canonical form without those at their default; an unknown layer's as they are."""
    spec = catalogue.find(layer)
    if spec is None:
        return {key: plain(value) for key, value in given.items()}
    known = {}
    for name, value in given.items():
        try:
            kind = spec.parameter(name)
        except UserError as error:
            raise Misfit((*place, name), str(error)) from None
        known[name] = checked(kind, plain(value), (*place, name))
    return spec.without_defaults(known)


def _add_edge(network: Network, document: Any, place: Place) -> None:
    entry = mapping(document, place)
    source, target = (typed(entry, end, str, "the id of a node", place) for end in ("source", "target"))
    for end, node in (("source", source), ("target", target)):
        if node not in network:
            raise Misfit((*place, end), f"the wire leads nowhere: there is no node {found(node)}.")
    key = typed(entry, "key", str, "output port:input port", place)
    if not _KEY.fullmatch(key) or not key.isprintable():
        raise Misfit((*place, "key"), f"got {found(key)}, expected output port:input port, such as output:input.")
    if network.graph.has_edge(source, target, key):
        raise Misfit(place, "the same wire is there twice; remove one.")
    network.graph.add_edge(source, target, key=key)
    rest = {name: plain(value) for name, value in entry.items() if name not in _ENDS} if len(entry) > 3 else {}
    if "dots" in rest:
        rest["dots"] = checked(DOTS, rest["dots"], (*place, "dots"))
    if rest:
        network.graph.edges[source, target, key].update(rest)


def _named(name: str, what: str, place: Place) -> str:
    try:
        return check_name(name, what)
    except UserError as error:
        raise Misfit(place, str(error)) from None


def _position(value: Any, place: Place) -> tuple[float, float]:
    if isinstance(value, list | tuple) and len(value) == 2 and all(map(is_number, value)):
        x, y = value
        if max(abs(x), abs(y)) <= FARTHEST:
            return x, y
    raise Misfit(place, f"got {found(value)}, expected two numbers within {FARTHEST:,.0f}.")
