"""What every edit is: a frozen value that applies itself to a project and returns its inverse."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, ClassVar

from graphs.errors import EditProblem
from graphs.network import Network
from graphs.project import Project

KINDS: dict[str, type["Edit"]] = {}
_NAMING = ("node", "source", "target")


@dataclass(frozen=True)
class Edit:
    """A change to a project. Applying it checks first and changes afterwards, so a refused edit changes nothing."""

    heading: ClassVar[str] = "Edit"

    @property
    def title(self) -> str:
        """What the undo menu calls it."""
        return self.heading

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        KINDS[cls.__name__] = cls

    @property
    def parts(self) -> tuple["Edit", ...]:
        """The edits that it is made of: itself, but for a group."""
        return (self,)

    @cached_property
    def named(self) -> Mapping[str, frozenset[str]]:
        """The nodes that it names by their ids, as ends of wires too, by network; found once, as it does not change."""
        found: dict[str, set[str]] = {}
        for part in self.parts:
            if network := getattr(part, "network", ""):
                nodes = found.setdefault(network, set())
                nodes.update(getattr(part, field) for field in _NAMING if hasattr(part, field))
                nodes.update(getattr(part, "positions", ()))
        return {network: frozenset(nodes) for network, nodes in found.items()}

    def apply(self, project: Project) -> "Edit":
        """Carry out the edit and return the one that takes it back. Raises EditProblem when it does not fit."""
        raise AssertionError(f"{type(self).__name__} does not say how it applies")

    def to_json(self) -> dict[str, Any]:
        """Return the edit as a JSON object, for the journal and the clipboard."""
        return {"edit": type(self).__name__} | {f.name: getattr(self, f.name) for f in fields(self)}


def from_json(document: Any) -> Edit:
    """Return the edit that a JSON object describes. Raises EditProblem for anything else."""
    if not isinstance(document, Mapping) or document.get("edit") not in KINDS:
        raise EditProblem(f"An edit of a kind that is not known here: {str(document)[:80]}")
    kind = KINDS[document["edit"]]
    given = {name: value for name, value in document.items() if name != "edit"}
    try:
        return kind.read(given) if hasattr(kind, "read") else kind(**given)
    except (TypeError, ValueError) as error:
        raise EditProblem(f"An edit {document['edit']} that does not hold what it needs: {error}") from None


def network_of(project: Project, name: str) -> Network:
    """Return a network of the project. Raises EditProblem when there is none of that name."""
    if name not in project.networks:
        raise EditProblem(f"The project has no network {name!r}.")
    return project.networks[name]


def require(network: Network, *nodes: str) -> None:
    """Raise EditProblem unless the network has all `nodes`."""
    for node in nodes:
        if node not in network:
            raise EditProblem(f"There is no node {node!r} here any more.")


def replaced(
    old: Mapping[str, Any], values: Mapping[str, Any], reset: tuple[str, ...]
) -> tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]:
    """Return `old` with `values` set and `reset` removed, then the values and resets that lead back to `old`."""
    new = {key: value for key, value in {**old, **values}.items() if key not in reset}
    touched = [*values, *reset]
    back = {key: old[key] for key in touched if key in old}
    return new, back, tuple(key for key in values if key not in old)
