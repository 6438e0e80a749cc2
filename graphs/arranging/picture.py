"""One connected part of a network laid out by itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graphs import catalogue
from graphs.arranging.along import shifted, stack
from graphs.arranging.drawing import Drawing, draw
from graphs.arranging.ground import Box
from graphs.arranging.measures import GRID, Gaps, Place
from graphs.arranging.ordering import Step
from graphs.arranging.pieces import spread_pieces
from graphs.arranging.ranks import find_ranks
from graphs.network import Network


@dataclass
class Picture:
    """The nodes of a part, the start of its trunk, and places across and along the flow; the trunk stands at 0."""

    drawing: Drawing
    start: str
    across: list[float]
    along: list[float]

    def boxes(self, at: Place) -> list[Box]:
        """Return what each node covers when the picture stands at a place."""
        found = []
        for (width, length), x, y in zip(self.drawing.sizes, self.across, self.along, strict=True):
            left, start = at[0] + x - width / 2, at[1] + y
            found.append(Box(left, left + width, start, start + length))
        return found


def lay_out(
    network: Network,
    part: Collection[str],
    sizes: Mapping[str, Place],
    fixed: Mapping[str, Place],
    gaps: Gaps,
    step: Step,
) -> tuple[Picture, Place]:
    """Return the picture of a part and where it has to stand for the first of `fixed` to be where it is.

    sizes, fixed: sizes and places across and along the flow. Without `fixed` the picture starts at 0.
    """
    drawing = draw(network, part, sizes)
    ranks, trunk = find_ranks(drawing)
    across = spread_pieces(drawing, ranks, trunk, gaps.branch, GRID, step)
    close = [_is_close(network, drawing, node) for node in range(len(drawing.ids))]
    pins = {node: fixed[name] for node, name in enumerate(drawing.ids) if name in fixed}
    along = stack(drawing, ranks, trunk, across, close, gaps, GRID)
    along = shifted(along, ranks, {node: place[1] for node, place in pins.items()}, GRID)
    picture = Picture(drawing, drawing.ids[trunk[0]], across, along)
    if not pins:
        return picture, (0.0, 0.0)
    on_trunk = set(trunk)
    first = min(pins, key=lambda node: (node not in on_trunk, ranks[node], node))
    return picture, (pins[first][0] - across[first], 0.0)


def _is_close(network: Network, drawing: Drawing, node: int) -> bool:
    """A follower that keeps the shape stands close, so that convolution, normalization, activation read as one."""
    links = drawing.sources[node]
    if len(links) != 1 or len(drawing.targets[links[0].source]) != 1:
        return False
    spec = catalogue.find(network.kind(drawing.ids[node]))
    return spec is not None and (spec.pointwise or spec.category == "normalization")
