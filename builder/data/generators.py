"""Sources that make their data up: two-dimensional points and waves, the same for the same seed."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from builder.data.sources import SOURCES, SourceSpec
from builder.data.table import LABEL, NUMBER, SEQUENCE, TARGET, VECTOR, Array, Column, Table
from graphs.errors import ValueProblem
from graphs.parameters import Choice, Integer, Real, Value

MOST_ROWS = 1_000_000
MOST_NUMBERS = 100_000_000
NEXT_VALUE, FREQUENCY = "next value", "frequency"


def _count(default: int) -> Integer:
    return Integer(name="count", default=default, low=10, high=MOST_ROWS, unit="rows", doc="How many to make.")


def _noise(default: float) -> Real:
    doc = "Spread of the random shift of each number."
    return Real(name="noise", default=default, low=0, high=10, doc=doc)


SEED = Integer(name="seed", default=0, low=0, high=2**32 - 1, doc="Another seed gives other random numbers.")


def _points(title: str, places: Array, codes: Array, values: Mapping[str, Value], random: np.random.Generator) -> Table:
    """Return points (N, 2) with noise and their class, in random order."""
    order = random.permutation(len(codes))
    noisy = (places + random.normal(0, values["noise"], places.shape))[order]
    classes = tuple(chr(ord("A") + code) for code in range(int(codes.max()) + 1))
    label = Column("class", LABEL, codes[order].astype(np.int64), classes, role=TARGET)
    return Table(title, (Column("x", NUMBER, noisy[:, 0]), Column("y", NUMBER, noisy[:, 1]), label))


def _read_moons(values: Mapping[str, Value], folder: Path) -> Table:
    random = np.random.default_rng(values["seed"])
    codes = np.arange(values["count"]) % 2
    angle = random.uniform(0, np.pi, len(codes))
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    return _points("Two moons", np.where(codes[:, np.newaxis] == 0, upper, lower), codes, values, random)


def _read_spirals(values: Mapping[str, Value], folder: Path) -> Table:
    random = np.random.default_rng(values["seed"])
    codes = np.arange(values["count"]) % values["arms"]
    radius = np.sqrt(random.uniform(0.01, 1, len(codes)))
    angle = 2 * np.pi * (radius * values["turns"] + codes / values["arms"])
    places = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return _points("Spirals", places, codes, values, random)


def _read_sines(values: Mapping[str, Value], folder: Path) -> Table:
    """Return waves (N, T, 1) of unit height, each with a random phase and one of a few frequencies."""
    random = np.random.default_rng(values["seed"])
    count, length, kinds = values["count"], values["length"], values["frequencies"]
    if count * length > MOST_NUMBERS:
        raise ValueProblem("count", count, f"{MOST_NUMBERS // length:,} waves or fewer at a length of {length:,}")
    codes = random.permutation(np.arange(count) % kinds)
    steps = np.arange(length + 1) / length
    phase = random.uniform(0, 2 * np.pi, (count, 1))
    waves = np.sin(2 * np.pi * (codes[:, np.newaxis] + 1) * steps + phase)
    waves = (waves + random.normal(0, values["noise"], waves.shape)).astype(np.float32)
    sequence = Column("wave", SEQUENCE, waves[:, :-1, np.newaxis])
    if values["target"] == NEXT_VALUE:
        return Table("Sine waves", (sequence, Column("next", VECTOR, waves[:, -1:], role=TARGET)))
    classes = tuple(f"{kind + 1} a window" for kind in range(kinds))
    return Table("Sine waves", (sequence, Column("frequency", LABEL, codes.astype(np.int64), classes, role=TARGET)))


SOURCES.add(
    SourceSpec(
        name="moons",
        title="Two moons",
        summary="Points on two half circles that reach into one another: no line parts them.",
        parameters=(_count(1000), _noise(0.1), SEED),
        read=_read_moons,
    )
)

SOURCES.add(
    SourceSpec(
        name="spirals",
        title="Spirals",
        summary="Points on arms that wind round one another: hard for a small network.",
        parameters=(
            _count(1000),
            _noise(0.02),
            Integer(name="arms", default=2, low=2, high=10, doc="One class an arm."),
            Real(name="turns", default=1.5, low=0.1, high=10, doc="How often an arm winds round the middle."),
            SEED,
        ),
        read=_read_spirals,
    )
)

SOURCES.add(
    SourceSpec(
        name="sines",
        title="Sine waves",
        summary="Waves of a few frequencies: tell the frequency, or the value that comes next.",
        parameters=(
            Choice(name="target", default=FREQUENCY, options=(FREQUENCY, NEXT_VALUE), doc="What is to be learned."),
            _count(1000),
            Integer(name="length", default=50, low=2, high=10_000, unit="steps", doc="Steps in a wave."),
            Integer(name="frequencies", default=3, low=1, high=20, doc="How many different ones."),
            _noise(0.05),
            SEED,
        ),
        read=_read_sines,
    )
)
