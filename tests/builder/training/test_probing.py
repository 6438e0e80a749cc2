"""What flows along the wires of a network that learns: seen whole, and without a trace in what is learned."""

from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from builder import compiler, jobs, workers
from builder.events import Probe
from builder.flowing import Flowing, place_of
from builder.runs import Run
from builder.training.probing import observed
from graphs import files, report, templates
from graphs.ports import INLET
from graphs.project import Project
from tests.builder.training.drawn import classifier
from tests.builder.waiting import until


def batch(project: Project) -> list[Tensor]:
    found = report(project)
    torch.manual_seed(1)
    shapes = [found.specs[node]["output"].shape for node in project.main.of_kind("Input")]
    return [torch.rand(4, *(n if isinstance(n, int) else 5 for n in shape)) for shape in shapes]


def outputs_of_layers(module: nn.Module, inputs: list[Tensor]) -> dict[str, Tensor]:
    """The outputs by node, as hooks of torch see them: of nodes that have a module, each run alone as drawn."""
    names: dict[str, str] = module.netwright_nodes  # type: ignore[assignment]
    seen: dict[str, Tensor] = {}

    def keep(node: str, output: object) -> None:
        seen[node] = output[0] if isinstance(output, tuple) else output  # type: ignore[assignment]

    hooks = [
        getattr(module, name).register_forward_hook(lambda _layer, _inputs, output, node=node: keep(node, output))
        for node, name in names.items()
    ]
    module(*inputs)
    for hook in hooks:
        hook.remove()
    return seen


@pytest.mark.parametrize("name", templates.names())
def test_every_wire_is_seen_with_the_numbers_that_torch_sees(name: str) -> None:
    project = templates.create(name)
    module, inputs = compiler.compile(project).eval(), batch(project)
    with observed(project) as seen:
        module(*inputs)
    assert {place_of((), wire.source, wire.source_port) for wire in project.main.wires()} <= seen.keys()
    for node, output in outputs_of_layers(module, inputs).items():
        first, spec = next(iter(report(project).specs[node].items()))
        if len(spec.shape) < output.dim() - 1:  # the node puts out the last step alone of what its module does
            output = output[:, -1]
        expected = torch.stack([output.mean(), output.std(correction=0)])
        torch.testing.assert_close(seen[place_of((), node, first)], expected, msg=project.main.name(node))


def test_the_inside_of_a_block_is_seen_by_the_way_that_leads_there() -> None:
    project = templates.create("resnet_small")
    with observed(project) as seen:
        compiler.compile(project)(*batch(project))
    stage = project.main.find("stage2")
    block = project.networks[project.main.parameters(stage)["network"]]
    wires = [wire for wire in block.wires() if block.kind(wire.source) != INLET]
    inner = [place_of((stage,), wire.source, wire.source_port) for wire in wires]
    assert inner
    assert seen.keys() >= set(inner)


def test_looking_changes_nothing_of_a_step() -> None:
    project = templates.create("resnet_small")
    states = []
    for look in (False, True):
        torch.manual_seed(0)
        module, inputs = compiler.compile(project).train(), batch(project)
        torch.manual_seed(2)
        if look:
            with observed(project):
                module(*inputs).sum().backward()
        else:
            module(*inputs).sum().backward()
        states.append([*module.state_dict().values(), *(p.grad for p in module.parameters()), torch.rand(3)])
    assert all(torch.equal(one, other) for one, other in zip(*states, strict=True))


def test_a_run_that_is_asked_tells_what_flows_and_else_nothing(tmp_path: Path) -> None:
    project = classifier(epochs=100_000)
    held = workers.start(Run.create(tmp_path, jobs.Job("train", files.to_json(project), "cpu", base=str(tmp_path))))
    run = held.run
    try:
        until(lambda: held.poll() and run.history)
        assert run.flowing() is None
        held.control(Probe(20.0))
        until(lambda: run.flowing())
        first, when = run.flowing() or (Flowing(0, {}), 0)
        assert first.step > 0
        for wire in project.main.wires():
            mean, spread = first.at((), wire.source, wire.source_port) or (None, None)
            assert isinstance(mean, float)
            assert spread is not None
            assert spread >= 0
        until(lambda: run.flowing(when))  # and goes on telling
    finally:
        held.terminate()
        held.wait(60.0)


def test_numbers_that_are_none_are_told_as_such() -> None:
    told = Flowing(3, {"n1/output": ["nan", "inf"], "n2/output": "no", "n3/output": [1.0]})
    mean, spread = told.at((), "n1", "output") or (0.0, 0.0)
    assert mean != mean
    assert spread == float("inf")
    assert told.at((), "n2", "output") is None
    assert told.at((), "n3", "output") is None
    assert told.at(("n1",), "n1", "output") is None
