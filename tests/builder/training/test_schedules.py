"""Schedules against torch's own, and the parts torch has no closed form for."""

import math

import pytest
import torch

from builder.training.schedules import SCHEDULES, Schedule

STEPS, EPOCH = 100, 10


def rates(value: dict[str, object], warmup: int = 0) -> list[float]:
    schedule = Schedule(value, 0.1, warmup)
    return [schedule.rate(step, STEPS, EPOCH) for step in range(STEPS)]


def torch_rates(make: "type[torch.optim.lr_scheduler.LRScheduler]", every: int, **settings: float) -> list[float]:
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    scheduler = make(optimizer, **settings)
    found = []
    for step in range(STEPS):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if (step + 1) % every == 0:
            scheduler.step()
    return found


def test_cosine_is_that_of_torch() -> None:
    expected = torch_rates(torch.optim.lr_scheduler.CosineAnnealingLR, 1, T_max=STEPS, eta_min=0.01)
    assert rates({"kind": "cosine", "lowest": 0.1}) == pytest.approx(expected)


def test_step_is_that_of_torch() -> None:
    expected = torch_rates(torch.optim.lr_scheduler.StepLR, EPOCH, step_size=3, gamma=0.5)
    assert rates({"kind": "step", "step_size": 3, "gamma": 0.5}) == pytest.approx(expected)


@pytest.mark.parametrize("kind", SCHEDULES.names())
def test_every_schedule_starts_at_the_base_rate_and_stays_positive_before_the_end(kind: str) -> None:
    found = rates({"kind": kind})
    assert found[0] == pytest.approx(0.1)
    assert all(0 < rate <= 0.1 for rate in found)


@pytest.mark.parametrize("kind", SCHEDULES.names())
def test_warm_up_grows_evenly_to_the_base_rate(kind: str) -> None:
    found = rates({"kind": kind}, warmup=5)
    assert found[:5] == pytest.approx([0.02, 0.04, 0.06, 0.08, 0.1])


def test_plateau_reduces_when_the_loss_stands_still_and_remembers_it_through_a_resume() -> None:
    schedule = Schedule({"kind": "plateau", "patience": 2, "factor": 0.5}, 0.1, 0)
    assert [schedule.epoch_ended(loss) for loss in (1.0, 0.9, 0.95, 0.9)] == [False, False, False, True]
    assert schedule.rate(50, STEPS, EPOCH) == pytest.approx(0.05)
    again = Schedule({"kind": "plateau", "patience": 2, "factor": 0.5}, 0.1, 0)
    again.restore(schedule.state())
    assert [again.epoch_ended(loss) for loss in (1.0, 1.0)] == [False, True]
    assert again.rate(50, STEPS, EPOCH) == pytest.approx(0.025)


def test_a_new_schedule_has_seen_no_loss() -> None:
    assert Schedule({"kind": "plateau"}, 0.1, 0).state()["best"] == math.inf
