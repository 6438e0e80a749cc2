"""Several edits as one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphs.edits.base import Edit, from_json
from graphs.project import Project


@dataclass(frozen=True)
class Group(Edit):
    """Edits that are carried out together or not at all, under one readable title."""

    edits: tuple[Edit, ...]
    label: str = "Edit"

    @property
    def title(self) -> str:
        """The label: a group is one act of the user, whatever it is made of."""
        return self.label

    @cached_property
    def parts(self) -> tuple[Edit, ...]:
        """The edits in it, and those of groups in it."""
        return tuple(part for edit in self.edits for part in edit.parts)

    def apply(self, project: Project) -> Edit:
        """Carry out all in order; when one is refused, take back those before it and raise its EditProblem."""
        done: list[Edit] = []
        try:
            for edit in self.edits:
                done.append(edit.apply(project))
        except Exception:
            for back in reversed(done):
                back.apply(project)
            raise
        return Group(tuple(reversed(done)), self.label)

    def to_json(self) -> dict[str, Any]:
        """Return the group with its edits in order."""
        return {"edit": "Group", "label": self.label, "edits": [edit.to_json() for edit in self.edits]}

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Group":
        """Return the group that `to_json` wrote."""
        return cls(tuple(from_json(entry) for entry in given["edits"]), str(given["label"]))
