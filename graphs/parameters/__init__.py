"""Parameter kinds: what a user may choose, its range, its unit, and how it is read from text, files and forms.

The same kinds declare layers, data sources, optimizers, schedules, recipes, templates' options and settings.
A value lives in its canonical form, which is hashable but for mappings: sizes are tuples, never lists.
A number may be an expression string (see `graphs.expressions`) where its parameter says `expression=True`.
"""

from graphs.parameters.base import Parameter, Value
from graphs.parameters.compound import Mapped, Sized
from graphs.parameters.numeric import Integer, Number, Real
from graphs.parameters.places import FARTHEST, Pair, Pairs
from graphs.parameters.sizes import Integers, Size
from graphs.parameters.words import Boolean, Choice, FilePath, Text

__all__ = [
    "FARTHEST",
    "Boolean",
    "Choice",
    "FilePath",
    "Integer",
    "Integers",
    "Mapped",
    "Number",
    "Pair",
    "Pairs",
    "Parameter",
    "Real",
    "Size",
    "Sized",
    "Text",
    "Value",
]
