"""Project: named networks, the data and training choices; what a file holds."""

from dataclasses import dataclass, field

from graphs.network import Network
from graphs.parameters import Value

MAIN = "main"


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

    def uses(self, block: str) -> list[tuple[str, str]]:
        """Return (network, node) of every node that stands for the network called `block`."""
        return [
            (name, node)
            for name, network in self.networks.items()
            for node in network
            if network.kind(node) == "Block" and network.parameters(node).get("network") == block
        ]
