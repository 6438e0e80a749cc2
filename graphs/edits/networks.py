"""Edits of a network as a whole and of the project: attributes, adding and removing networks, data and training."""

import copy
from dataclasses import dataclass, field
from typing import ClassVar

from graphs.annotations import ENTRIES
from graphs.edits.base import Edit, network_of, replaced
from graphs.errors import EditProblem
from graphs.filing.reading_annotations import read_annotations
from graphs.filing.strict_json import Misfit
from graphs.naming import check_name
from graphs.network import Network
from graphs.parameters import Value
from graphs.project import LONGEST_TITLE, MAIN, Project

SECTIONS = ("data", "training")


@dataclass(frozen=True)
class SetNetworkAttributes(Edit):
    """Set attributes of a network: `arguments` and `flow`. Frames, notes and bookmarks have edits of their own."""

    network: str
    values: dict[str, Value]
    reset: tuple[str, ...] = ()
    heading: ClassVar[str] = "Change network"

    def apply(self, project: Project) -> Edit:
        """Set them."""
        held = network_of(project, self.network).graph.graph
        for name in [*self.values, *self.reset]:
            if name in ENTRIES:
                raise EditProblem(f"The {name} of a network are changed one by one, by the edits for them.")
        new, back, reset = replaced(held, self.values, tuple(self.reset))
        held.clear()
        held.update(new)
        return SetNetworkAttributes(self.network, back, reset)


@dataclass(frozen=True)
class AddNetwork(Edit):
    """Add a network, empty but for its attributes, at `index` among the others; at the end by default."""

    network: str
    attributes: dict[str, Value] = field(default_factory=dict)
    index: int | None = None
    heading: ClassVar[str] = "Add network"

    def apply(self, project: Project) -> Edit:
        """Add it."""
        check_name(self.network, "network")
        if self.network in project.networks:
            raise EditProblem(f"There is a network {self.network} already.")
        try:
            annotations = read_annotations(self.attributes, (self.network,))
        except Misfit as misfit:
            raise EditProblem(f"{', '.join(map(str, misfit.place))}: {misfit.what}") from None
        network = Network()
        network.graph.graph.update(copy.deepcopy({**self.attributes, **annotations}))
        after = {} if self.index is None else dict([*project.networks.items()][self.index :])
        for name in after:
            del project.networks[name]
        project.networks |= {self.network: network, **after}
        return RemoveNetwork(self.network)


@dataclass(frozen=True)
class RemoveNetwork(Edit):
    """Remove a network that is empty and that no node stands for."""

    network: str
    heading: ClassVar[str] = "Remove network"

    def apply(self, project: Project) -> Edit:
        """Remove it. To remove a network with nodes, group the removal of its nodes before this."""
        network = network_of(project, self.network)
        users = project.uses(self.network)
        if self.network == MAIN:
            raise EditProblem("The network main stays: it is the one that opens.")
        if users:
            raise EditProblem(f"{self.network} is used by {project.networks[users[0][0]].name(users[0][1])} still.")
        if len(network):
            raise EditProblem(f"{self.network} still holds {len(network)} layers.")
        index = list(project.networks).index(self.network)
        del project.networks[self.network]
        return AddNetwork(self.network, dict(network.attributes), index)


@dataclass(frozen=True)
class RenameNetwork(Edit):
    """Give a network another name, in all nodes that stand for it too."""

    network: str
    name: str
    heading: ClassVar[str] = "Rename network"

    def apply(self, project: Project) -> Edit:
        """Rename it, keeping its place among the networks."""
        network_of(project, self.network)
        check_name(self.name, "network")
        if self.network == MAIN or self.name in project.networks:
            raise EditProblem(f"{self.network} cannot be called {self.name}: that name is taken or fixed.")
        for owner, node in project.uses(self.network):
            held = project.networks[owner].graph.nodes[node]
            held["parameters"] = {**held["parameters"], "network": self.name}
        renamed = {self.name if name == self.network else name: net for name, net in project.networks.items()}
        project.networks.clear()
        project.networks.update(renamed)
        return RenameNetwork(self.name, self.network)


@dataclass(frozen=True)
class SetSection(Edit):
    """Set entries of the project's `data` or `training`; those in `reset` are removed.

    Values for all entries there are set their order too.
    """

    section: str
    values: dict[str, Value]
    reset: tuple[str, ...] = ()
    heading: ClassVar[str] = "Change setting"

    def apply(self, project: Project) -> Edit:
        """Set them."""
        if self.section not in SECTIONS:
            raise EditProblem(f"A project has no section {self.section!r}; there are: {', '.join(SECTIONS)}.")
        held: dict[str, Value] = getattr(project, self.section)
        old = dict(held)
        new, back, reset = replaced(held, self.values, tuple(self.reset))
        held.clear()
        held.update({name: new[name] for name in self.values if name in new} if new.keys() <= {*self.values} else new)
        if any(name in old for name in self.reset):
            back = old  # what was taken out comes back in its old place
        return SetSection(self.section, back, reset)


@dataclass(frozen=True)
class SetTitle(Edit):
    """Give the project another title."""

    text: str
    heading: ClassVar[str] = "Rename project"

    def apply(self, project: Project) -> Edit:
        """Set it. Raises EditProblem for one that no file could hold."""
        if len(self.text) > LONGEST_TITLE:
            raise EditProblem(f"A title has at most {LONGEST_TITLE} characters, this one {len(self.text)}.")
        old = project.title
        project.title = self.text
        return SetTitle(old)
