"""The JSON Schema of a project file, made from the declarations: `python -m graphs.schema` writes it to resources."""

import json
from pathlib import Path
from typing import Any

from graphs import catalogue
from graphs.annotations import DOTS, ENTRIES, SLOTS
from graphs.attributes import FLOW, NODE_KINDS
from graphs.filing.atomic import write_bytes
from graphs.filing.migrations import VERSION
from graphs.filing.reading import FORMAT
from graphs.filing.reading_annotations import MOST
from graphs.filing.reading_values import LONGEST_ID
from graphs.naming import LONGEST
from graphs.network import NODE_ATTRIBUTES
from graphs.parameters import FARTHEST, Parameter
from graphs.project import LONGEST_TITLE, MAIN
from graphs.spec import LayerSpec

PATH = Path(__file__).parent.parent / "resources" / "schema" / f"netwright-{VERSION}.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def schema() -> Schema:
    """Return the schema. It tells an editor what may stand where; reading a file checks a little more than it can say.

    A kind of layer that is not declared may have any parameters, as it may when a file is read.
    """
    return {
        "$schema": DIALECT,
        "$id": f"netwright-{VERSION}.json",
        "title": "Netwright project",
        "type": "object",
        "required": ["format", "version", "networks"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "title": {"type": "string", "maxLength": LONGEST_TITLE},
            "networks": {
                "type": "object",
                "required": [MAIN],
                "propertyNames": {"$ref": "#/$defs/name"},
                "additionalProperties": {"$ref": "#/$defs/network"},
            },
            "data": {"type": "object"},
            "training": {"type": "object"},
        },
        "$defs": {"name": _name(), "network": _network(), "node": _node(), "edge": _edge(), "layers": _layers()},
    }


def text() -> str:
    """Return the schema as its file holds it."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _name() -> Schema:
    pattern = r"^(?:[A-Za-z][A-Za-z0-9_]*|0|[1-9][0-9]{0,8})$"
    return {"type": "string", "pattern": pattern, "maxLength": LONGEST}


def _network() -> Schema:
    number = {"type": "object", "additionalProperties": {"type": "number"}}
    attributes = {"arguments": number, "flow": FLOW.schema(), **_entries()}
    return {
        "type": "object",
        "required": ["nodes", "edges"],
        "properties": {
            "directed": {"const": True},
            "multigraph": {"const": True},
            "graph": {"type": "object", "properties": attributes},
            "nodes": {"type": "array", "items": {"$ref": "#/$defs/node"}},
            "edges": {"type": "array", "items": {"$ref": "#/$defs/edge"}},
        },
        "additionalProperties": False,
    }


def _entries() -> Schema:
    """Return the schemas of frames, notes and bookmarks by id; an entry may have more than is declared."""
    kinds = {
        name: {
            "type": "object",
            "description": declared.summary,
            "properties": {kind.name: _parameter(kind) for kind in declared.choices},
        }
        for name, declared in ENTRIES.items()
    }
    ids = {name: {"type": "string", "minLength": 1, "maxLength": LONGEST_ID} for name in ENTRIES}
    ids["bookmarks"] = {"enum": list(SLOTS)}
    return {
        name: {"type": "object", "maxProperties": MOST, "propertyNames": ids[name], "additionalProperties": kind}
        for name, kind in kinds.items()
    }


def _node() -> Schema:
    coordinate = {"type": "number", "minimum": -FARTHEST, "maximum": FARTHEST}
    attributes = {name: {**kind.schema(), "description": NODE_ATTRIBUTES[name]} for name, kind in NODE_KINDS.items()}
    return {
        "type": "object",
        "required": ["id", "name", "layer"],
        "properties": {
            "id": {"type": "string", "minLength": 1, "maxLength": LONGEST_ID},
            "name": {"$ref": "#/$defs/name"},
            "layer": {"type": "string", "minLength": 1, "maxLength": LONGEST_ID},
            "parameters": {"type": "object"},
            "position": {"type": "array", "items": coordinate, "minItems": 2, "maxItems": 2},
            **attributes,
        },
        "allOf": [_choice(spec.name) for spec in _declared()],
    }


def _choice(name: str) -> Schema:
    parameters = {"properties": {"parameters": {"$ref": f"#/$defs/layers/{name}"}}}
    return {"if": {"properties": {"layer": {"const": name}}, "required": ["layer"]}, "then": parameters}


def _layers() -> Schema:
    return {
        spec.name: {
            "description": spec.summary,
            "type": "object",
            "properties": {kind.name: _parameter(kind) for kind in spec.choices},
            "additionalProperties": False,
        }
        for spec in _declared()
    }


def _parameter(kind: Parameter) -> Schema:
    found = kind.schema()
    if kind.optional:
        found = {"anyOf": [found, {"type": "null"}]}
    return {**found, "description": kind.doc} if kind.doc else found


def _edge() -> Schema:
    return {
        "type": "object",
        "required": ["source", "target", "key"],
        "properties": {
            "source": {"type": "string"},
            "target": {"type": "string"},
            "key": {"type": "string", "pattern": "^[^:]{1,64}:[^:]{1,64}$"},
            "dots": _parameter(DOTS),
        },
    }


def _declared() -> list[LayerSpec]:
    """Return the layers by name, so that a layer added anywhere changes one place of the schema."""
    return [catalogue.get(name) for name in sorted(catalogue.names())]


def main() -> None:
    """Write the schema to its file."""
    PATH.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(PATH, text().encode("utf-8"))


if __name__ == "__main__":
    main()
