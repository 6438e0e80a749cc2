"""What a user chooses about training, declared once: form, file, `--set` and validation follow from it."""

from builder.recipes import RECIPES
from builder.training.optimizers import OPTIMIZERS
from builder.training.schedules import SCHEDULES
from graphs.declarations import Declaration, Variant
from graphs.parameters import Choice, Integer, Real

TRAINING = Declaration(
    name="training",
    summary="How the network is trained.",
    parameters=(
        Choice(
            name="recipe",
            default="supervised",
            options=tuple(RECIPES.names()),
            doc="The way of training.",
        ),
        Integer(name="epochs", default=20, low=1, high=1_000_000, doc="Passes over the training data."),
        Integer(name="batch_size", default=64, low=1, high=1_000_000, unit="samples", doc="Samples to one step."),
        Variant(name="optimizer", default={"kind": "AdamW"}, options=OPTIMIZERS, doc="How a gradient becomes a step."),
        Variant(name="schedule", default={"kind": "constant"}, options=SCHEDULES, doc="How the learning rate moves."),
        Real(name="warmup", default=0.0, low=0, unit="epochs", doc="Epochs in which the learning rate grows from 0."),
        Real(
            name="clip_norm",
            default=None,
            optional=True,
            low=0,
            low_open=True,
            doc="Longest gradient; a longer one is scaled down to it.",
        ),
        Integer(
            name="early_stopping",
            default=None,
            optional=True,
            low=1,
            unit="epochs",
            doc="End after this many epochs without a better validation loss.",
        ),
        Integer(name="seed", default=0, low=0, high=2**31, doc="Makes the run repeatable."),
    ),
)
