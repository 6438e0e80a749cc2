"""One class to be written: a network, all the uses that share its code, and the arguments of its constructor."""

from dataclasses import dataclass, field

from builder.generating.flow import Flow
from builder.generating.literals import Scope
from builder.generating.names import argument_name
from builder.generating.uses import Use, fractions, whole
from graphs import expressions
from graphs.network import Network

Written = tuple[str, ...]
"""A value as Python text, once for each use of a class."""


@dataclass(eq=False)
class Blueprint:
    """A class: what it is called, the uses it serves, and what of their sizes its constructor has to be told.

    inferred: arguments for sizes that differ between uses and that no argument of the block accounts for.
    """

    name: str
    uses: list[Use]
    inferred: dict[str, Written] = field(default_factory=dict)
    _sources: list[tuple[str, str, Written]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.arguments: dict[str, str] = {}
        for name in self.network.arguments:
            self.arguments[name] = argument_name(name, {*self.arguments.values()})
        self.scope = Scope(self.arguments, fractions(self.uses))

    @property
    def flow(self) -> Flow:
        """The flow that all uses share."""
        return self.uses[0].flow

    @property
    def network(self) -> Network:
        """The network that the class is made from."""
        return self.flow.network

    def offer(self, node: str, text: str) -> None:
        """Let nodes after `node` say `text`, arithmetic over the block's arguments, for a size of its value."""
        values = tuple(str(whole(expressions.evaluate(text, use.arguments))) for use in self.uses)
        self._sources.append((node, self.scope.written(text, integral=True), values))

    def said(self, node: str, name: str, values: Written) -> str:
        """Return how the constructor says a size read off the wires: by arithmetic, as a number, or by an argument."""
        above = self._above(node) if self._sources else set()
        for source, text, offered in reversed(self._sources):
            if offered == values and source in above:
                return text
        if len(set(values)) == 1:
            return values[0]
        for argument, known in self.inferred.items():
            if known == values:
                return argument
        taken = {*self.arguments.values(), *self.inferred}
        wanted = name if name not in taken else f"{self.network.name(node)}_{name}"
        argument = argument_name(wanted if wanted.isidentifier() else f"{name}_{self.network.name(node)}", taken)
        self.inferred[argument] = values
        return argument

    def _above(self, node: str) -> set[str]:
        """Return the nodes that lead to `node`."""
        found, stack = set[str](), [node]
        while stack:
            for source in self.flow.sources(stack.pop()):
                if source.node not in found:
                    found.add(source.node)
                    stack.append(source.node)
        return found

    def signature(self) -> str:
        """Return the constructor's arguments after self."""
        defaults = {name: str(whole(value)) for name, value in self.network.arguments.items()}
        block = [f"{written}={defaults[name]}" for name, written in self.arguments.items()]
        return ", ".join(["self", *self.inferred, *block])
