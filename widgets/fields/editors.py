"""Which editor a parameter kind is edited with."""

from graphs.parameters import Boolean, Choice, FilePath, Parameter, Size, Text
from widgets.fields.editor import Editor
from widgets.fields.line_editor import LineEditor, PathEditor
from widgets.fields.size_editor import SizeEditor
from widgets.fields.word_editors import CheckEditor, ChoiceEditor, PassageEditor
from widgets.theme import Theme

# The first kind that fits counts, so that a kind stands before what it is made from.
EDITORS: tuple[tuple[type[Parameter], type[Editor]], ...] = (
    (Boolean, CheckEditor),
    (Choice, ChoiceEditor),
    (FilePath, PathEditor),
    (Size, SizeEditor),
    (Parameter, LineEditor),
)


def editor_for(parameter: Parameter, theme: Theme) -> Editor:
    """Return a new editor for a parameter."""
    if isinstance(parameter, Text) and parameter.multiline:
        return PassageEditor(parameter, theme)
    make = next(editor for kind, editor in EDITORS if isinstance(parameter, kind))
    return make(parameter, theme)
