"""Project: named networks, the data and training choices; what a file holds."""

import copy
from dataclasses import dataclass, field, replace

from graphs.network import Network
from graphs.parameters import Value

MAIN = "main"
LONGEST_TITLE = 256


@dataclass(eq=True)
class Project:
    """Everything that one `.netwright` file says.

    networks: by name; `main` is the one drawn first, others are blocks of it or roles that a recipe asks for.
    extra: parts of the file that a later version wrote and this one keeps as they are.
    """

    title: str = "Untitled"
    networks: dict[str, Network] = field(default_factory=lambda: {MAIN: Network()})
    data: dict[str, Value] = field(default_factory=dict)
    training: dict[str, Value] = field(default_factory=dict)
    extra: dict[str, Value] = field(default_factory=dict)
    read_only: bool = False

    @property
    def main(self) -> Network:
        """The network called `main`."""
        return self.networks[MAIN]

    def snapshot(self) -> "Project":
        """Return the project as it is now; no later edit changes it. For a thread that works while edits go on.

        Edits put new values in place of old ones and change none, so the values themselves are shared: of thousands
        of layers this takes a few milliseconds.
        """
        networks = {name: Network(network.graph.copy()) for name, network in self.networks.items()}
        sections = {name: copy.deepcopy(getattr(self, name)) for name in ("data", "training", "extra")}
        return replace(self, networks=networks, **sections)

    def uses(self, block: str) -> list[tuple[str, str]]:
        """Return (network, node) of every node that stands for the network called `block`."""
        return [
            (name, node)
            for name, network in self.networks.items()
            for node in network
            if network.kind(node) == "Block" and network.parameters(node).get("network") == block
        ]
