"""Which version of the program this is."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Return the version installed, or `unversioned` where it runs without being installed."""
    try:
        return version("netwright")
    except PackageNotFoundError:
        return "unversioned"
