"""Recurrent networks for sequences."""

from graphs.parameters import Boolean, Integer
from graphs.project import Project
from graphs.templates.drawing import Pen, set_data, set_training
from graphs.templates.registry import Options, template

SEQUENCE = (
    Integer(name="steps", default=50, low=1, high=100_000, doc="Steps of a sequence."),
    Integer(name="features", default=1, low=1, high=100_000, doc="Numbers at each step."),
    Integer(name="hidden", default=32, low=1, high=16_384, unit="features", doc="Features of the state."),
    Integer(name="layers", default=1, low=1, high=64, doc="LSTM layers on top of one another."),
    Boolean(name="bidirectional", default=False, doc="Whether a second direction reads from the end."),
)


def _read(project: Project, options: Options) -> Pen:
    """Draw the input and the LSTM whose last step sums the sequence up."""
    pen = Pen(project).add("Input", "sequence", shape=(options["steps"], options["features"]))
    return pen.add(
        "LSTM",
        "lstm",
        hidden_size=options["hidden"],
        num_layers=options["layers"],
        bidirectional=options["bidirectional"],
        returns="last",
    )


def _is_sines(options: Options) -> bool:
    return (options["steps"], options["features"]) == (50, 1)


@template(
    "lstm_classifier",
    "LSTM classifier",
    "Read a sequence and tell its class; drawn for the frequency of a wave.",
    *SEQUENCE,
    Integer(name="classes", default=3, low=2, high=100_000, doc="How many classes to tell apart."),
    source="Hochreiter and Schmidhuber 1997",
)
def _lstm_classifier(project: Project, options: Options) -> None:
    pen = _read(project, options)
    pen.add("Linear", "fc", out_features=options["classes"]).add("Classification", "label")
    set_data(project, {"kind": "sines"} if _is_sines(options) and options["classes"] == 3 else None)
    # Found by trial: larger steps forget the start of a wave, and its frequency with it.
    set_training(project, 40, batch_size=32, lr=5e-3, schedule={"kind": "cosine"}, clip_norm=1.0)


@template(
    "lstm_regressor",
    "LSTM regressor",
    "Read a sequence and estimate numbers; drawn for the next value of a wave.",
    *SEQUENCE,
    Integer(name="targets", default=1, low=1, high=10_000, doc="How many numbers to estimate."),
    source="Hochreiter and Schmidhuber 1997",
)
def _lstm_regressor(project: Project, options: Options) -> None:
    pen = _read(project, options)
    pen.add("Linear", "fc", out_features=options["targets"]).add("Regression", "target")
    waves = _is_sines(options) and options["targets"] == 1
    set_data(project, {"kind": "sines", "target": "next value"} if waves else None)
    set_training(project, epochs=40, lr=1e-2, clip_norm=1.0)
