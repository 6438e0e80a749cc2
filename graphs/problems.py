"""Problems: what is wrong with a drawing, where, and which edits would mend it."""

from dataclasses import dataclass, field

from graphs.edits import Edit


@dataclass(frozen=True, slots=True)
class Fix:
    """A remedy that one click applies: an edit with the words for its button, such as "Insert Flatten".

    `safe` fixes follow from the drawing alone and may be applied all at once.
    """

    title: str
    edit: Edit
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.

    kind: a stable word, such as `unconnected-input`. severity: `error` stops training, `warning` does not.
    network, node, port: where; node and port may be empty. path: ids of the block nodes that lead from the reported
    network into `network`, empty at the top.
    title: the sentence after the node's name ("wants flat features"). came, expected: what was there and what
    would fit, both may be empty. cause: the problem from which this one follows, None for a root cause.
    """

    kind: str
    severity: str
    network: str
    node: str
    title: str
    name: str = ""
    port: str = ""
    came: str = ""
    expected: str = ""
    path: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    cause: "Problem | None" = field(default=None, repr=False)

    @property
    def message(self) -> str:
        """The whole in one or two sentences: who, what came, what was expected."""
        who = f"{self.name} {self.title}" if self.name else self.title
        came = f"Came {self.came}" if self.came else ""
        wanted = f"{'expected' if came else 'Expected'} {self.expected}" if self.expected else ""
        detail = ", ".join(part for part in (came, wanted) if part)
        sentence = who if who.endswith("?") else f"{who.rstrip('.')}."
        return f"{sentence} {detail}." if detail else sentence

    @property
    def advice(self) -> str:
        """The message and the first remedy, if there is one, for those who cannot click on it."""
        return f"{self.message} {self.fixes[0].title}." if self.fixes else self.message
