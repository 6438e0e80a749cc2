"""Ways of training, one readable file each; the table says which network roles and file each one has."""

from dataclasses import dataclass

from graphs.declarations import Declaration, Registry


@dataclass(frozen=True, kw_only=True)
class RecipeSpec(Declaration):
    """One way of training: `entry` is "module:class" of its mathematics, loaded by the worker alone."""

    entry: str
    roles: tuple[str, ...] = ("main",)


RECIPES: Registry[RecipeSpec] = Registry("recipe")
RECIPES.add(
    RecipeSpec(
        name="supervised",
        summary="Learn outputs from examples; the losses are those of the output nodes.",
        entry="builder.recipes.supervised:Supervised",
    )
)
