"""Makes a torch module of a network by running the very code that is shown and exported."""

import builtins
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from torch import nn

from builder.generator import Source, generate
from graphs.project import MAIN, Project

SOURCE = "__netwright_source__"
"""The global of generated code that holds its `Source`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node in a network, and the ids of the block nodes that lead there from the top."""

    network: str
    node: str
    path: tuple[str, ...] = ()


class _Loader:
    """Shows the generated lines in tracebacks and debuggers, for as long as something of the code is alive."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, name: str) -> str:
        """Return the text, as the loader protocol has it."""
        return self.text


def compile(project: Project, network: str = MAIN) -> nn.Module:
    """Return a new instance of a network's module, initialised as torch does.

    What runs is the text of `builder.generator.source`, which is made of checked names and literals alone; nothing
    is added to a step. `netwright_nodes` of the module tells the attribute of each node of the network that has one.
    Raises UserError that names the first problem of a network with errors.
    """
    source = generate(project, network)
    namespace = run(source)
    module: nn.Module = namespace[source.class_name]()
    _shorten_lookups(module, namespace["__name__"])
    drawn = project.networks[network]
    made = {node for node, lines in source.lines.get(network, {}).items() if lines.init}
    module.__dict__["netwright_nodes"] = {node: drawn.name(node) for node in drawn if node in made}
    return module


def _shorten_lookups(module: nn.Module, name: str) -> None:
    """Let `self.conv1` in our classes find the layer as a plain attribute, not last of all by Module.__getattr__.

    That costs half a microsecond a layer and step, 3 % of a step of a hundred small layers. Setting a layer anew takes
    the plain attribute away again, as Module.__setattr__ sees to it, and copies keep the two together.
    """
    for inner in module.modules():
        if type(inner).__module__ == name:
            inner.__dict__.update(inner.named_children())


def run(source: Source) -> dict[str, Any]:
    """Run generated code in a namespace of its own and return that."""
    digest = hashlib.sha256(source.text.encode("utf-8")).hexdigest()[:12]
    namespace = {"__name__": f"netwright_{digest}", "__loader__": _Loader(source.text), SOURCE: source}
    exec(builtins.compile(source.text, f"netwright:{source.class_name}-{digest}", "exec"), namespace)
    return namespace


def node_of(error: BaseException) -> Place | None:
    """Return the node in whose statement an error was raised; None when it came from no compiled network."""
    places = list(_places(error.__traceback__))
    if not places:
        return None
    network, node = places[-1]
    return Place(network, node, tuple(node for _, node in places[:-1]))


@contextmanager
def located() -> Iterator[None]:
    """Mark an error that a compiled network raises within with `network`, `node` and `path`, and add a note on where.

    The error keeps its type. Entered once around many steps, it costs nothing in any of them.
    """
    try:
        yield
    except Exception as error:
        place = node_of(error)
        if place is not None and not hasattr(error, "node"):
            error.__dict__.update(network=place.network, node=place.node, path=place.path)
            error.add_note(f"It was raised by node {place.node} of the network {place.network}.")
        raise


def _places(traceback: TracebackType | None) -> Iterator[tuple[str, str]]:
    while traceback is not None:
        source = traceback.tb_frame.f_globals.get(SOURCE)
        if isinstance(source, Source):
            place = source.node_at(traceback.tb_lineno)
            if place is not None:
                yield place
        traceback = traceback.tb_next
