"""The one family of errors that users see: what is wrong, where, what was expected, what to try."""


class UserError(Exception):
    """A mistake that a user can mend; its text is shown as it stands, without a traceback."""


class ValueProblem(UserError):
    """A value that a parameter does not take.

    `where` names the parameter, `got` is the value as the user wrote it, `expected` says what is allowed.
    """

    def __init__(self, where: str, got: object, expected: str) -> None:
        self.where = where
        self.got = got
        self.expected = expected
        super().__init__(f"{where}: got {_brief(got)}, expected {expected}.")


class FileProblem(UserError):
    """A file that cannot be read or written; `path` is the file, `place` the spot inside it."""

    def __init__(self, path: object, what: str, place: str = "") -> None:
        self.path = path
        self.what = what
        self.place = place
        super().__init__(f"{path}{f': {place}' if place else ''}: {what}")


class BadUsage(UserError):
    """A command that was called in a way that it does not know, whatever the files that it was called with hold."""


class EditProblem(UserError):
    """An edit that does not fit the project as it is."""


def _brief(value: object, limit: int = 80) -> str:
    try:
        text = repr(value)
    except ValueError:  # an integer of more digits than Python agrees to print
        return "a number with too many digits"
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
