"""What can be added to a network: the layers, and the project's other networks as blocks; by name, category or text."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graphs import catalogue
from graphs.feeding import Form, accepts, gives_one, keeps_shape
from graphs.parameters import Value
from graphs.ports import BLOCK, INLET, OUTLET, block_ports
from graphs.project import MAIN, Project
from graphs.spec import CATEGORIES, LayerSpec, Port
from graphs.tensors import TensorSpec


@dataclass(frozen=True)
class Addable:
    """One thing that can be added: a layer, or a network of the project as a block. `title` is how it is asked for."""

    title: str
    kind: str
    category: str
    summary: str
    keywords: tuple[str, ...] = ()
    parameters: dict[str, Value] = field(default_factory=dict)

    def ports(self, project: Project) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
        """Return the ports that it will have."""
        if self.kind == BLOCK:
            return block_ports(project.networks[str(self.parameters["network"])])
        spec = catalogue.get(self.kind)
        return spec.inputs, spec.outputs

    def port_for(self, project: Project, came: TensorSpec | None) -> str | None:
        """Return the input that takes what comes, None when none does."""
        if self.kind != BLOCK:
            return accepts(catalogue.get(self.kind), came)
        into, _ = self.ports(project)
        return into[0].name if into else None

    def gives(self, taken: frozenset[Form] | None) -> bool:
        """Tell whether it can give a tensor of one of these forms; a block, and where none is known, may."""
        return taken is None or self.kind == BLOCK or gives_one(self.kind, taken)

    @property
    def keeps_shape(self) -> bool:
        """Whether it gives what it takes in the same shape."""
        return self.kind != BLOCK and keeps_shape(self.kind)


def find(project: Project, title: str) -> Addable:
    """Return the layer, or the block of a network, of that name. Raises UserError when there is neither."""
    if catalogue.find(title) is None and title in project.networks:
        return _block(title)
    return _layer(catalogue.get(title))


def search(project: Project, network: str, text: str, came: TensorSpec | None = None) -> list[Addable]:
    """Return what `text` finds for a network, best first: by name, by keyword, by category, by summary.

    Of what matches equally well, what takes the tensor `came` comes first, then the project's own blocks, then the
    kinds that the network has already.
    """
    here, wanted = project.networks[network], text.strip().lower()
    used = {here.kind(node) for node in here}

    def order(entry: tuple[int, Addable]) -> tuple[int, bool, bool, bool]:
        match, what = entry
        fits = came is None or what.port_for(project, came) is not None
        return match, not fits, what.kind != BLOCK, what.kind not in used

    found = ((match, what) for what in _offered(project, network) if (match := _match(what, wanted)) is not None)
    return [what for _, what in sorted(found, key=order)]


def _match(what: Addable, wanted: str) -> int | None:
    """Return how well the words fit, 0 the best; None when they do not."""
    name = what.title.lower()
    initials = "".join(letter for letter in what.title if letter.isupper() or letter.isdigit()).lower()
    tests = (
        name == wanted,
        name.startswith(wanted),
        initials == wanted,
        wanted in name,
        any(keyword.lower().startswith(wanted) for keyword in what.keywords),
        wanted in CATEGORIES[what.category].lower(),
        any(word.startswith(wanted) for word in what.summary.lower().split()),
        bool(wanted) and _letters_in_order(wanted, name),
    )
    return next((place for place, hit in enumerate(tests) if hit), None)


def _letters_in_order(wanted: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in wanted)


def by_category(project: Project, network: str) -> dict[str, list[Addable]]:
    """Return what can be added to a network by the id of its category, in the order of the library; blocks are last."""
    found: dict[str, list[Addable]] = {}
    for what in _offered(project, network):
        found.setdefault(what.category, []).append(what)
    return found


def _offered(project: Project, network: str) -> Iterator[Addable]:
    hidden = {BLOCK, INLET, OUTLET} if network == MAIN else {BLOCK}
    for specs in catalogue.by_category().values():
        yield from (_layer(spec) for spec in specs if spec.name not in hidden)
    outer = _containers(project, network)
    for name, inner in project.networks.items():
        if name not in outer and inner.of_kind(INLET, OUTLET):
            yield _block(name)


def _layer(spec: LayerSpec) -> Addable:
    return Addable(spec.name, spec.name, spec.category, spec.summary, spec.keywords)


def _block(name: str) -> Addable:
    summary = f"The network {name} of this project, as one layer."
    return Addable(name, BLOCK, "block", summary, parameters={"network": name})


def _containers(project: Project, network: str) -> set[str]:
    """Return the networks that cannot be a block in `network`: main, itself, and those that hold it."""
    found, stack = {MAIN, network}, [network]
    while stack:
        for owner, _ in project.uses(stack.pop()):
            if owner not in found:
                found.add(owner)
                stack.append(owner)
    return found
