"""A topological order of nodes that follows changes of single wires, and the circles that prevent one.

After D. J. Pearce and P. H. J. Kelly, "A Dynamic Topological Sort Algorithm for Directed Acyclic Graphs",
ACM Journal of Experimental Algorithmics 11 (2006): only the ranks between the ends of a new wire are touched.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from heapq import heapify, heappop, heappush
from typing import Any

import networkx as nx

from graphs.network import node_order

SortKey = Callable[[str], Any]


class Order:
    """Ranks of nodes such that sources come first.

    cycles: for each node on a circle, all nodes of it. leaves: the nodes that feed no other.
    """

    def __init__(self) -> None:
        self.rank: dict[str, int] = {}
        self.sources: dict[str, tuple[str, ...]] = {}
        self.targets: dict[str, dict[str, None]] = {}
        self.cycles: dict[str, tuple[str, ...]] = {}
        self.leaves: set[str] = set()
        self.stale = True
        self._last = 0

    def copy(self) -> "Order":
        """Return an order of the same nodes that goes its own way from here."""
        found = copy(self)
        found.rank, found.sources, found.leaves = dict(self.rank), dict(self.sources), set(self.leaves)
        found.targets = {node: dict(fed) for node, fed in self.targets.items()}
        return found

    def place(self, node: str, sources: Iterable[str]) -> set[str]:
        """Set what feeds `node` and return the sources that it gained or lost."""
        if node not in self.rank:
            self._enter(node)
        new = tuple(dict.fromkeys(sources))
        old, self.sources[node] = self.sources[node], new
        for source in set(old).difference(new):
            self._part(source, node)
            self.stale |= bool(self.cycles)
        for source in set(new).difference(old):
            self._insert(source, node)
        return set(old).symmetric_difference(new)

    def drop(self, node: str) -> tuple[set[str], set[str]]:
        """Forget a node; return what fed it and what it fed."""
        sources, targets = set(self.sources.pop(node)), set(self.targets.pop(node))
        for source in sources - {node}:
            self._part(source, node)
        for target in targets - {node}:
            self.sources[target] = tuple(s for s in self.sources[target] if s != node)
        del self.rank[node]
        self.leaves.discard(node)
        self.stale |= bool(self.cycles)
        return sources - {node}, targets - {node}

    def settle(self, key: SortKey) -> set[str]:
        """Make the ranks right again; return the nodes that are or were on circles, if any were given.

        `key` decides between nodes that may come in any order, where all ranks are given anew.
        """
        if not self.stale:
            return set()
        old, self.cycles = self.cycles, {}
        order, rest = sort(self.sources, self.targets, key)
        if rest:
            order += self._sort_cyclic(rest)
        self.rank = {node: place for place, node in enumerate(order)}
        self._last = len(order)
        self.stale = False
        return {node for node in (*old, *self.cycles) if node in self.rank}

    def _sort_cyclic(self, rest: list[str]) -> list[str]:
        """Order the nodes on circles and after them, each circle as one."""
        inside = set(rest)
        graph = nx.DiGraph([(s, n) for n in rest for s in self.sources[n] if s in inside])
        groups = nx.condensation(graph)
        order = []
        for group in nx.topological_sort(groups):
            members = sorted(groups.nodes[group]["members"], key=node_order)
            order += members
            if len(members) > 1 or members[0] in self.sources[members[0]]:
                self.cycles.update(dict.fromkeys(members, tuple(members)))
        return order

    def _enter(self, node: str) -> None:
        self._last += 1
        self.rank[node] = self._last
        self.sources[node], self.targets[node] = (), {}
        self.leaves.add(node)

    def _part(self, source: str, target: str) -> None:
        self.targets[source].pop(target, None)
        if not self.targets[source]:
            self.leaves.add(source)

    def _insert(self, source: str, target: str) -> None:
        if source not in self.rank:  # its own turn to be placed has not come; the rebuild that follows will see it
            self._enter(source)
        self.targets[source][target] = None
        self.leaves.discard(source)
        self.stale |= bool(self.cycles)
        if self.stale:
            return
        low, high = self.rank[target], self.rank[source]
        if low > high:
            return
        after = self._reach(target, self.targets, lambda rank: rank <= high)
        if source in after:
            self.stale = True
            return
        before = self._reach(source, self.sources, lambda rank: rank >= low)
        moved = sorted(before, key=self.rank.__getitem__) + sorted(after, key=self.rank.__getitem__)
        for node, place in zip(moved, sorted(self.rank[node] for node in moved), strict=True):
            self.rank[node] = place

    def _reach(self, start: str, along: Mapping[str, Iterable[str]], inside: Callable[[int], bool]) -> set[str]:
        found, stack = {start}, [start]
        while stack:
            for node in along[stack.pop()]:
                if node not in found and inside(self.rank[node]):
                    found.add(node)
                    stack.append(node)
        return found


def sort(
    sources: Mapping[str, Iterable[str]], targets: Mapping[str, Iterable[str]], key: SortKey
) -> tuple[list[str], list[str]]:
    """Return the nodes in topological order, the least by `key` first among those free; then those left by circles."""
    missing = {node: len(set(fed)) for node, fed in sources.items()}
    free = [(key(node), node) for node, count in missing.items() if not count]
    heapify(free)
    order = []
    while free:
        node = heappop(free)[1]
        order.append(node)
        for target in targets[node]:
            missing[target] -= 1
            if not missing[target]:
                heappush(free, (key(target), target))
    return order, [node for node, count in missing.items() if count]
