"""The kinds of what nodes and networks may hold beside layer and parameters, for reading, writing and the schema."""

from graphs.network import NODE_ATTRIBUTES
from graphs.parameters import Boolean, Choice, Parameter, Text

_KINDS: dict[str, Parameter] = {
    "shares": Text(name="shares", pattern=r"[\s\S]+", form="the id of another node"),
    "bypassed": Boolean(name="bypassed"),
    "disabled": Boolean(name="disabled"),
    "frozen": Boolean(name="frozen"),
    "pinned": Boolean(name="pinned"),
    "comment": Text(name="comment", multiline=True),
    "colour": Text(name="colour", pattern="#[0-9a-fA-F]{6}", form="a colour such as #3366cc"),
    "open": Boolean(name="open"),
    "frame": Text(name="frame", pattern=r"[\s\S]+", form="the id of a frame"),
}

# In the order of NODE_ATTRIBUTES, which is also the order in a file.
NODE_KINDS: dict[str, Parameter] = {name: _KINDS[name] for name in NODE_ATTRIBUTES}

FLOW = Choice(name="flow", options=("down", "right"), default="down")
