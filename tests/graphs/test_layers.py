"""What single layers mean: answers that are known, and numbers that torch gives to the lines a layer writes."""

from typing import Any

import pytest
import torch

from graphs import catalogue
from graphs.dimensions import symbol
from graphs.spec import Call, Refusal
from graphs.tensors import TensorSpec
from tests.graphs.layer_cases import Case
from tests.graphs.layer_oracle import resolve


def given(name: str, *inputs: TensorSpec, **parameters: Any) -> Call:
    """Return the resolved call of a layer with `inputs` on its ports in order. Raises Refusal."""
    spec = catalogue.get(name)
    port = spec.inputs[0]
    wires = {port.name: inputs} if port.variadic else {p.name: (i,) for p, i in zip(spec.inputs, inputs, strict=False)}
    return resolve(spec, Case(spec.complete(parameters), wires))


def lines(call: Call, **inputs: str) -> list[str]:
    """Return the lines of a call over variables called as the ports are, state outputs with `_out`."""
    outputs = {port.name: "output" if port.name == "output" else f"{port.name}_out" for port in call.spec.outputs}
    return call.spec.statements(call, "module", inputs, outputs)


def run(call: Call, module: torch.nn.Module, **tensors: torch.Tensor) -> dict[str, Any]:
    """Run the lines of a call and return all variables."""
    scope: dict[str, Any] = {"torch": torch, "module": module, **tensors}
    exec("\n".join(lines(call, **{name: name for name in tensors})), scope)
    return scope


def refused(name: str, *inputs: TensorSpec, **parameters: Any) -> Refusal:
    """Return the refusal of a layer."""
    with pytest.raises(Refusal) as caught:
        given(name, *inputs, **parameters)
    return caught.value


def test_lengths_stay_symbolic_through_a_stage() -> None:
    image = TensorSpec((3, symbol("H"), symbol("W")))
    halved = given("MaxPool2d", given("Conv2d", image, padding="same").output).output
    assert str(halved) == "32×H/2×W/2"
    doubled = given("ConvTranspose2d", halved, out_channels=3).output
    assert given("Add", image, doubled).output.shape == image.shape


@pytest.mark.parametrize(
    ("name", "shape", "parameters", "kind"),
    [
        ("Permute", (8, 4, 4), {"dims": [0, 2, 3, 1]}, "sequence"),
        ("Permute", (10, 8), {"dims": [0, 2, 1]}, "map"),
        ("Flatten", (8, 4, 4), {}, "vector"),
        ("Flatten", (8, 4, 4), {"start_dim": 2}, "map"),
        ("Conv1d", (8, 20), {}, "map"),
        ("LSTM", (10, 8), {}, "sequence"),
        ("LSTM", (10, 8), {"returns": "last"}, "vector"),
        ("Mean", (8, 4, 4), {"dim": [2, 3]}, "vector"),
        ("Select", (10, 8), {"dim": 1, "index": -1}, "vector"),
    ],
)
def test_kind_of_the_output(name: str, shape: tuple[int, ...], parameters: dict[str, Any], kind: str) -> None:
    assert given(name, TensorSpec(shape), **parameters).output.kind == kind


def test_embedding_turns_indices_into_a_sequence() -> None:
    output = given("Embedding", TensorSpec((12,), "int64"), embedding_dim=5).output
    assert (output.shape, output.dtype, output.kind) == ((12, 5), "float32", "sequence")


def test_last_step_is_what_each_direction_knows_at_its_end() -> None:
    torch.manual_seed(0)
    call = given("LSTM", TensorSpec((6, 3)), hidden_size=4, bidirectional=True, returns="last")
    module = torch.nn.LSTM(**call.spec.arguments(call))
    found = run(call, module, input=torch.randn(2, 6, 3))
    assert torch.equal(found["output"], torch.cat((found["hidden_out"][-2], found["hidden_out"][-1]), 1))


def test_states_lead_from_one_recurrent_layer_to_the_next() -> None:
    first = given("LSTM", TensorSpec((6, 3)), hidden_size=4)
    second = given("LSTM", TensorSpec((5, 3)), first.outputs["hidden"], first.outputs["cell"], hidden_size=4)
    written = lines(second, input="steps", hidden="h", cell="c")
    assert written == ["output, (hidden_out, cell_out) = module(steps, (h, c))"]


def test_causal_attention_sees_nothing_that_comes_later() -> None:
    torch.manual_seed(0)
    call = given("MultiheadAttention", TensorSpec((5, 8)), num_heads=2, causal=True)
    module = torch.nn.MultiheadAttention(**call.spec.arguments(call))
    query = torch.randn(3, 5, 8)
    changed = query.clone()
    changed[:, 3:] += 1
    before, after = run(call, module, query=query)["output"], run(call, module, query=changed)["output"]
    assert torch.allclose(before[:, :3], after[:, :3], atol=1e-6)
    assert not torch.allclose(before[:, 3:], after[:, 3:], atol=1e-6)


def test_mask_on_a_wire_hides_steps_of_its_own_sample_from_every_head() -> None:
    torch.manual_seed(0)
    steps = TensorSpec((5, 8))
    pairs = given("MultiheadAttention", steps, steps, steps, TensorSpec((5, 5), "bool"), num_heads=2)
    whole = given("MultiheadAttention", steps, steps, steps, TensorSpec((5,), "bool"), num_heads=2)
    module = torch.nn.MultiheadAttention(**pairs.spec.arguments(pairs))
    x = torch.randn(3, 5, 8)
    hidden = torch.zeros(3, 5, dtype=torch.bool)
    hidden[0, 4] = hidden[2, 1] = True
    one = run(whole, module, query=x, key=x, value=x, mask=hidden)["output"]
    other = run(pairs, module, query=x, key=x, value=x, mask=hidden[:, None, :].expand(3, 5, 5))["output"]
    assert torch.allclose(one, other, atol=1e-6)


def test_flat_features_are_asked_for_with_two_ways_out() -> None:
    refusal = refused("Linear", TensorSpec((64, 4, 4)))
    assert (refusal.title, refusal.came, refusal.expected) == (
        "wants flat features",
        "64×4×4",
        "a vector of 1024",
    )
    assert [remedy.layer for remedy in refusal.remedies] == ["Flatten", "Mean"]


def test_shortcut_of_another_size_gets_a_convolution() -> None:
    refusal = refused("Add", TensorSpec((32, 16, 16)), TensorSpec((16, 32, 32)))
    assert (refusal.title, refusal.port) == ("cannot add 32×16×16 and 16×32×32", "inputs.1")
    (remedy,) = refusal.remedies
    assert (remedy.title, remedy.layer) == ("Insert a 1×1 convolution, stride 2×2", "Conv2d")
    assert given("Conv2d", TensorSpec((16, 32, 32)), **remedy.parameters).output.shape == (32, 16, 16)


def test_heads_that_do_not_divide_are_counted_anew() -> None:
    refusal = refused("MultiheadAttention", TensorSpec((10, 512)), num_heads=6)
    assert refusal.title == "has 6 heads, and 512 features do not divide by 6"
    assert refusal.remedies[0].parameters == {"num_heads": 8}


def test_classes_are_read_off_the_wire() -> None:
    assert given("Classification", TensorSpec((10,)))["classes"] == 10
    assert given("Classification", TensorSpec((21, 64, 64)))["classes"] == 21
    assert refused("Classification", TensorSpec((1,))).remedies[0].layer == "BinaryClassification"
    assert refused("Classification", TensorSpec((12, 1000))).remedies[0].layer == "Permute"
    assert refused("Classification", TensorSpec((10,), "int64")).title == "wants real numbers"


def test_keys_and_values_of_other_features_have_projections_of_their_own() -> None:
    query, key, value = TensorSpec((5, 8)), TensorSpec((7, 6)), TensorSpec((7, 4))
    call = given("MultiheadAttention", query, key, value, num_heads=2, add_bias_kv=True)
    module = torch.nn.MultiheadAttention(**call.spec.arguments(call))
    assert call.spec.weights(call) == {name: tuple(weight.shape) for name, weight in module.named_parameters()}
    assert call.output.shape == (5, 8)


def test_stacks_of_matrices_stretch_as_torch_stretches_them() -> None:
    one, several = TensorSpec((1, 2, 3)), TensorSpec((6, 3, 4))
    assert given("MatMul", one, several).output.shape == (6, 2, 4)
    assert given("MatMul", TensorSpec((6, 2, 3)), TensorSpec((1, 3, 4))).output.shape == (6, 2, 4)


def test_slopes_are_one_for_all_or_one_a_channel() -> None:
    for per_channel, count in ((False, 1), (True, 8)):
        call = given("PReLU", TensorSpec((8, 4, 4)), per_channel=per_channel)
        assert call["num_parameters"] == count
        assert call.spec.weights(call) == {"weight": (count,)}


def test_every_loss_is_a_function_of_torch() -> None:
    for name in catalogue.names():
        objective = catalogue.get(name).objective
        for dotted in objective.losses.values() if objective else ():
            folder, _, function = dotted.rpartition(".")
            assert folder == "torch.nn.functional"
            assert callable(getattr(torch.nn.functional, function))
