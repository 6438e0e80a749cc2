"""Every test here is checked for what it leaves behind."""

from tests.leaks import no_leaks

__all__ = ["no_leaks"]
