"""Architectures to start from: one file a family, each a registered function that draws a project."""

from graphs.templates.registry import TEMPLATES, TemplateSpec, create, get, names

__all__ = ["TEMPLATES", "TemplateSpec", "create", "get", "names"]
