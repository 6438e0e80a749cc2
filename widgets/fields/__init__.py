"""Forms drawn from declarations: an editor for each parameter kind, a row for each parameter, a form for the whole.

Every form in the window (layer, data, training, settings, template options, dialogs) is made here.
"""

from widgets.fields.form import Form
from widgets.fields.row import Row

__all__ = ["Form", "Row"]
