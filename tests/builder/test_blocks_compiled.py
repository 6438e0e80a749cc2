"""Layers put into a block and taken out again: the compiled network computes the same bits, with the same names."""

from random import Random

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from builder import compiler
from graphs import templates
from graphs.blocks import make_block
from graphs.edits import AddNode, Connect, SetAttributes
from graphs.errors import EditProblem
from graphs.network import Network
from graphs.ports import BLOCK
from graphs.project import MAIN, Project
from graphs.reporting import report
from graphs.unfolding import expand
from tests.builder.sameness import Results, assert_same, inputs_of, run

State = dict[str, Tensor]


def wires_by_name(network: Network) -> set[tuple[str, str, str]]:
    """All wires, by the names of what they join."""
    return {(network.name(w.source), network.name(w.target), w.key) for w in network.wires()}


def ran(project: Project, inputs: dict[str, Tensor], weights: State | None = None, out: str = "") -> Results:
    """What a project computes in evaluation and training, with weights by names from which the block's name is cut."""
    module = compiler.compile(project)
    if weights is not None:
        names = {key: ".".join(part for part in key.split(".") if part != out) for key in module.state_dict()}
        module.load_state_dict({key: weights[name] for key, name in names.items()})
    return run(module, inputs)


def hold(project: Project, name: str, chosen: list[str]) -> bool:
    """Make a block of layers and take it apart; False where these layers cannot stand behind one node."""
    network = project.networks[name]
    inputs, before = inputs_of(project), compiler.compile(project)
    weights, results = {key: value.clone() for key, value in before.state_dict().items()}, run(before, inputs)
    wires, names = wires_by_name(network), {node: network.name(node) for node in chosen}
    taken = set(network.of_kind(BLOCK))
    try:
        make_block(project, name, chosen, "folded").apply(project)
    except EditProblem:
        return False
    (block,) = set(network.of_kind(BLOCK)) - taken
    inner = project.networks[str(network.parameters(block)["network"])]
    assert {node: inner.name(node) for node in chosen} == names
    assert not report(project).errors
    assert_same(results, ran(project, inputs, weights, network.name(block)))
    expand(project, name, block).apply(project)
    assert wires_by_name(network) == wires
    assert_same(results, ran(project, inputs, weights))
    return True


@pytest.mark.parametrize("template", templates.names())
def test_any_stretch_of_a_template(template: str) -> None:
    random, held = Random(template), 0
    for _ in range(12):
        project = templates.create(template)
        name = random.choice([*project.networks])
        ordered = sorted(project.networks[name], key=lambda node: project.networks[name].position(node)[::-1])
        start, length = random.randrange(len(ordered)), random.randint(1, 5)
        held += hold(project, name, ordered[start : start + length])
        if held == 2:
            return
    assert held, "no stretch could be a block"


def drawn(random: Random) -> Project:
    """Two inputs, layers fed by several and read by several, shared and bypassed ones, names like those of ports."""
    project = Project()
    for place, name in enumerate(("image", "other")):
        AddNode(MAIN, name, name, "Input", {"shape": [6]}, (200 * place, 0)).apply(project)
    names = ["input", "output", "input1", "output1", "folded1", "block"]
    made: list[str] = ["image", "other"]
    for number in range(random.randint(4, 11)):
        kind = random.choice(["Linear", "ReLU", "Add", "Multiply", "BatchNorm1d", "Tanh"])
        name = names.pop() if names and random.random() < 0.4 else f"layer{number}"
        features = {"out_features": 6} if kind == "Linear" else {}
        AddNode(MAIN, f"n{number}", name, kind, features, (200 * (number % 3), 100 * number + 100)).apply(project)
        several = kind in ("Add", "Multiply")
        feeds = random.sample(made, min(len(made), random.randint(2, 3))) if several else [random.choice(made[-4:])]
        for place, source in enumerate(feeds):
            port = f"inputs.{place}" if several else "input"
            Connect(MAIN, source, "output", f"n{number}", port).apply(project)
        if random.random() < 0.1 and not several:
            SetAttributes(MAIN, f"n{number}", {"bypassed": True}).apply(project)
        owners = [n for n in made if project.main.kind(n) == kind == "Linear" and "shares" not in project.main[n]]
        owners = [n for n in owners if not project.main[n].get("bypassed")]
        if owners and random.random() < 0.3:
            SetAttributes(MAIN, f"n{number}", {"shares": random.choice(owners)}).apply(project)
        made.append(f"n{number}")
    for place, node in enumerate([n for n in made if not project.main.wires_from(n)]):
        AddNode(MAIN, f"o{place}", f"end{place}", "Output", {}, (200 * place, 2000)).apply(project)
        Connect(MAIN, node, "output", f"o{place}", "input").apply(project)
    return project


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_layers_of_any_drawing(random: Random) -> None:
    project = drawn(random)
    layers = [node for node in project.main if node.startswith("n")]
    start, length = random.randrange(len(layers)), random.randint(1, 6)
    hold(project, MAIN, layers[start : start + length])


def test_what_training_changed_goes_along() -> None:
    """The same step of training changes the same weights by the same bits, whether the layers are in a block or not."""
    project = templates.create("digits_cnn")
    inputs, module = inputs_of(project), compiler.compile(project)
    weights = {key: value.clone() for key, value in module.state_dict().items()}
    layers = [n for n in project.main if project.main.kind(n) in ("Conv2d", "BatchNorm2d", "ReLU")][:3]
    make_block(project, MAIN, layers, "folded").apply(project)
    folded = compiler.compile(project)
    name = project.main.name(project.main.of_kind(BLOCK)[0])
    keys = {key: key.removeprefix(f"{name}.") for key in folded.state_dict()}
    folded.load_state_dict({key: weights[old] for key, old in keys.items()})
    for one in (module, folded):
        _step(one, inputs)
    after = module.state_dict()
    assert_same(
        {old: folded.state_dict()[key] for key, old in keys.items()}, {old: after[old] for old in keys.values()}
    )


def _step(module: nn.Module, inputs: dict[str, Tensor]) -> None:
    torch.manual_seed(5)
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    module.train()
    module(**inputs).square().mean().backward()
    optimizer.step()
