"""All templates by name, and creating a project from one."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graphs.declarations import Declaration, Registry
from graphs.parameters import Parameter, Value
from graphs.project import Project

Options: TypeAlias = Mapping[str, Value]
Draw: TypeAlias = Callable[[Project, Options], None]


@dataclass(frozen=True, kw_only=True)
class TemplateSpec(Declaration):
    """A template: `parameters` are its options, `draw` fills an empty project, `source` is where it was published."""

    title: str
    draw: Draw
    source: str = ""


def _load() -> None:
    families = importlib.import_module("graphs.templates")
    for family in pkgutil.iter_modules(families.__path__):
        importlib.import_module(f"graphs.templates.{family.name}")


TEMPLATES: Registry[TemplateSpec] = Registry("template", _load)


def template(name: str, title: str, summary: str, *parameters: Parameter, source: str = "") -> Callable[[Draw], Draw]:
    """Register the decorated function as a template; the other arguments are the fields of TemplateSpec."""

    def register(draw: Draw) -> Draw:
        TEMPLATES.add(
            TemplateSpec(name=name, title=title, summary=summary, parameters=parameters, draw=draw, source=source)
        )
        return draw

    return register


def names() -> list[str]:
    """Return the names of all templates."""
    return TEMPLATES.names()


def get(name: str) -> TemplateSpec:
    """Return the declaration of a template. Raises UserError that suggests near names."""
    return TEMPLATES.get(name)


def create(name: str, **options: Value) -> Project:
    """Return a new project drawn by a template. Raises UserError for a name or an option that is not taken."""
    spec = get(name)
    project = Project(title=spec.title)
    spec.draw(project, spec.complete(options))
    return project
