"""Every test here is checked for what it leaves behind, and may ask for the real window."""

from tests.leaks import no_leaks
from tests.widgets.opening import opened, project

__all__ = ["no_leaks", "opened", "project"]
