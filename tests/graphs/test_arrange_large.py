"""Automatic layout of large networks: few crossings, the same picture for repeated blocks, told how far it is."""

import pytest

from graphs.arrange import Stopped, arrange
from graphs.edits import Move
from graphs.network import Network
from graphs.project import Project
from tests.graphs.drawn_graphs import crossings, residual, strewn, transformer


def arranged(project: Project) -> Network:
    """The main network, laid out with nodes all of one size."""
    Move("main", arrange(project.main, {})).apply(project)
    return project.main


@pytest.mark.parametrize("flow", ["down", "right"])
@pytest.mark.parametrize(
    ("project", "most"),
    [
        (residual(249), 0),
        (transformer(32), 0),
        (strewn(1000, 1500, window=12), 1268),
        (strewn(3000, 4500, window=6), 1196),
    ],
    ids=["residual", "transformer", "strewn 1,000", "strewn 3,000"],
)
def test_few_wires_cross(project: Project, most: int, flow: str) -> None:
    project.main.graph.graph["flow"] = flow
    assert crossings(arranged(project)) <= most


def test_repeated_blocks_get_the_same_picture() -> None:
    network = arranged(transformer(4))
    pictures = []
    for block in range(4):
        nodes = [f"n{1 + 31 * block + number}" for number in range(31)]
        x, y = network.position(nodes[0])
        pictures.append([(network.position(node)[0] - x, network.position(node)[1] - y) for node in nodes])
    assert pictures[1:] == pictures[:-1]


def test_progress_grows_to_the_whole() -> None:
    told: list[float] = []

    def progress(share: float) -> bool:
        told.append(share)
        return True

    arrange(strewn(300, 450).main, {}, progress=progress)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert len(told) > 5


def test_progress_can_stop_it() -> None:
    told: list[float] = []

    def progress(share: float) -> bool:
        told.append(share)
        return share < 0.3

    with pytest.raises(Stopped):
        arrange(strewn(300, 450).main, {}, progress=progress)
    assert told[-1] >= 0.3
    assert told[-1] < 1.0
