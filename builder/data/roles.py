"""A proposal of what each column of a table is for: input, target, or ignored, with the reason."""

import re
from dataclasses import replace

import numpy as np

from builder.data.table import IGNORE, INPUT, NUMBER, TARGET, TEXT, Array, Column

# Names by which tables commonly call what is to be told from the rest, the clearest first.
TARGET_NAMES = (
    "target", "label", "labels", "class", "y", "outcome", "output", "survived", "species", "diagnosis", "quality",
    "churn", "default", "mpg", "medv", "median_house_value", "price", "saleprice", "charges",
)  # fmt: skip
_DATE = re.compile(r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(\D|$)")
_ID_NAMES = ("id", "index", "uuid", "key")


def propose(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns with a role each; one is the target: named like one, or else the last that can be."""
    judged = tuple(_judge(column) for column in columns)
    target = _target(judged)
    return tuple(replace(c, role=TARGET, reason="") if c.name == target else c for c in judged)


def _judge(column: Column) -> Column:
    if column.trouble:
        return column
    reason = _reason(column)
    return replace(column, role=IGNORE if reason else INPUT, reason=reason)


def _reason(column: Column) -> str:
    """Return why a column is of no use as an input, empty where it is."""
    here = ~column.missing
    if not here.any():
        return "every cell is empty"
    if column.kind == TEXT:
        words = len(set(column.words()) - {""})
        if _are_dates(column):
            return "dates; to use them, add columns of numbers such as the month"
        return f"free text: {words:,} different in {int(here.sum()):,} rows"
    if not column.scalar:
        return ""
    distinct = np.unique(column.values[here])
    if len(distinct) == 1 and len(column) > 1:
        return "every row has the same value"
    return "counts the rows, like an identifier" if _is_id(column, distinct) else ""


def _are_dates(column: Column) -> bool:
    words = [word for word in column.words() if word]
    return all(_DATE.match(word) for word in words)


def _is_id(column: Column, distinct: Array) -> bool:
    if column.kind != NUMBER or len(distinct) < len(column) or len(column) < 3:
        return False
    name = column.name.lower().replace(" ", "_")
    named = name in _ID_NAMES or name.endswith("_id") or column.name.endswith(("Id", "ID"))
    in_order = bool((column.values[:-1] + 1 == column.values[1:]).all())  # a difference may be beyond all numbers
    return bool((distinct == np.round(distinct)).all()) and (named or in_order)


def _target(columns: tuple[Column, ...]) -> str:
    """Return the name of the likeliest target, empty where no column can be one."""
    sound = [column for column in columns if not column.trouble and not column.missing.all()]
    by_name = {column.name.lower(): column.name for column in sound}
    for name in TARGET_NAMES:
        if name in by_name:
            return by_name[name]
    # The last column that holds one value a row and is no identifier; in a table of words alone, the last of them.
    fit = [column for column in sound if column.role == INPUT]
    fit = [column for column in fit if column.scalar] or fit or [column for column in sound if column.kind == TEXT]
    return fit[-1].name if len(columns) > 1 and fit else ""
