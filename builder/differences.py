"""What two projects differ in, in words: for a run that cannot go on as another than it was."""

from collections.abc import Iterator, Mapping
from itertools import chain

from graphs.network import Network
from graphs.parameters import Value
from graphs.project import Project

_SHOWN = 4
_TOLD = ("name", "layer", "parameters", "position")


def differences(before: Project, now: Project) -> list[str]:
    """Return one entry for each thing that makes `now` train otherwise than `before`; the drawing's places do not."""
    found = list(chain(_section("training", before.training, now.training), _section("data", before.data, now.data)))
    for name in sorted({*before.networks, *now.networks}):
        if name not in now.networks:
            found.append(f"the network {name} is gone")
        elif name not in before.networks:
            found.append(f"the network {name} is new")
        else:
            found += _networks(before.networks[name], now.networks[name])
    return found


def brief(found: list[str]) -> str:
    """Return differences on one line, the first of many."""
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more


def _section(name: str, before: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[str]:
    for key in sorted({*before, *now}):
        if before.get(key) != now.get(key):
            yield f"{name}.{key} was {_shown(before, key)}, is {_shown(now, key)}"


def _networks(before: Network, now: Network) -> Iterator[str]:
    """Yield what differs between two networks; layers are told apart by their ids."""
    for node in [*before, *(node for node in now if node not in before)]:
        if node not in now:
            yield f"{before.name(node)} is gone"
        elif node not in before:
            yield f"{now.name(node)} is new"
        else:
            yield from _nodes(before, now, node)
    if set(before.wires()) != set(now.wires()):
        yield "layers are wired otherwise"


def _nodes(before: Network, now: Network, node: str) -> Iterator[str]:
    name = now.name(node)
    if before.name(node) != name:
        yield f"{before.name(node)} is called {name}"
    if before.kind(node) != now.kind(node):
        yield f"{name} was {before.kind(node)}, is {now.kind(node)}"
        return
    old, new = before.parameters(node), now.parameters(node)
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield f"{name}.{key} was {_shown(old, key)}, is {_shown(new, key)}"
    if _marks(before, node) != _marks(now, node):
        yield f"{name} is frozen, bypassed or shared otherwise"


def _marks(network: Network, node: str) -> dict[str, Value]:
    return {key: value for key, value in network[node].items() if key not in _TOLD}


def _shown(values: Mapping[str, Value], key: str) -> object:
    return values.get(key, "left open")
