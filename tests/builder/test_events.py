"""Events and controls as JSON lines: each kind there is, and the kinds there are not."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import events
from builder.events import CONTROLS, EVENTS, AddEpochs, EpochEnded, SetLearningRate, UnknownEvent
from graphs.errors import UserError

NUMBERS = st.dictionaries(st.text(), st.floats(allow_nan=False))
FINITE = st.floats(min_value=0, allow_infinity=False)
FIELDS = {"metrics": NUMBERS, "results": st.dictionaries(st.text(), st.integers() | st.text())}


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
@given(data=st.data())
def test_every_event_survives_its_line(kind: type[events.Event], data: st.DataObject) -> None:
    named = {name: strategy for name, strategy in FIELDS.items() if name in kind.__annotations__}
    reals = {name: FINITE for name, hint in kind.__annotations__.items() if hint in (float, float | None)}
    event = data.draw(st.builds(kind, time=FINITE, **named, **reals))
    line = json.dumps(events.encode(event), allow_nan=False)
    assert events.decode_events([json.loads(line)]) == [event]


@pytest.mark.parametrize("kind", CONTROLS.values(), ids=CONTROLS)
def test_every_control_survives_its_line(kind: type[events.Control]) -> None:
    control = kind(**dict.fromkeys(kind.__annotations__, 2))
    line = json.dumps(events.encode(control), allow_nan=False)
    assert events.decode_controls([json.loads(line)]) == [control]


def test_a_loss_that_is_no_number_crosses() -> None:
    (event,) = events.decode_events([events.encode(EpochEnded(1, 10, {"loss": math.nan}))])
    assert isinstance(event, EpochEnded)
    assert math.isnan(event.metrics["loss"])


def test_an_event_of_a_newer_version_is_kept_as_it_came() -> None:
    document = {"type": "Pondered", "time": 3.5, "depth": [1, 2]}
    (event,) = events.decode_events([document])
    assert event == UnknownEvent("Pondered", {"depth": [1, 2]}, time=3.5)
    assert events.encode(event) == document


@pytest.mark.parametrize("document", [{}, {"type": "Finished", "reason": 3}, {"type": ["x"], "time": "noon"}])
def test_an_event_that_does_not_read_is_kept_and_never_raises(document: dict[str, object]) -> None:
    assert isinstance(events.decode_events([document])[0], UnknownEvent)


def test_a_control_that_does_not_read_is_not_guessed_at() -> None:
    documents = [
        {"type": "SetLearningRate", "time": 0, "lr": -1},
        {"type": "Explode"},
        {"type": "AddEpochs", "count": 0},
    ]
    assert events.decode_controls(documents) == []


@pytest.mark.parametrize("lr", [0.0, -1.0, math.nan, math.inf])
def test_a_learning_rate_must_be_finite_and_positive(lr: float) -> None:
    with pytest.raises(UserError, match="learning rate"):
        SetLearningRate(lr)


def test_epochs_are_added_not_taken_away() -> None:
    with pytest.raises(UserError, match="epochs"):
        AddEpochs(0)
