"""Fully connected networks: points in the plane, tables, and pictures squeezed through a narrow code."""

from graphs.parameters import Choice, Integer, Integers, Real
from graphs.project import Project
from graphs.templates.drawing import Pen, set_data, set_training
from graphs.templates.registry import Options, template

ACTIVATION = Choice(
    name="activation",
    default="ReLU",
    options=("ReLU", "GELU", "SiLU", "Tanh", "ELU", "LeakyReLU"),
    doc="What bends the numbers between the layers.",
)


def _features(default: int) -> Integer:
    doc = "Numbers that one row becomes: one a numeric column, one a class of a categorical one."
    return Integer(name="features", default=default, low=1, high=1_000_000, doc=doc)


def _hidden(*sizes: int) -> Integers:
    return Integers(name="hidden", default=sizes, low=1, shortest=1, expression=False, doc="Features of each layer.")


@template(
    "mlp",
    "Multilayer perceptron",
    "Connected layers that learn a curved border between classes, shown on points on two spirals.",
    _features(2),
    _hidden(64, 64),
    ACTIVATION,
    Integer(name="classes", default=2, low=2, high=100_000, doc="How many classes to tell apart."),
    source="Rumelhart, Hinton and Williams 1986",
)
def _mlp(project: Project, options: Options) -> None:
    pen = Pen(project).add("Input", "point", shape=(options["features"],))
    for number, features in enumerate(options["hidden"], 1):
        pen.add("Linear", f"fc{number}", out_features=features).add(options["activation"], f"act{number}")
    pen.add("Linear", f"fc{len(options['hidden']) + 1}", out_features=options["classes"])
    pen.add("Classification", "label")
    set_data(project, {"kind": "spirals"} if options["features"] == options["classes"] == 2 else None)
    set_training(project, epochs=100, lr=3e-3)


def _table(project: Project, options: Options) -> Pen:
    """Draw the layers that both kinds of tables share."""
    pen = Pen(project).add("Input", "features", shape=(options["features"],))
    for number, features in enumerate(options["hidden"], 1):
        pen.add("Linear", f"fc{number}", out_features=features, bias=False)
        pen.add("BatchNorm1d", f"bn{number}").add(options["activation"], f"act{number}")
        if options["dropout"]:
            pen.add("Dropout", f"dropout{number}", p=options["dropout"])
    return pen


DROPOUT = Real(name="dropout", default=0.2, low=0, high=0.95, doc="Share of numbers left out while training.")


@template(
    "tabular_classifier",
    "Table: classes",
    "Tell the class of each row of a table, such as a CSV file; drawn for the 4 measures of the iris flowers.",
    _features(4),
    _hidden(64, 32),
    ACTIVATION,
    DROPOUT,
    Integer(name="classes", default=3, low=2, high=100_000, doc="How many classes to tell apart."),
)
def _tabular_classifier(project: Project, options: Options) -> None:
    pen = _table(project, options)
    pen.add("Linear", "fc_out", out_features=options["classes"]).add("Classification", "label")
    set_data(project, {"kind": "iris"} if (options["features"], options["classes"]) == (4, 3) else None)
    set_training(project, epochs=60, batch_size=32)


@template(
    "tabular_regression",
    "Table: numbers",
    "Estimate numbers from each row of a table, such as a CSV file; drawn for the 10 measures of the diabetes data.",
    _features(10),
    _hidden(64, 32),
    ACTIVATION,
    DROPOUT,
    Integer(name="targets", default=1, low=1, high=10_000, doc="How many numbers to estimate."),
)
def _tabular_regression(project: Project, options: Options) -> None:
    pen = _table(project, options)
    pen.add("Linear", "fc_out", out_features=options["targets"]).add("Regression", "target")
    set_data(project, {"kind": "diabetes"} if (options["features"], options["targets"]) == (10, 1) else None)
    set_training(project, epochs=40, batch_size=32)


@template(
    "autoencoder",
    "Autoencoder",
    "Squeeze pictures of digits into a few numbers, and draw them again from those.",
    Integer(name="code", default=8, low=1, high=64, unit="features", doc="Numbers that a picture is squeezed into."),
    Integer(name="hidden", default=48, low=1, high=100_000, unit="features", doc="Features on the way there and back."),
    source="Hinton and Salakhutdinov 2006",
)
def _autoencoder(project: Project, options: Options) -> None:
    pen = Pen(project).add("Input", "image", shape=(1, 8, 8)).add("Flatten", "flatten")
    pen.add("Linear", "encoder1", out_features=options["hidden"]).add("ReLU", "relu1")
    pen.add("Linear", "code", out_features=options["code"])
    pen.add("Linear", "decoder1", out_features=options["hidden"]).add("ReLU", "relu2")
    pen.add("Linear", "decoder2", out_features=64).add("Sigmoid", "sigmoid")
    pen.add("Unflatten", "unflatten", unflattened_size=(1, 8, 8)).add("Reconstruction", "picture")
    set_data(project, {"kind": "digits"}, scale="none")  # pixels are 0 to 1 already, as the sigmoid's numbers are
    set_training(project, epochs=60, lr=3e-3)
