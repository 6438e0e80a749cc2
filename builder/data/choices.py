"""What there is to choose about data, declared once: form, file and command line follow from it."""

from builder.data.sources import SOURCES
from builder.data.table import IGNORE, INPUT, ROLES, TARGET
from graphs.declarations import Declaration, Nested, Variant
from graphs.parameters import Boolean, Choice, Integer, Mapped, Real, Text

STANDARD, MINMAX, NONE = "standard", "minmax", "none"
MEAN, MEDIAN, MOST_FREQUENT, DROP = "mean", "median", "most frequent", "drop"
ONE_HOT, INDEX = "one-hot", "index"
_SCALES = (STANDARD, MINMAX, NONE)

SPLIT = Declaration(
    name="split",
    summary="Which rows train the network, which choose among networks, and which judge the last one.",
    parameters=(
        Real(name="validation", default=0.2, low=0, high=0.9, doc="Share of the rows for validation."),
        Real(name="test", default=0.0, low=0, high=0.9, doc="Share of the rows kept for a last test."),
        Integer(name="seed", default=0, low=0, high=2**32 - 1, doc="Another seed gives another split."),
        Boolean(name="stratify", default=True, doc="Whether each part has the classes in the same shares."),
        Boolean(name="shuffle", default=True, doc="No: the first rows train, the last validate and test."),
    ),
)

COLUMN = Declaration(
    name="column",
    summary="What a column of the table is for.",
    parameters=(
        Choice(name="role", default=INPUT, options=ROLES, doc=f"{INPUT}, {TARGET} or {IGNORE}."),
        Text(name="node", doc="Name of the input or output of the network; found out when empty."),
    ),
)

DATA = Declaration(
    name="data",
    summary="Where the data comes from, and what happens to it before the network gets it.",
    parameters=(
        Variant(name="source", default=None, optional=True, options=SOURCES, doc="Where the data comes from."),
        Nested(name="split", declaration=SPLIT, doc="Training, validation and test rows."),
        Mapped(
            name="columns",
            each=Nested(name="column", declaration=COLUMN),
            doc="Roles of columns that differ from the proposal.",
        ),
        Choice(
            name="scale",
            default=STANDARD,
            options=_SCALES,
            doc="Numbers to mean 0 and spread 1, or to 0 to 1, as measured on the training rows.",
        ),
        Choice(
            name="target_scale",
            default=STANDARD,
            options=_SCALES,
            doc="The same for numbers that are to be predicted; results are told in the data's own unit.",
        ),
        Choice(
            name="missing",
            default=MEAN,
            options=(MEAN, MEDIAN, MOST_FREQUENT, DROP),
            doc="What fills an empty cell (in categories, always the most frequent), or drop the row.",
        ),
        Choice(
            name="categories",
            default=ONE_HOT,
            options=(ONE_HOT, INDEX),
            doc="One input a category, or its place in the list, as an Embedding takes it.",
        ),
    ),
)
