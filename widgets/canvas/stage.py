"""Stages: the network on view, and each block that stands open on it; on one of them the hand works."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from widgets.canvas.lens import Lens
from widgets.canvas.scene import Scene
from widgets.canvas.standing import Standing
from widgets.canvas.tables.hit import Hits
from widgets.canvas.tables.node_geometry import node_measures


@dataclass(frozen=True, slots=True)
class Stage:
    """A scene, the lens through which it is seen, and what passes over it.

    blocks: the open blocks that lead here from the network on view, none for that network itself.
    """

    scene: Scene
    lens: Lens
    standing: Standing
    blocks: tuple[str, ...] = ()

    @property
    def hits(self) -> Hits:
        """What lies under points of the view, on this stage."""
        return Hits(self.scene, self.lens)

    def bare(self, place: QPointF) -> bool:
        """Tell whether nothing lies under a point of the view on this stage: no layer, wire, frame or note."""
        return self.hits.at(place).empty and self.scene.board.at(place, self.lens) is None

    def within(self, block: str) -> "Stage | None":
        """Return the stage in an open block of this one, as it is seen now; None where the block is not open."""
        inside = self.scene.insides.get(block)
        if inside is None or block not in self.scene.nodes:
            return None
        inside.stand(self.scene.rect(block), self.lens)
        return Stage(inside.scene, inside.camera, inside.standing, (*self.blocks, block))

    def reached(self, blocks: Iterable[str]) -> "Stage":
        """Return the stage to which open blocks lead, or the last on the way there."""
        stage = self
        for block in blocks:
            inner = stage.within(block)
            if inner is None:
                break
            stage = inner
        return stage

    def at(self, place: QPointF) -> "Stage":
        """Return the innermost stage whose ground a point of the view is over."""
        stage = self
        while (inner := stage._below(place)) is not None:
            stage = inner
        return stage

    def touched(self, place: QPointF) -> "Stage":
        """Return the stage on which something lies under a point of the view, the innermost first; else this one."""
        stage = self.at(place)
        while stage.blocks != self.blocks and stage.bare(place):
            stage = self.reached(stage.blocks[len(self.blocks) : -1])
        return stage

    def pressed(self, place: QPointF) -> "Stage":
        """Return the stage on which a press works: that of an open block on its bare ground too."""
        touched, ground = self.touched(place), self.at(place)
        if touched.blocks == ground.blocks:
            return ground
        hit = touched.hits.at(place)
        bare = hit.port is None and hit.node == ground.blocks[len(touched.blocks)]
        return ground if bare else touched

    def _below(self, place: QPointF) -> "Stage | None":
        """Return the stage in the open block whose body, below its head, is under a point of the view."""
        if not self.scene.insides or (block := self.hits.node(place)) is None:
            return None
        head = self.scene.rect(block)[1] + node_measures().header
        return self.within(block) if self.lens.to_scene(place).y() > head else None

    def all(self) -> "Iterator[Stage]":
        """Yield this stage and those in its open blocks, at whatever depth."""
        yield self
        for block in self.scene.insides:
            if (inner := self.within(block)) is not None:
                yield from inner.all()
