"""Where the cost lies: shares that add up, heat that can be told apart."""

import pytest

from graphs.heat import COSTS, costs, heat, shares
from graphs.reporting import report
from tests.graphs.sketch import Sketch, classifier, with_block


@pytest.mark.parametrize("cost", COSTS)
def test_shares_add_up_to_the_cost_of_the_network(cost: str) -> None:
    found = report(with_block(repeat=2).project)
    assert sum(shares(found, cost).values()) == pytest.approx(1)
    assert sum(costs(found, cost).values()) == getattr(found, cost)
    assert all(0 <= share <= 1 for share in shares(found, cost).values())


def test_the_costliest_layer_is_hottest() -> None:
    hot = heat(shares(report(classifier().project), "parameters"))
    assert hot["fc1"] == 1
    assert 0.05 < hot["conv1"] < 1
    assert hot["relu1"] == 0


def test_heat_goes_by_powers_of_ten() -> None:
    assert heat({"a": 0.9, "b": 0.09, "c": 9e-9, "d": 0}, decades=2) == {"a": 1, "b": 0.5, "c": 0.05, "d": 0}
    assert heat({}) == {}


def test_a_length_that_is_not_known_is_taken_to_be_usual() -> None:
    sketch = Sketch().add("text", "Input", shape=["T", 4]).add("fc", "Linear", out_features=8)
    found = report(sketch.project)
    assert costs(found, "macs")["fc"] == 128 * 32
    assert costs(found, "macs", {"T": 10})["fc"] == 320


def test_nothing_drawn_costs_nothing() -> None:
    assert shares(report(Sketch().add("image", "Input", shape=[4]).project), "macs") == {"image": 0}
