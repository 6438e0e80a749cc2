"""Watching a run: curves that grow and go back, times, words; and how runs are written in words."""

from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as some

from builder.events import (
    AddEpochs,
    ControlApplied,
    EpochEnded,
    Event,
    Failed,
    Finished,
    Message,
    Pause,
    Resume,
    Started,
    encode,
)
from builder.lines import append
from builder.ring import Writer
from builder.states import State
from tests.widgets.training import made, short
from widgets import run_words
from widgets.series import Series
from widgets.watch import LOSS, Watch

COLUMNS = ("step", "epoch", "time", "loss", "lr")


def watched(folder: Path, *events: Event, steps: int = 0, first: float = 100.0) -> Watch:
    """A watch of a run that said these events and did so many steps, a second apart."""
    run = made(folder, short())
    with_steps = Writer(run.ring_file, COLUMNS, 256)
    for step in range(1, steps + 1):
        with_steps.append((step, 1, first + step, 1 / step, 0.1))
    with_steps.close()
    for event in events:
        append(run.events_file, encode(event))
    watch = Watch.of(run)
    watch.catch_up()
    return watch


def started(**more: object) -> Started:
    fields = {"time": 100.0, "total_epochs": 10, "steps_per_epoch": 8, **more}
    return Started("cpu", **fields)  # type: ignore[arg-type]  # a test's own options


@given(some.lists(some.integers(0, 50), min_size=1, max_size=60))
def test_a_series_rises_and_its_last_point_is_the_last_that_came(places: list[int]) -> None:
    series = Series()
    for number, place in enumerate(places):
        series.add(float(place), float(number))
    assert (numpy.diff(series.x) > 0).all()
    assert series.x[-1] == places[-1]
    assert series.y[-1] == len(places) - 1


def test_a_series_grows_by_any_number_of_points() -> None:
    series = Series()
    series.extend(numpy.arange(1000.0), numpy.arange(1000.0))
    series.extend(numpy.arange(990.0, 5000.0), numpy.zeros(4010))
    assert series.count == 5000
    assert series.y[989] == 989.0
    assert series.y[990:].sum() == 0.0


def test_the_time_left_follows_from_the_steps_done(tmp_path: Path) -> None:
    watch = watched(tmp_path, started(), steps=40)
    assert watch.step == 40
    assert watch.fraction == 0.5
    assert watch.seconds_so_far == pytest.approx(40.0)
    assert watch.seconds_left == pytest.approx(40.0)
    assert watch.samples_per_second == pytest.approx(16.0) or watch.samples_per_second is None


def test_there_is_no_guess_before_twenty_steps(tmp_path: Path) -> None:
    assert watched(tmp_path, started(), steps=19).seconds_left is None


def test_pauses_do_not_count(tmp_path: Path) -> None:
    pause, resume = ControlApplied(Pause.__name__, 5, time=105.0), ControlApplied(Resume.__name__, 5, time=125.0)
    watch = watched(tmp_path, started(), pause, resume, EpochEnded(1, 8, {"loss": 1.0}, time=128.0))
    assert watch.seconds_so_far == pytest.approx(8.0)


def test_more_epochs_lengthen_the_run(tmp_path: Path) -> None:
    watch = watched(tmp_path, started(), ControlApplied(AddEpochs.__name__, 5, 10.0), steps=40)
    assert watch.total_epochs == 20
    assert watch.fraction == 0.25


def test_the_best_epoch_is_that_of_the_lowest_validation_loss(tmp_path: Path) -> None:
    losses = (3.0, 1.0, float("nan"), 2.0)
    ends = [
        EpochEnded(place, place * 8, {"loss": 5.0 - place, "validation.loss": loss})
        for place, loss in enumerate(losses, 1)
    ]
    assert watched(tmp_path, started(), *ends).best_epoch == 2


def test_a_step_curve_stands_over_epochs(tmp_path: Path) -> None:
    watch = watched(tmp_path, started(), steps=16)
    assert watch.curves[LOSS].x[-1] == 2.0
    assert watch.curves[LOSS].y[0] == 1.0


def test_messages_failures_and_results_are_kept(tmp_path: Path) -> None:
    failed, said = Failed("Title", "What", "Advice"), Message("warning", "Look out")
    watch = watched(tmp_path, started(), said, failed)
    assert said in watch.messages
    assert [(line.level, line.text) for line in watch.messages][-1] == ("error", "Title. What Advice")
    assert watch.failed == failed
    later = watched(tmp_path, started(), Finished("completed", {"best_epoch": 3}))
    assert later.best_epoch == 3


def test_a_damaged_ring_is_said_once(tmp_path: Path) -> None:
    run = made(tmp_path, short())
    run.ring_file.write_bytes(b"no ring")
    watch = Watch.of(run)
    watch.catch_up()
    watch.look()
    assert [message.level for message in watch.messages] == ["warning"]
    assert "damaged" in watch.messages[0].text


@pytest.mark.parametrize(
    ("seconds", "words", "rough"),
    [
        (0.4, "0 s", "0 s"),
        (42, "42 s", "42 s"),
        (61, "1 min 01 s", "1 min"),
        (188, "3 min 08 s", "3 min"),
        (7500, "2 h 05 min", "2 h"),
        (273_600, "3 d 4 h", "3 d"),
    ],
)
def test_times_in_words(seconds: float, words: str, rough: str) -> None:
    assert run_words.duration(seconds) == words
    assert run_words.rough(seconds) == rough


def test_a_run_in_one_line(tmp_path: Path) -> None:
    watch = watched(tmp_path, started(total_epochs=40), steps=160)
    watch.state, watch.title, watch.epoch = State.RUNNING, "Run 7", 13
    assert run_words.progress_line(watch) == "Run 7, epoch 14 of 40, 50 %, 3 min left"
    watch.state = State.PAUSED
    assert run_words.progress_line(watch).startswith("Run 7, paused, epoch 14 of 40")


def test_the_time_left_is_said_with_about_at_first(tmp_path: Path) -> None:
    watch = watched(tmp_path, started(total_epochs=1000), steps=40)
    watch.state = State.RUNNING
    assert run_words.time_left(watch) == "about 2 h left"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("accuracy", 0.847, "84.7 %"),
        ("validation.species.f1", 1.0, "100.0 %"),
        ("loss", 0.4371, "0.437"),
        ("loss", 0.00012345, "0.000123"),
        ("rmse", 54321.0, "5.43e+04"),
        ("loss", float("nan"), "not a number"),
    ],
)
def test_metrics_in_words(name: str, value: float, words: str) -> None:
    assert run_words.metric_value(name, value) == words


def test_every_state_has_a_look() -> None:
    assert set(run_words.STATE_LOOKS) == set(State)
    looks = [(look.icon, look.chip) for look in run_words.STATE_LOOKS.values()]
    assert len(set(looks)) >= len(looks) - 1  # stopping and stopped look alike, and say their word
