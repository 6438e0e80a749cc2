"""A form for a declaration: a row a parameter, with kinds that have parameters of their own unfolding below."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphs.declarations import Declaration, Nested, Variant
from graphs.parameters import Choice, Mapped, Parameter, Value
from widgets.fields.row import Row
from widgets.theme import Theme


class Form(QWidget):
    """Rows for the parameters of a declaration.

    `chosen` carries a parameter's name and its new value, `reset` the name of one that goes back to its default.
    Parameters that are mappings are left to their own panels.
    """

    chosen = Signal(str, object)
    reset = Signal(str)

    def __init__(self, declaration: Declaration, theme: Theme, *, only: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.declaration = declaration
        self.rows: dict[str, Row | VariantForm | NestedForm] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for parameter in declaration.choices:
            if isinstance(parameter, Mapped) or (only and parameter.name not in only):
                continue
            row = _row(parameter, theme)
            self.rows[parameter.name] = row
            column.addWidget(row)
            row.chosen.connect(lambda value, name=parameter.name: self.chosen.emit(name, value))
            row.reset.connect(lambda name=parameter.name: self.reset.emit(name))

    def show_values(self, values: Mapping[str, Value], mixed: frozenset[str] = frozenset()) -> None:
        """Show `values`, defaults for all others; `mixed` names those that differ among several nodes."""
        for parameter in self.declaration.choices:
            if parameter.name in self.rows:
                default = self.declaration.default(parameter)
                value = values.get(parameter.name, default)
                row = self.rows[parameter.name]
                differs = parameter.name in mixed
                row.show_value(value, default=value == default and not differs, mixed=differs)


class NestedForm(QWidget):
    """The parameters of one nested declaration, told as a whole."""

    chosen = Signal(object)
    reset = Signal()

    def __init__(self, parameter: Nested, theme: Theme) -> None:
        super().__init__()
        self._value: dict[str, Value] = {}
        self.form = Form(parameter.declared, theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.form.chosen.connect(lambda name, value: self.chosen.emit({**self._value, name: value}))
        self.form.reset.connect(self._without)

    def show_value(self, value: Value, *, default: bool, mixed: bool = False) -> None:
        """Show the values."""
        self._value = dict(value or {})
        self.form.show_values(self._value)

    def _without(self, name: str) -> None:
        self.chosen.emit({key: value for key, value in self._value.items() if key != name})


class VariantForm(QWidget):
    """A choice of kind, and below it the form of the kind chosen."""

    chosen = Signal(object)
    reset = Signal()

    def __init__(self, parameter: Variant, theme: Theme) -> None:
        super().__init__()
        self.parameter = parameter
        self.theme = theme
        self._value: dict[str, Value] = {}
        kinds = Choice(
            name=parameter.name,
            options=tuple(parameter.registry.names()),
            default=None,
            optional=parameter.optional,
            doc=parameter.doc,
        )
        self.kind = Row(kinds, theme)
        self.inner: Form | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.kind)
        self.kind.chosen.connect(self._choose_kind)
        self.kind.reset.connect(self.reset)

    def show_value(self, value: Value, *, default: bool, mixed: bool = False) -> None:
        """Show the kind and its parameters."""
        self._value = dict(value or {})
        name = self._value.get("kind")
        self.kind.show_value(name, default=default, mixed=mixed)
        if self.inner is None or self.inner.declaration.name != name:
            self._rebuild(name)
        if self.inner is not None:
            self.inner.show_values({key: entry for key, entry in self._value.items() if key != "kind"})

    def _rebuild(self, name: str | None) -> None:
        if self.inner is not None:
            self.column.removeWidget(self.inner)
            self.inner.deleteLater()
            self.inner = None
        if name is not None:
            self.inner = Form(self.parameter.registry.get(name), self.theme)
            self.inner.chosen.connect(lambda key, value: self.chosen.emit({**self._value, key: value}))
            self.inner.reset.connect(self._without)
            self.column.addWidget(self.inner)

    def _choose_kind(self, name: str | None) -> None:
        if name is None:
            self.reset.emit()
            return
        kept = {choice.name for choice in self.parameter.registry.get(name).choices}
        self.chosen.emit({"kind": name, **{key: value for key, value in self._value.items() if key in kept}})

    def _without(self, name: str) -> None:
        self.chosen.emit({key: value for key, value in self._value.items() if key != name})


def _row(parameter: Parameter, theme: Theme) -> Row | VariantForm | NestedForm:
    if isinstance(parameter, Variant):
        return VariantForm(parameter, theme)
    return NestedForm(parameter, theme) if isinstance(parameter, Nested) else Row(parameter, theme)
