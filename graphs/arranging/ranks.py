"""The row that each node stands in, and the trunk: a longest path, which has one node in every row."""

from graphs.arranging.drawing import Drawing, Link


def find_ranks(drawing: Drawing) -> tuple[list[int], list[int]]:
    """Return the rank of each node, from 0, and the nodes of the trunk by rank.

    Ranks are those of longest paths from the start; nodes with room to move then come close to what they are wired to.
    """
    ranks = [0] * len(drawing.ids)
    for node in drawing.order:
        ranks[node] = max([ranks[link.source] + 1 for link in drawing.sources[node]], default=0)
    trunk = _trunk(drawing, ranks)
    _tighten(drawing, ranks)
    return ranks, trunk


def _trunk(drawing: Drawing, ranks: list[int]) -> list[int]:
    """Follow a longest path back from its end; of ways equally long, through the middle one."""
    last = max(ranks)
    path = [ranks.index(last)]
    for rank in range(last - 1, -1, -1):
        ways = [link.source for link in drawing.sources[path[-1]] if ranks[link.source] == rank]
        path.append(ways[(len(ways) - 1) // 2])
    return path[::-1]


def _tighten(drawing: Drawing, ranks: list[int]) -> None:
    """Move nodes that feed more than feeds them down to their readers, then all others up to what feeds them.

    The trunk has no room to move, so it stays.
    """
    for node in reversed(drawing.order):
        targets = drawing.targets[node]
        if targets and len(targets) > len(drawing.sources[node]):
            ranks[node] = min(ranks[link.target] for link in targets) - 1
    for node in drawing.order:
        sources = drawing.sources[node]
        if sources and len(sources) >= len(drawing.targets[node]):
            ranks[node] = max(ranks[link.source] for link in sources) + 1


def span(link: Link, ranks: list[int]) -> int:
    """Return over how many rows a link goes."""
    return ranks[link.target] - ranks[link.source]
