"""Names that become attributes and classes of generated code: what is allowed, and finding one that is free."""

import keyword
import re
from collections.abc import Container, Iterable

from graphs.errors import UserError

LONGEST = 64

# Attributes that every torch.nn.Module has: a layer of the same name would break its module. A test compares
# this list with torch itself.
_RESERVED_WORDS = (
    "T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches "
    "eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict "
    "modules mtia named_buffers named_children named_modules named_parameters nn parameters "
    "register_backward_hook register_buffer register_forward_hook register_forward_pre_hook "
    "register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook "
    "register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook "
    "register_state_dict_pre_hook requires_grad_ self set_extra_state set_submodule share_memory state_dict super "
    "to to_empty torch train training type xpu zero_grad "
)
RESERVED = frozenset(_RESERVED_WORDS.split())
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def check_name(name: object, what: str = "layer") -> str:
    """Return `name` if it can be an attribute of a module: an identifier, or a number as in nn.Sequential.

    Raises UserError that says what is wrong with it.
    """
    if isinstance(name, str) and len(name) <= LONGEST:
        if _IDENTIFIER.fullmatch(name) and name not in RESERVED and not keyword.iskeyword(name):
            return name
        if _NUMBER.fullmatch(name):
            return name
    raise UserError(_wrong_name(name, what))


def _wrong_name(name: object, what: str) -> str:
    one = f"an {what}" if what[0] in "aeiou" else f"a {what}"
    if not isinstance(name, str) or not name:
        return f"{one.capitalize()} needs a name."
    if len(name) > LONGEST:
        return f"{name[:20]}… is too long for {one}'s name: at most {LONGEST} characters."
    if _IDENTIFIER.fullmatch(name):
        return f"{name!r} cannot name {one}: Python or torch already uses that word."
    return f"{name!r} cannot name {one}: it becomes a name in code, so use letters, digits and _, a letter first."


def free_name(wanted: str, taken: Container[str]) -> str:
    """Return `wanted`, or it with the lowest number that makes it free: conv1, conv2..."""
    if wanted not in taken and not wanted[-1:].isdigit():
        return wanted
    stem = wanted.rstrip("0123456789") or wanted
    number = int(wanted[len(stem) :] or 1)
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


class FreeNames:
    """Gives out free names as `free_name` does, remembering how far it looked: thousands of copies take no longer."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {*taken}
        self._ahead: dict[tuple[str, int], int] = {}

    def take(self, wanted: str) -> str:
        """Return `wanted`, or it with the lowest number from its own on that makes it free; it is taken then."""
        if wanted in self._taken:
            stem = wanted.rstrip("0123456789") or wanted
            number, passed = int(wanted[len(stem) :] or 1), []
            while f"{stem}{number}" in self._taken:
                passed.append(number)
                number = self._ahead.get((stem, number), number + 1)
            self._ahead |= {(stem, each): number + 1 for each in passed}
            wanted = f"{stem}{number}"
        self._taken.add(wanted)
        return wanted


def stem_of(kind: str) -> str:
    """Return the usual start of a layer's name: `conv` for Conv2d, `batch_norm` for BatchNorm2d, `relu` for ReLU."""
    short = {"Conv1d": "conv", "Conv2d": "conv", "Conv3d": "conv", "Linear": "fc", "MultiheadAttention": "attention"}
    if kind in short:
        return short[kind]
    bare = re.sub(r"[123]d$", "", kind)
    words = re.findall(r"[PR]?ReLU6?|SiLU|MatMul|[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+", bare)
    return "_".join(word.lower() for word in words) or "layer"
