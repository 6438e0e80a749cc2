"""Which network and which node of one project is which of another."""

from collections.abc import Callable, Hashable, Iterable

from graphs.network import Network, node_order
from graphs.project import Project


def match_networks(old: Project, new: Project) -> dict[str, str]:
    """Return the names of networks that are in both, old to new: by name, else by having the same layers under ids."""
    found = {name: name for name in old.networks if name in new.networks}
    left = [name for name in new.networks if name not in old.networks]
    for name, network in old.networks.items():
        if name not in found and len(network):
            layers = _layers(network)
            like = next((other for other in left if _layers(new.networks[other]) == layers), None)
            if like is not None:
                found[name] = like
                left.remove(like)
    return found


def match_nodes(old: Network, new: Network) -> dict[str, str]:
    """Return the nodes that are in both, old to new.

    Nodes of the same id are the same where name or kind agree too; then those of the same name and kind, as in files
    that were drawn apart; then those of the same id, whatever else was changed.
    """
    found = {
        node: node
        for node in old
        if node in new and (old.name(node) == new.name(node) or old.kind(node) == new.kind(node))
    }
    _pair(found, old, new, lambda network, node: (network.name(node), network.kind(node)))
    _pair(found, old, new, lambda network, node: node)
    return found


def _pair(found: dict[str, str], old: Network, new: Network, key: Callable[[Network, str], Hashable]) -> None:
    """Add the nodes not found so far that have the same key."""
    taken = {*found.values()}
    free = {key(new, node): node for node in _ordered(new) if node not in taken}
    for node in _ordered(old):
        if node not in found and key(old, node) in free:
            found[node] = free.pop(key(old, node))


def _ordered(network: Iterable[str]) -> list[str]:
    return sorted(network, key=node_order)


def _layers(network: Network) -> dict[str, str]:
    return {node: network.kind(node) for node in network}
