"""A form for a declaration: a row a parameter, with kinds that have parameters of their own unfolding below."""

from collections.abc import Mapping
from contextlib import suppress

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from graphs.declarations import Declaration, Nested, Variant
from graphs.errors import ValueProblem
from graphs.parameters import Choice, Mapped, Parameter, Value
from widgets.fields.row import Row
from widgets.theme import Theme

FILTER_FROM = 10


class Form(QWidget):
    """Rows for the parameters of a declaration; a long form has a line on top that filters them by name and help.

    `chosen` carries a parameter's name and its new value, `reset` the name of one that goes back to its default.
    `stepping` says, while `chosen` is told, whether it is one step of a longer movement (wheel, arrows, drag).
    Parameters that are mappings are left to their own panels.
    """

    chosen = Signal(str, object)
    reset = Signal(str)

    def __init__(self, declaration: Declaration, theme: Theme, *, only: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.declaration = declaration
        self.stepping = False
        self.rows: dict[str, Row | VariantForm | NestedForm] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(f"Filter the choices of {declaration.name}")
        self.filter.textChanged.connect(self._show_matching)
        column.addWidget(self.filter)
        for parameter in declaration.choices:
            if isinstance(parameter, Mapped) or (only and parameter.name not in only):
                continue
            self.rows[parameter.name] = self._add(parameter, theme)
            column.addWidget(self.rows[parameter.name])
        self.filter.setVisible(len(self.rows) >= FILTER_FROM)

    def _add(self, parameter: Parameter, theme: Theme) -> "Row | VariantForm | NestedForm":
        row = _row(parameter, theme)
        row.chosen.connect(lambda value: self._tell(parameter.name, value))
        row.reset.connect(lambda: self.reset.emit(parameter.name))
        return row

    def _tell(self, name: str, value: Value) -> None:
        row = self.rows[name]
        self.stepping = row.editor.stepping if isinstance(row, Row) else row.stepping
        self.chosen.emit(name, value)
        self.stepping = False

    def show_values(self, values: Mapping[str, Value], mixed: Mapping[str, str] | None = None) -> None:
        """Show `values`, defaults for all others.

        `mixed` names the parameters that differ among several nodes, each with the words that say how.
        """
        for parameter in self.declaration.choices:
            if parameter.name in self.rows:
                default = self.declaration.default(parameter)
                value = values.get(parameter.name, default)
                differs = parameter.name in (mixed or {})
                self.rows[parameter.name].show_value(
                    value,
                    # What has no default, such as a choice that must be made, cannot go back to it.
                    default=not differs and (value == default or (default is None and not parameter.optional)),
                    mixed=differs,
                    spread=(mixed or {}).get(parameter.name, ""),
                )

    def use_arguments(self, arguments: Mapping[str, int | float] | None) -> None:
        """Let expressions name these arguments only, and show what they come to; None takes any name."""
        for row in self.rows.values():
            row.use_arguments(arguments)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        for row in self.rows.values():
            row.show_theme(theme)

    def _show_matching(self, text: str) -> None:
        words = text.lower().split()
        for name, row in self.rows.items():
            told = f"{name.replace('_', ' ')} {name} {row.parameter.doc}".lower()
            row.setVisible(all(word in told for word in words))


class Inner(QWidget):
    """What forms within a form share: the mapping that they edit is told as a whole, in canonical form."""

    chosen = Signal(object)
    reset = Signal()

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.parameter = parameter
        self.stepping = False
        self.form: Form | None = None
        self.held: dict[str, Value] = {}
        self.arguments: Mapping[str, int | float] | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def show_form(self, form: Form | None) -> None:
        """Show another form below, or none."""
        if self.form is not None:
            self.column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = form
        if form is not None:
            form.use_arguments(self.arguments)
            form.chosen.connect(lambda name, value: self.tell({**self.held, name: value}, form.stepping))
            form.reset.connect(lambda name: self.tell({k: v for k, v in self.held.items() if k != name}))
            self.column.addWidget(form)

    def tell(self, value: Mapping[str, Value], stepping: bool = False) -> None:
        """Tell the new whole."""
        self.stepping = stepping
        self.chosen.emit(self.parameter.check(value))
        self.stepping = False

    def use_arguments(self, arguments: Mapping[str, int | float] | None) -> None:
        """Hand the arguments that expressions may name to the rows."""
        self.arguments = arguments
        if self.form is not None:
            self.form.use_arguments(arguments)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme` from now on."""
        if self.form is not None:
            self.form.show_theme(theme)


class NestedForm(Inner):
    """The parameters of one nested declaration."""

    def __init__(self, parameter: Nested, theme: Theme) -> None:
        super().__init__(parameter)
        self.show_form(Form(parameter.declared, theme))

    def show_value(self, value: Value, *, default: bool, mixed: bool = False, spread: str = "") -> None:
        """Show the values."""
        assert self.form is not None
        self.held = dict(value or {})
        self.form.show_values(self.held)


class VariantForm(Inner):
    """A choice of kind, and below it the form of the kind chosen."""

    def __init__(self, parameter: Variant, theme: Theme) -> None:
        super().__init__(parameter)
        self.variant = parameter
        self.theme = theme
        options = tuple(parameter.registry.names())
        self.kind = Row(
            Choice(name=parameter.name, options=options, optional=parameter.optional, doc=parameter.doc), theme
        )
        self.column.addWidget(self.kind)
        self.kind.chosen.connect(self._choose_kind)
        self.kind.reset.connect(self.reset)

    def show_value(self, value: Value, *, default: bool, mixed: bool = False, spread: str = "") -> None:
        """Show the kind and its parameters."""
        self.held = dict(value or {})
        name = None if mixed else self.held.get("kind")
        self.kind.show_value(name, default=default, mixed=mixed, spread=spread)
        if name is None or self.form is None or self.form.declaration.name != name:
            self.show_form(None if name is None else Form(self.variant.registry.get(name), self.theme))
        if self.form is not None:
            self.form.show_values({key: entry for key, entry in self.held.items() if key != "kind"})

    def show_theme(self, theme: Theme) -> None:
        super().show_theme(theme)
        self.theme = theme
        self.kind.show_theme(theme)

    def _choose_kind(self, name: str | None) -> None:
        if name is None:
            self.chosen.emit(None)
        else:
            self.tell({"kind": name, **_fitting(self.variant.registry.get(name), self.held)})


def _row(parameter: Parameter, theme: Theme) -> Row | VariantForm | NestedForm:
    if isinstance(parameter, Variant):
        return VariantForm(parameter, theme)
    return NestedForm(parameter, theme) if isinstance(parameter, Nested) else Row(parameter, theme)


def _fitting(declaration: Declaration, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return those of `values` that another kind takes as well."""
    kept = {}
    for parameter in declaration.choices:
        if parameter.name in values:
            with suppress(ValueProblem):
                kept[parameter.name] = parameter.check(values[parameter.name])
    return kept
