"""Records: what is written is read back, and what does not fit is refused by name."""

import dataclasses
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import records
from builder.records import Document, Numbers, RecordProblem, Texts


@dataclasses.dataclass(frozen=True)
class Everything:
    """One field of each kind that records can hold."""

    text: str
    whole: int
    real: float
    flag: bool
    maybe: int | None
    numbers: Numbers
    document: Document
    texts: Texts = ()


GOOD = Everything("a", 1, 2.5, True, None, {"loss": 0.5}, {"x": [1]}, ("b",))


@given(
    st.builds(
        Everything,
        document=st.dictionaries(st.text(), st.integers() | st.text()),
        numbers=st.dictionaries(st.text(), st.floats(allow_nan=False)),
    )
)
def test_round_trip_through_strict_json(record: Everything) -> None:
    text = json.dumps(records.write(record), allow_nan=False)
    back = records.read(Everything, json.loads(text))
    assert back == record or math.isnan(record.real)


def test_non_finite_numbers_survive() -> None:
    record = dataclasses.replace(GOOD, real=math.inf, numbers={"loss": math.nan})
    back = records.read(Everything, json.loads(json.dumps(records.write(record), allow_nan=False)))
    assert back.real == math.inf
    assert math.isnan(back.numbers["loss"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 1),
        ("whole", True),
        ("whole", 1.0),
        ("real", "1"),
        ("real", True),
        ("real", 10**400),
        ("flag", 0),
        ("maybe", "x"),
        ("numbers", {"loss": "low"}),
        ("numbers", []),
        ("document", None),
        ("texts", ["a", 1]),
        ("texts", "a"),
    ],
)
def test_a_wrong_type_is_named(name: str, value: object) -> None:
    with pytest.raises(RecordProblem, match=name):
        records.read(Everything, records.write(GOOD) | {name: value})


def test_a_missing_field_is_named_and_a_new_one_passed_over() -> None:
    document = records.write(GOOD)
    assert records.read(Everything, document | {"newer": 1}) == GOOD
    del document["flag"]
    with pytest.raises(RecordProblem, match="flag"):
        records.read(Everything, document)
    with pytest.raises(RecordProblem, match="object"):
        records.read(Everything, [])
