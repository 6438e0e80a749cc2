"""Puts the pictures of parts down on the canvas, clear of what stays and of one another."""

from collections.abc import Collection, Mapping

from graphs.arranging.along import up
from graphs.arranging.framed import steps_for_frames
from graphs.arranging.ground import Box, Ground
from graphs.arranging.measures import GRID, USUAL_SIZE, Gaps, Place, snap
from graphs.arranging.ordering import Step
from graphs.arranging.picture import Picture, lay_out
from graphs.network import Network


class Table:
    """Where nodes stand: across and along the flow, the middle of the edge where wires come in."""

    def __init__(
        self,
        network: Network,
        sizes: Mapping[str, Place],
        down: bool,
        gaps: Gaps,
        stay: Collection[str],
        nodes: set[str],
    ) -> None:
        self.network = network
        self.down = down
        self.gaps = gaps
        self.size = {node: self._turned(sizes.get(node, USUAL_SIZE)) for node in network}
        self.fixed = {node: self._drawn(node) for node in network if node not in nodes or node in stay}
        self.found: dict[str, Place] = {}
        self.ground = Ground(self._box(node, place) for node, place in self.fixed.items())

    def _turned(self, pair: Place) -> Place:
        return (pair[0], pair[1]) if self.down else (pair[1], pair[0])

    def _drawn(self, node: str) -> Place:
        return self._turned(self.network.position(node))

    def _box(self, node: str, place: Place) -> Box:
        width, length = self.size[node]
        return Box(place[0] - width / 2, place[0] + width / 2, place[1], place[1] + length)

    def places(self) -> dict[str, Place]:
        """Return the positions of all nodes that were placed."""
        return {node: self._turned(place) for node, place in self.found.items()}

    def place_all(self, parts: list[set[str]], step: Step) -> None:
        """Place parts side by side; at their right the nodes without wires, below one another."""
        wired = [part for part in parts if len(part) > 1] or parts[:1]
        loose = [node for part in parts if len(part) == 1 and part is not wired[0] for node in part]
        edge, begin, end, done, first = None, 0.0, 0.0, 0, ""
        total = sum(map(len, parts))
        for part in wired:
            picture, at = self._lay_out(part, _share(step, done / total, len(part) / total))
            if part.isdisjoint(self.fixed):
                at = self._anchor(picture)
                if edge is not None:
                    at = up(edge + self.gaps.branch - min(box.left for box in picture.boxes((0, 0))), GRID), begin
            covered = self._put_down(picture, at)
            begin = min(box.start for box in covered) if edge is None else begin
            first = first or picture.start
            edge = max([box.right for box in covered] + ([] if edge is None else [edge]))
            end = max([end, *(box.end for box in covered)])
            done += len(part)
        loose = [node for node in loose if node not in self.fixed]
        self._place_loose(loose, (edge or 0.0, begin), max(end, begin + GRID * 16 * len(loose) ** 0.5))
        if not self.fixed and self.network.attributes.get("frames"):
            self._make_room_for_frames(first)

    def _make_room_for_frames(self, first: str) -> None:
        """Move what is placed along the flow so that frames keep off their neighbours; `first` stays."""
        boxes = {node: self._box(node, place) for node, place in self.found.items()}
        steps = steps_for_frames(self.network, boxes, self.down)
        self.found = {n: (x, y + steps[n] - steps[first]) for n, (x, y) in self.found.items()}

    def place_among(self, parts: list[set[str]], fresh: Collection[str], step: Step) -> None:
        """Place each part where it is, or near its neighbours if all of it is fresh, clear of all that stays."""
        done, total = 0, sum(map(len, parts))
        for part in parts:
            picture, at = self._lay_out(part, _share(step, done / total, len(part) / total))
            if part.isdisjoint(self.fixed):
                at = self._anchor(picture)
                if part.issubset(fresh):
                    at = self._beside_neighbours(picture, part, at)
            self._put_down(picture, at)
            done += len(part)

    def _lay_out(self, part: set[str], step: Step) -> tuple[Picture, Place]:
        return lay_out(self.network, part, self.size, self.fixed, self.gaps, step)

    def _anchor(self, picture: Picture) -> Place:
        """Return where the picture stands for its trunk to start where it does now."""
        across, along = self._drawn(picture.start)
        first = picture.along[picture.drawing.ids.index(picture.start)]
        return snap(across), snap(along) - first

    def _beside_neighbours(self, picture: Picture, part: set[str], at: Place) -> Place:
        """Return a place behind all layers that feed the part, or else before all that it feeds."""
        graph = self.network.graph
        feeds = [
            self._box(n, self._drawn(n)) for node in picture.drawing.ids for n in graph.pred[node] if n not in part
        ]
        if feeds:
            last = max(feeds, key=lambda box: (box.end, box.left))
            return snap((last.left + last.right) / 2), up(last.end + self.gaps.label, GRID)
        reads = [
            self._box(n, self._drawn(n)) for node in picture.drawing.ids for n in graph.succ[node] if n not in part
        ]
        if reads:
            first = min(reads, key=lambda box: (box.start, box.left))
            length = max(box.end for box in picture.boxes((0, 0)))
            return snap((first.left + first.right) / 2), -up(length + self.gaps.label - first.start, GRID)
        return at

    def _put_down(self, picture: Picture, at: Place) -> list[Box]:
        """Put a picture down as it is, or node by node where some of its nodes stay."""
        boxes, names = picture.boxes(at), picture.drawing.ids
        movable = [number for number, node in enumerate(names) if node not in self.fixed]
        whole = len(movable) == len(names)
        aside = self.ground.step_aside(boxes, self.gaps.branch, self.gaps.stack, GRID) if whole else 0.0
        for number in sorted(movable, key=lambda number: (abs(picture.across[number]), number)):
            if not whole:
                aside = self.ground.step_aside([boxes[number]], self.gaps.stack, 0, GRID)
            boxes[number] = _moved(boxes[number], aside)
            self.found[names[number]] = at[0] + picture.across[number] + aside, at[1] + picture.along[number]
            self.ground.take(boxes[number])
        return boxes

    def _place_loose(self, nodes: list[str], at: Place, end: float) -> None:
        """Place nodes without wires in columns that end where the rest of the drawing does, at `end`."""
        left, along, widest = at[0] + self.gaps.branch, at[1], 0.0
        for node in nodes:
            width, length = self.size[node]
            if widest and along + length > end:
                left, along, widest = left + widest + self.gaps.branch, at[1], 0.0
            widest = max(widest, width)
            place = up(left + width / 2, GRID), along
            box = self._box(node, place)
            aside = self.ground.step_aside([box], self.gaps.stack, 0, GRID)
            self.found[node] = place[0] + aside, along
            self.ground.take(_moved(box, aside))
            along = up(along + length + self.gaps.label, GRID)


def _moved(box: Box, aside: float) -> Box:
    return Box(box.left + aside, box.right + aside, box.start, box.end)


def _share(step: Step, start: float, share: float) -> Step:
    return lambda fraction: step(start + share * fraction)
