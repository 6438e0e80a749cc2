"""What training is said to need is of the size of what torch then holds."""

import pytest
import torch

import builder
import graphs
from builder.training.choices import TRAINING
from builder.training.footprint import footprint
from graphs.edits import SetSection

IMAGES = ("digits_cnn", "lenet5", "resnet_small", "autoencoder", "mlp")


def held_by_torch(project: graphs.Project, batch: int) -> int:
    """Bytes of weights, gradients and Adam's two means, and of all that the way back keeps of a forward pass."""
    module = builder.compile(project)
    found = graphs.report(project)
    (start,) = project.main.of_kind("Input")
    (spec,) = found.specs[start].values()
    kept: dict[int, int] = {}

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        kept[storage.data_ptr()] = storage.nbytes()
        return tensor

    weights = [weight for weight in module.parameters() if weight.requires_grad]
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        made = module(torch.rand(batch, *spec.shape))
        own = {weight.untyped_storage().data_ptr() for weight in weights}
        activations = sum(size for pointer, size in kept.items() if pointer not in own)
        del made
    return 4 * sum(weight.nbytes for weight in weights) + activations


@pytest.mark.parametrize("template", IMAGES)
def test_it_is_what_a_step_holds_within_a_factor_of_two(template: str) -> None:
    project = graphs.templates.create(template)
    batch = TRAINING.complete(project.training)["batch_size"]
    needed = footprint(project, graphs.report(project))
    assert isinstance(needed, int)
    assert 0.5 < needed / held_by_torch(project, batch) < 2.0


def test_it_grows_with_the_batch_and_with_what_the_optimizer_keeps() -> None:
    project = graphs.templates.create("mlp")

    def needed(**training: object) -> int:
        SetSection("training", training).apply(project)
        found = footprint(project, graphs.report(project))
        assert isinstance(found, int)
        return found

    report = graphs.report(project)
    plain = needed(batch_size=1, optimizer={"kind": "SGD"})
    assert plain == 2 * report.weight_bytes + report.activation_bytes
    assert needed(batch_size=3, optimizer={"kind": "SGD"}) == plain + 2 * report.activation_bytes
    assert needed(batch_size=1, optimizer={"kind": "AdamW"}) == plain + 2 * report.weight_bytes
