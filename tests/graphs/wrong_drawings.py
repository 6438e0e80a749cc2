"""One small drawing for each kind of problem, with what the report has to say of it."""

from collections.abc import Callable
from dataclasses import dataclass

from graphs.edits import AddNode, SetParameters
from tests.graphs.sketch import Sketch, classifier, with_block


@dataclass(frozen=True)
class Wrong:
    """A drawing with one root cause: its kind, its node, a part of its message, and a fix by the words of its button.

    drawn: whether edits alone lead there; where they do not, undoing a fix cannot lead back.
    """

    kind: str
    node: str
    words: str
    draw: Callable[[], Sketch]
    fix: str = ""
    severity: str = "error"
    drawn: bool = True


def flat() -> Sketch:
    """A classifier of vectors."""
    sketch = Sketch().add("features", "Input", shape=[16]).add("fc1", "Linear", out_features=16)
    return sketch.add("fc2", "Linear", out_features=4).add("digit", "Classification")


def _no_flatten() -> Sketch:
    sketch = Sketch().add("image", "Input", shape=[1, 8, 8])
    return sketch.add("fc1", "Linear", out_features=4).add("digit", "Classification")


def _heads() -> Sketch:
    sketch = Sketch().add("a", "Input", shape=[4]).add("b", "Input", after="", shape=[6])
    sketch.add("sum", "Add", after="").wire("a", "sum", "inputs.0").wire("b", "sum", "inputs.1")
    return sketch.add("out", "Output", after="sum")


def _unfed() -> Sketch:
    sketch = Sketch().add("features", "Input", shape=[16]).add("fc1", "Linear", after="", out_features=4)
    return sketch.add("digit", "Classification")


def _half_fed() -> Sketch:
    return Sketch().add("left", "Input", shape=[4]).add("product", "MatMul").add("out", "Output")


def _unknown() -> Sketch:
    sketch = flat()
    sketch.do(AddNode("main", "warp", "warp", "Wormhole", {"size": 3}))
    return sketch.wire("fc1", "warp").add("fc3", "Linear", after="warp").add("out", "Output")


def _unlike(kind: str) -> Sketch:
    sketch = Sketch().add("features", "Input", shape=[16])
    sketch.do(AddNode("main", "act", "act", kind, {}))
    return sketch.wire("features", "act").add("out", "Output", after="act")


def _block(network: str, **more: object) -> Sketch:
    sketch = with_block(uses=1)
    sketch.do(SetParameters("main", "stage1", {"network": network, **more}))
    return sketch


def _inside() -> Sketch:
    sketch = with_block(uses=2)
    sketch.do(SetParameters("stage", "fc", {"out_features": "2 * depth"}))
    return sketch


def _repeat() -> Sketch:
    sketch = with_block(uses=1, repeat=2)
    return Sketch("stage", sketch.project).add("second", "Outlet", after="act") and sketch


def _unfolds() -> Sketch:
    sketch = with_block(uses=0)
    body = Sketch("body", sketch.project).add("input", "Inlet").add("stage", "Block", network="stage", repeat=100)
    body.add("output", "Outlet")
    return sketch.add("body1", "Block", after="features", network="body", repeat=4096).add("out", "Output")


def _normalized() -> Sketch:
    sketch = Sketch().add("features", "Input", shape=[16]).add("fc1", "Linear", out_features=4)
    return sketch.add("norm", "BatchNorm1d").add("digit", "Classification")


def _twice() -> Sketch:
    sketch = flat()
    sketch.project.main.graph.nodes["fc2"]["name"] = "fc1"  # as a file written by other hands may have it
    return sketch


WRONG = (
    Wrong(
        "shape", "fc1", "wants flat features. Came 1×8×8 from image, expected a vector of 64", _no_flatten, "Flatten"
    ),
    Wrong("shape", "sum", "sum cannot add 4 and 6", _heads, "Linear with 4 outputs"),
    Wrong("unconnected-input", "fc1", "fc1 has nothing on its input", _unfed, "Connect features"),
    Wrong(
        "unconnected-input",
        "fc2",
        "fc2 gets nothing on its input: the layer before it is disabled",
        lambda: flat().mark("fc1", disabled=True),
        "Bypass fc1 instead",
    ),
    Wrong("two-wires", "fc2", "fc2 cannot take features as well", lambda: flat().wire("features", "fc2"), "Concat"),
    Wrong("no-port", "fc2", "fc2 has no input mask", lambda: flat().wire("features", "fc2", "mask"), "Remove"),
    Wrong("no-port", "fc2", "puts nothing out on state", lambda: _bad_output(), "Connect output"),
    Wrong("cycle", "fc1", "fc1 feeds itself: fc1 → fc2 → fc1", lambda: _circle(), "Cut the wire from fc2"),
    Wrong(
        "unreachable",
        "fc3",
        "leads to no output",
        lambda: flat().add("fc3", "Linear", after="fc1"),
        "Delete fc3",
        "warning",
    ),
    Wrong(
        "missing-input", "", "main has no input", lambda: Sketch().add("fc1", "Linear").add("out", "Output"), "Input"
    ),
    Wrong("missing-input", "", "main is empty", Sketch, "Input"),
    Wrong(
        "missing-output", "", "has no output", lambda: Sketch().add("features", "Input", shape=[4]), "Classification"
    ),
    Wrong(
        "bad-value", "fc1", "cannot work out its out_features", lambda: _parameters("fc1", out_features="2 * n"), "64"
    ),
    Wrong(
        "bad-value",
        "fc1",
        "fc1 has no parameter colour",
        lambda: _forced("fc1", colour="red"),
        "Drop colour",
        drawn=False,
    ),
    Wrong(
        "bad-value",
        "fc1",
        "Came -3, expected a whole number",
        lambda: _forced("fc1", out_features=-3),
        "64",
        drawn=False,
    ),
    Wrong("unknown-layer", "warp", "is of a kind that is not known here, Wormhole", _unknown, "Delete warp", "warning"),
    Wrong("unknown-layer", "act", "not known here, Relu", lambda: _unlike("Relu"), "Use ReLU", "warning"),
    Wrong("no-network", "stage1", "Came nowhere", lambda: _block("nowhere"), "Use stage"),
    Wrong("recursion", "stage1", "contain itself: main in main", lambda: _block("main"), "Delete stage1"),
    Wrong("argument", "stage1", "gives the argument depth", lambda: _block("stage", arguments={"depth": 2}), "Drop"),
    Wrong("repeat", "stage1", "2 outlets, expected at most 1", _repeat, "Do not repeat"),
    Wrong("too-large", "body1", "Came 2,056,192 layers and weights, expected at most 100,000", _unfolds, "199 times"),
    Wrong("bad-value", "fc", "uses depth", _inside, "64"),
    Wrong("shares", "fc2", "not there", lambda: flat().mark("fc2", shares="gone"), "weights of its own"),
    Wrong("shares", "fc2", "whose kind is Input", lambda: flat().mark("fc2", shares="features"), "weights of its own"),
    Wrong("shares", "fc2", "other weights than fc1", lambda: flat().mark("fc2", shares="fc1"), "weights of its own"),
    Wrong("bypassed-shape", "fc2", "Came 16, expected 4", lambda: flat().mark("fc2", bypassed=True), "End", "warning"),
    Wrong("duplicate-name", "fc2", "the name of another layer", _twice, "Call it", drawn=False),
    Wrong("bias-before-norm", "fc1", "bias, which norm takes away", _normalized, "Turn bias off", "warning"),
    Wrong("activation-before-loss", "softmax", "comes twice", lambda: _softmax(), "Delete softmax", "warning"),
)


def _bad_output() -> Sketch:
    sketch = flat()
    graph = sketch.project.main.graph
    graph.remove_edge("fc1", "fc2")
    return sketch.wire("fc1", "fc2", out="state")


def _circle() -> Sketch:
    return flat().wire("fc2", "fc1", "second")


def _parameters(node: str, **values: object) -> Sketch:
    sketch = flat()
    sketch.do(SetParameters("main", node, values))
    return sketch


def _forced(node: str, **values: object) -> Sketch:
    """Values that no edit lets through, as a network built by a script may have them."""
    sketch = flat()
    sketch.project.main.graph.nodes[node]["parameters"] = values
    return sketch


def _softmax() -> Sketch:
    sketch = Sketch().add("features", "Input", shape=[16]).add("fc1", "Linear", out_features=4)
    return sketch.add("softmax", "Softmax").add("digit", "Classification")


def sound() -> tuple[Sketch, ...]:
    """Drawings without anything wrong."""
    return classifier(), flat(), with_block()
