"""The way of a wire from port to port: straight, curved, or round the nodes that it would pass behind.

Everything here is computed as if the network flows down; for one that flows right, x and y change places on the way in
and out. Rows of `ends` are x0, y0, x1, y1; rows of `rects` are left, top, right, bottom.
"""

from bisect import bisect_left

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from widgets.canvas.tables.node_geometry import Point, Rect

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

STRAIGHT, CURVED, AROUND, THROUGH = range(4)
LEAD = 12.0
"""How far a wire goes on from its port before it turns to go round."""
_ALIGNED = 0.5
_LEAST_HANDLE, _MOST_HANDLE = 24.0, 160.0
_RADIUS = 10.0
"""Of the corners of a wire that goes round, px."""
_SIZES = np.array([3.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0])
_PIECES = (2, 4, 6, 8, 11, 16, 22, 32, 50)
"""In how many straight lines a curve looks round, by how far it leads across on the screen in px, which alone decides
on how far these are off: half a px at most."""
_CORNER = np.linspace(0.0, 1.0, 4)
_SAMPLES = np.linspace(0.0, 1.0, 33)
_FLAT = 4.0
_CHUNK = 64
_STRIP = 256.0
_TURN = np.array([1, 0, 3, 2])


def turned(rows: Floats) -> Floats:
    """Return rows of coordinates with x and y changed over."""
    return rows[..., _TURN] if rows.shape[-1] == 4 else rows[..., ::-1]


def reach(ends: Floats) -> Floats:
    """Return how far the handles of each curve stick out, px."""
    along = np.abs(ends[:, 3] - ends[:, 1])
    across = np.abs(ends[:, 2] - ends[:, 0])
    return np.clip(along * 0.5, np.minimum(across * 0.5, _LEAST_HANDLE), _MOST_HANDLE)


def curve_points(ends: Floats, at: Floats) -> Floats:
    """Return points (wires, positions, 2) of the cubics at the positions `at` in 0..1."""
    handles = reach(ends)
    t, s = at[None, :], 1.0 - at[None, :]
    x = ends[:, 0:1] * (s**3 + 3 * s * s * t) + ends[:, 2:3] * (3 * s * t * t + t**3)
    y0, y1 = ends[:, 1:2], ends[:, 3:4]
    y = y0 * s**3 + (y0 + handles[:, None]) * 3 * s * s * t + (y1 - handles[:, None]) * 3 * s * t * t + y1 * t**3
    return np.stack([x, y], axis=-1)


def blocked(ends: Floats, own: Integers, rects: Floats) -> Flags:
    """Tell which curves would pass behind a node that is none of their own two (`own`, rows into `rects`)."""
    hit = np.zeros(len(ends), dtype=bool)
    if not len(ends) or not len(rects):
        return hit
    within = np.flatnonzero((rects[:, 3] > ends[:, 1].min()) & (rects[:, 1] < ends[:, 3].max()))
    by_top = within[np.argsort(rects[within, 1], kind="stable")]
    tops, tallest = rects[by_top, 1], float((rects[by_top, 3] - rects[by_top, 1]).max(initial=0.0))
    order = np.argsort(ends[:, 1], kind="stable")
    for start in range(0, len(order), _CHUNK):
        wires = order[start : start + _CHUNK]
        low, high = ends[wires, 1].min(), ends[wires, 3].max()
        near = by_top[np.searchsorted(tops, low - tallest) : np.searchsorted(tops, high)]
        hit[wires] = _blocked_by(ends[wires], own[wires], rects[near], near)
    return hit


def _blocked_by(ends: Floats, own: Integers, rects: Floats, numbers: Integers) -> Flags:
    left, right = np.minimum(ends[:, 0], ends[:, 2]), np.maximum(ends[:, 0], ends[:, 2])
    touching = (
        (rects[None, :, 0] < right[:, None] + 1)
        & (rects[None, :, 2] > left[:, None] - 1)
        & (rects[None, :, 1] < ends[:, 3:4])
        & (rects[None, :, 3] > ends[:, 1:2])
        & (numbers[None, :] != own[:, 0:1])
        & (numbers[None, :] != own[:, 1:2])
    )
    wires, nodes = np.nonzero(touching)
    points, boxes = curve_points(ends, _SAMPLES)[wires], rects[nodes]
    # Along the curve x and y both only grow or only shrink: beside a box it lies between the samples about its ends.
    last = len(_SAMPLES) - 1
    first = np.clip((points[..., 1] <= boxes[:, 1:2]).sum(axis=1) - 1, 0, last)
    after = np.clip((points[..., 1] < boxes[:, 3:4]).sum(axis=1), 0, last)
    pairs = np.arange(len(points))
    x0, x1 = points[pairs, first, 0], points[pairs, after, 0]
    inside = (np.maximum(x0, x1) > boxes[:, 0] - 3) & (np.minimum(x0, x1) < boxes[:, 2] + 3)
    return np.bincount(wires[inside], minlength=len(ends)).astype(bool)


def styles(ends: Floats, own: Integers, rects: Floats) -> npt.NDArray[np.int8]:
    """Return how each wire goes: STRAIGHT, CURVED or AROUND."""
    back = ends[:, 3] < ends[:, 1] + 1
    aligned = np.abs(ends[:, 0] - ends[:, 2]) <= _ALIGNED
    result = np.where(aligned, STRAIGHT, CURVED).astype(np.int8)
    forward = np.flatnonzero(~back)
    result[forward[blocked(ends[forward], own[forward], rects)]] = AROUND
    flat = np.abs(ends[:, 2] - ends[:, 0]) > _FLAT * (ends[:, 3] - ends[:, 1])
    result[back | (flat & (ends[:, 3] >= ends[:, 1] + 2 * LEAD))] = AROUND
    return result


class Lanes:
    """Finds where wires go round the nodes in their way, one after another, each clear of those before.

    taken: rows of lane, top, bottom of other wires that go round. ends: of the wires to come. What lies in reach of
    these is looked up in strips along the flow, so that each wire looks at its neighbourhood alone.
    """

    def __init__(self, rects: Floats, taken: Floats, ends: Floats) -> None:
        low, high = ends[:, [1, 3]].min(initial=np.inf) - LEAD, ends[:, [1, 3]].max(initial=-np.inf) + LEAD
        held = rects[(rects[:, 3] > low) & (rects[:, 1] < high)]
        self._tallest = float((held[:, 3] - held[:, 1]).max(initial=0.0))
        self._by_top = held[np.argsort(held[:, 1], kind="stable")]
        self._strips: dict[int, tuple[list[float], list[Rect]]] = {}
        self._taken: dict[int, list[tuple[float, float, float]]] = {}
        for lane in taken[(taken[:, 2] > low) & (taken[:, 1] < high)].tolist():
            self._taken.setdefault(int(lane[0] // _STRIP), []).append(tuple(lane))

    def take(self, x0: float, y0: float, x1: float, y1: float) -> float:
        """Return the x at which a wire goes round, and keep it for that wire.

        Straight above the target or below the source where nothing lies there, else right of the nodes between and
        clear of other lanes.
        """
        top, bottom = min(y0, y1), max(y0, y1)
        x = self._find(x0, y0, x1, y1, top - LEAD, bottom + LEAD)
        self._taken.setdefault(int(x // _STRIP), []).append((x, top, bottom))
        return x

    def _find(self, x0: float, y0: float, x1: float, y1: float, top: float, bottom: float) -> float:
        left, right = min(x0, x1), max(x0, x1)
        between = self._beside(left - 4, right + 4, top, bottom)
        if y1 >= y0 + 2 * LEAD:
            for x in (x1, x0):
                if _clear((x0, y0, x1, y1), x, between):
                    return x
        x = max([right, *(rect[2] for rect in between)]) + 2 * LEAD
        for _ in range(16):
            in_way = self._beside(x - LEAD, x + LEAD, top, bottom)
            if in_way:
                x = max(rect[2] for rect in in_way) + 2 * LEAD
                continue
            crowd = self._crowd(x, top, bottom)
            if not crowd:
                break
            x = max(crowd) + LEAD
        return x

    def _beside(self, left: float, right: float, top: float, bottom: float) -> list[Rect]:
        """Return the nodes that touch a rect."""
        found: list[Rect] = []
        for strip in _strips(left, right):
            tops, rects = self._in_strip(strip)
            near = rects[bisect_left(tops, top - self._tallest) : bisect_left(tops, bottom)]
            found += [rect for rect in near if rect[0] < right and rect[2] > left and rect[3] > top]
        return found

    def _in_strip(self, strip: int) -> tuple[list[float], list[Rect]]:
        """Return the nodes that touch a strip by their tops, found once a wire looks there."""
        if strip not in self._strips:
            lefts, rights = self._by_top[:, 0], self._by_top[:, 2]
            held = self._by_top[(lefts < (strip + 1) * _STRIP) & (rights >= strip * _STRIP)]
            self._strips[strip] = held[:, 1].tolist(), [*map(tuple, held.tolist())]
        return self._strips[strip]

    def _crowd(self, x: float, top: float, bottom: float) -> list[float]:
        """Return the lanes taken there that are too close to x."""
        near = [lane for strip in _strips(x - LEAD, x + LEAD) for lane in self._taken.get(strip, ())]
        return [at for at, start, end in near if abs(at - x) < LEAD - 1 and start < bottom and end > top]


def _strips(left: float, right: float) -> range:
    return range(int(left // _STRIP), int(right // _STRIP) + 1)


def _clear(ends: Rect, x: float, rects: list[Rect]) -> bool:
    """Tell whether a wire that turns to `x` at once, and to its target at last, passes behind none of a few nodes."""
    x0, y0, x1, y1 = ends
    legs = ((x0, y0 + LEAD, x, y0 + LEAD), (x, y0 + LEAD, x, y1 - LEAD), (x, y1 - LEAD, x1, y1 - LEAD))
    return not any(
        left < max(ax, bx) + 3 and right > min(ax, bx) - 3 and top < max(ay, by) - 0.5 and bottom > min(ay, by) + 0.5
        for left, top, right, bottom in rects
        for ax, ay, bx, by in legs
    )


def corners(ends: Floats, lanes: Floats) -> Floats:
    """Return the six points (wires, 6, 2) of wires that go round at `lanes`."""
    x0, y0, x1, y1 = ends.T
    xs = np.stack([x0, x0, lanes, lanes, x1, x1], axis=1)
    ys = np.stack([y0, y0 + LEAD, y0 + LEAD, y1 - LEAD, y1 - LEAD, y1], axis=1)
    return np.stack([xs, ys], axis=-1)


def segments(ends: Floats, style: npt.NDArray[np.int8], lanes: Floats, pieces: int) -> Floats:
    """Return all wires as straight lines, rows of x0, y0, x1, y1, curves in so many pieces."""
    plain = style == STRAIGHT if pieces > 1 else (style == STRAIGHT) | (style == CURVED)
    lines = [ends[plain], _chained(corners(ends[style == AROUND], lanes[style == AROUND]))]
    if pieces > 1:
        lines.append(_chained(curve_points(ends[style == CURVED], np.linspace(0.0, 1.0, pieces + 1))))
    return np.concatenate(lines)


def round_segments(
    ends: Floats, style: npt.NDArray[np.int8], lanes: Floats, zoom: float, *, sharp: bool = False
) -> Floats:
    """Return all wires as straight lines so short that at a zoom they look as round as the paths of `wire_path`.

    sharp: for hairlines, which are not round where they turn, and a px off at most.
    """
    lines, curved = [ends[style == STRAIGHT]], np.flatnonzero(style == CURVED)
    sizes = np.abs(ends[curved, 2] - ends[curved, 0]) * (zoom / 2 if sharp else zoom)
    classes = np.searchsorted(_SIZES, sizes)
    for number in np.flatnonzero(np.bincount(classes)).tolist():
        chosen = ends[curved[classes == number]]
        lines.append(_chained(curve_points(chosen, np.linspace(0.0, 1.0, _PIECES[number] + 1))))
    around = style == AROUND
    if around.any():
        points = corners(ends[around], lanes[around])
        lines.append(_chained(points if sharp else _rounded(points)))
    return np.concatenate(lines)


def _rounded(points: Floats) -> Floats:
    """Return chains of points (wires, 6, 2) with each corner cut in pieces of the curve that `wire_path` has there."""
    corner, before, after = points[:, 1:-1], points[:, :-2], points[:, 2:]
    start, end = (corner + _share(way) * way for way in (before - corner, after - corner))
    at = _CORNER[:, None]
    bent = (
        start[:, :, None] * (1 - at) ** 2 + corner[:, :, None] * (2 * at * (1 - at)) + end[:, :, None] * at**2
    ).reshape(len(points), -1, 2)
    return np.concatenate([points[:, :1], bent, points[:, -1:]], axis=1)


def _share(ways: Floats) -> Floats:
    """Return what part of each way from a corner to the next lies within the radius of the corner, at most half."""
    length = np.maximum(np.abs(ways).max(axis=-1, keepdims=True), 1e-9)
    share: Floats = np.minimum(_RADIUS, length / 2) / length
    return share


def _chained(points: Floats) -> Floats:
    return np.concatenate([points[:, :-1], points[:, 1:]], axis=-1).reshape(-1, 4)


def boxes(ends: Floats, style: npt.NDArray[np.int8], lanes: Floats) -> Floats:
    """Return the rect that holds each wire."""
    x0, y0, x1, y1 = ends.T
    result = np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)
    away = style == AROUND
    result[away, 2] = np.maximum(result[away, 2], lanes[away])
    result[away, 0] = np.minimum(result[away, 0], lanes[away])
    result[away, 1] -= LEAD
    result[away, 3] += LEAD
    return result


def wire_path(ends: tuple[float, float, float, float], style: int, lane_at: float, flow: str) -> QPainterPath:
    """Return the path of one wire; `ends` and `lane_at` as the network flows, with round corners where it turns."""
    x0, y0, x1, y1 = ends
    if flow == "right":
        x0, y0, x1, y1 = y0, x0, y1, x1
    if style == AROUND:
        points = [(x0, y0), (x0, y0 + LEAD), (lane_at, y0 + LEAD), (lane_at, y1 - LEAD), (x1, y1 - LEAD), (x1, y1)]
    elif style == CURVED:
        handle = min(max(abs(y1 - y0) * 0.5, min(abs(x1 - x0) * 0.5, _LEAST_HANDLE)), _MOST_HANDLE)
        points = [(x0, y0), (x0, y0 + handle), (x1, y1 - handle), (x1, y1)]
    else:
        points = [(x0, y0), (x1, y1)]
    if flow == "right":
        points = [(y, x) for x, y in points]
    return _joined([QPointF(x, y) for x, y in points], curved=style == CURVED)


def bent_path(points: list[Point]) -> QPainterPath:
    """Return straight lines from point to point with round corners."""
    return _joined([QPointF(x, y) for x, y in points], curved=False)


def _joined(points: list[QPointF], *, curved: bool) -> QPainterPath:
    path = QPainterPath(points[0])
    if curved:
        path.cubicTo(*points[1:])
        return path
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _toward(corner, before), _toward(corner, after)
        path.lineTo(start)
        path.quadTo(corner, end)
    path.lineTo(points[-1])
    return path


def _toward(corner: QPointF, other: QPointF, radius: float = _RADIUS) -> QPointF:
    """Return the point `radius` px from a corner toward a neighbour, at most half way."""
    way = other - corner
    length = max(abs(way.x()), abs(way.y()))
    return corner + way * (min(radius, length / 2) / length) if length else corner


def distances(point: tuple[float, float], lines: Floats) -> Floats:
    """Return the distance of a point from each row of x0, y0, x1, y1."""
    start, way = lines[:, :2], lines[:, 2:] - lines[:, :2]
    off = np.asarray(point) - start
    length = np.maximum((way * way).sum(axis=1), 1e-9)
    share = np.clip((off * way).sum(axis=1) / length, 0.0, 1.0)
    away: Floats = np.hypot(*(off - way * share[:, None]).T)
    return away
