"""Changes a project's data section: every choice is one step to undo, and what is at its default is left out."""

from collections.abc import Hashable
from pathlib import Path

from builder.data.choices import DATA
from builder.data.sources import SOURCES
from graphs.edits import SetSection
from graphs.parameters import FilePath, Value
from widgets.panels.steps import Steps

SOURCE, SPLIT, COLUMNS = "source", "split", "columns"


class DataEdits:
    """The edits that the data panel makes."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    @property
    def values(self) -> dict[str, Value]:
        """The data section as the project holds it."""
        return self._steps.document.project.data

    def set(self, title: str, name: str, value: Value, *, movement: Hashable = None) -> None:
        """Set one entry of the section; None, or its default, takes it out."""
        parameter = DATA.parameter(name)
        usual = value is None or parameter.check(value) == DATA.default(parameter)
        edit = SetSection("data", {}, (name,)) if usual else SetSection("data", {name: value})
        self._steps.perform(title, edit, movement=movement)

    def choose_source(self, kind: str, path: str = "") -> None:
        """Take the data from another kind of source, with a file if it needs one; chosen roles are forgotten."""
        source = {"kind": kind, **({path_parameter(kind): path} if path else {})}
        gone = tuple(name for name in (COLUMNS,) if name in self.values)
        self._steps.perform(f"Take data from {SOURCES.get(kind).title}", SetSection("data", {SOURCE: source}, gone))

    def set_role(self, column: str, role: str, node: str) -> None:
        """Say what a column is for, and the node that it goes to."""
        chosen = {**self.values.get(COLUMNS, {}), column: {"role": role, "node": node} if node else {"role": role}}
        self.set(f"Use {column} as {node or role}", COLUMNS, chosen)

    def forget_role(self, column: str) -> None:
        """Let a column's role be found out again, if one was chosen for it."""
        if column not in self.values.get(COLUMNS, {}):
            return
        chosen = {name: held for name, held in self.values.get(COLUMNS, {}).items() if name != column}
        self.set(f"Find out the role of {column}", COLUMNS, chosen)


def path_parameter(kind: str) -> str:
    """Return the name of the parameter that holds a source's file, empty where it has none."""
    return next((p.name for p in SOURCES.get(kind).choices if isinstance(p, FilePath)), "")


def data_suffixes() -> tuple[str, ...]:
    """Return how the names of files end that data is read from, sorted."""
    return tuple(sorted({s for spec in SOURCES for p in spec.choices if isinstance(p, FilePath) for s in p.suffixes}))


def source_of(path: Path) -> str:
    """Return the kind of source that reads a file, by its suffix; empty where none does."""
    for spec in SOURCES:
        for parameter in spec.choices:
            if isinstance(parameter, FilePath) and path.suffix.lower() in parameter.suffixes:
                return spec.name
    return ""
