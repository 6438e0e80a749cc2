"""The ways into a network: through which block nodes, from `main` down, each use of it is reached."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphs.parameters import Value
from graphs.ports import BLOCK
from graphs.project import MAIN, Project

Path = tuple[str, ...]
MOST = 200
"""Ways listed at most; a network in blocks in blocks can have very many."""
_DEEPEST = 4
"""Open blocks in open blocks beyond which a block is drawn closed."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a network. `path` are the block nodes that lead in, `holder` the network of the last of them."""

    path: Path
    holder: str
    title: str
    arguments: dict[str, Value]
    repeat: Value


def inner_of(project: Project, network: str, node: str) -> str | None:
    """Return the network that a block node stands for, None where it is no block of a network that is there."""
    held = project.networks[network]
    name = held.parameters(node).get("network") if node in held and held.kind(node) == BLOCK else None
    return name if isinstance(name, str) and name in project.networks else None


def shown_in(project: Project, holders: Path, node: str) -> str | None:
    """Return the network that a block can show in its place, None where it stands for nothing or for what holds it.

    holders: the networks that lead to the block, from the one on view to its own; after too many it shows none.
    """
    name = inner_of(project, holders[-1], node)
    return None if name in holders or len(holders) > _DEEPEST else name


def open_way(project: Project, network: str, blocks: Path) -> str | None:
    """Return the network to which blocks lead from another where all of them stand open, None where one does not."""
    holders: Path = (network,)
    for block in blocks:
        held = project.networks[holders[-1]]
        inner = shown_in(project, holders, block) if block in held and held[block].get("open") else None
        if inner is None:
            return None
        holders = (*holders, inner)
    return holders[-1]


def open_ways(project: Project, network: str) -> Iterator[tuple[Path, str]]:
    """Yield the ways of block nodes from a network into those that stand open, itself first, and what is there."""
    ways: list[tuple[Path, Path]] = [((), (network,))]
    for way, holders in ways:
        yield way, holders[-1]
        held = project.networks[holders[-1]]
        for block in held.of_kind(BLOCK):
            if held[block].get("open") and (inner := shown_in(project, holders, block)) is not None:
                ways.append(((*way, block), (*holders, inner)))


def network_at(project: Project, path: Path) -> str | None:
    """Return the network to which block nodes lead from `main`, None where one of them leads nowhere."""
    name: str | None = MAIN
    for node in path:
        name = inner_of(project, name, node) if name is not None else None
    return name


def uses_of(project: Project, network: str) -> list[Use]:
    """Return all uses of a network, in the order of the ids on the way; at most 200.

    Each is titled by the names of its nodes, `layer3.rest`.
    """
    found: list[Use] = []
    leading = _leading_to(project, network)
    stack: list[tuple[str, Path, str]] = [(MAIN, (), "")]
    while stack and len(found) < MOST:
        name, path, title = stack.pop()
        held = project.networks[name]
        for node in reversed(held.of_kind(BLOCK)):
            inner = inner_of(project, name, node)
            if inner in leading and inner is not None:
                stack.append((inner, (*path, node), f"{title}.{held.name(node)}" if title else held.name(node)))
        if name == network and path:
            holder = network_at(project, path[:-1]) or MAIN
            given = project.networks[holder].parameters(path[-1])
            arguments = {**project.networks[network].arguments, **given.get("arguments", {})}
            found.append(Use(path, holder, title, arguments, given.get("repeat", 1)))
    return found


def _leading_to(project: Project, network: str) -> set[str]:
    """Return the networks that hold a network, at whatever depth, and itself."""
    found, stack = {network}, [network]
    while stack:
        for holder, _ in project.uses(stack.pop()):
            if holder not in found:
                found.add(holder)
                stack.append(holder)
    return found
