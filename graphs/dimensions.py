"""Symbolic axis lengths: `T`, `H/2`, `2*T + 1`, carried exactly through the arithmetic of shape rules.

A length is an int or a Symbolic: an integer polynomial over names and floor quotients. Comparisons with a
Symbolic are false unless they are certain, so that a rule refuses only what must fail. Arithmetic that would write a
length out beyond all use raises OverflowError.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, Union

Dim: TypeAlias = Union[int, "Symbolic"]
Atom: TypeAlias = Union[str, "Quotient"]
Monomial: TypeAlias = tuple[Atom, ...]

# Far more than any network that computes something has: a file must not make a length that takes hours to write out.
MOST_TERMS = 128
DEEPEST = 24


@dataclass(frozen=True, slots=True)
class Quotient:
    """The floor of `numerator / divisor`."""

    numerator: "Symbolic"
    divisor: int
    depth: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        atoms = [atom for monomial, _ in self.numerator.terms for atom in monomial]
        depth = 1 + max((atom.depth for atom in atoms if isinstance(atom, Quotient)), default=0)
        if depth > DEEPEST:
            raise OverflowError(f"a length is divided, with other arithmetic between, more than {DEEPEST} times")
        object.__setattr__(self, "depth", depth)

    def __str__(self) -> str:
        inner = str(self.numerator)
        return f"{inner}/{self.divisor}" if inner.isidentifier() else f"({inner})/{self.divisor}"


@dataclass(frozen=True, slots=True)
class Symbolic:
    """A polynomial: pairs of a monomial (a sorted tuple of atoms, empty for the constant) and its coefficient."""

    terms: tuple[tuple[Monomial, int], ...]

    def __add__(self, other: Dim) -> Dim:
        return _collect([*self.terms, *_terms(other)])

    __radd__ = __add__

    def __neg__(self) -> Dim:
        return _collect((monomial, -factor) for monomial, factor in self.terms)

    def __sub__(self, other: Dim) -> Dim:
        return self + (-other)

    def __rsub__(self, other: int) -> Dim:
        return -self + other

    def __mul__(self, other: Dim) -> Dim:
        factors = _terms(other)
        if len(self.terms) * len(factors) > MOST_TERMS:
            raise OverflowError(f"a length is a sum of more than {MOST_TERMS} terms")
        pairs = [(a + b, x * y) for a, x in self.terms for b, y in factors]
        return _collect((tuple(sorted(m, key=str)), f) for m, f in pairs)

    __rmul__ = __mul__

    def __floordiv__(self, divisor: Dim) -> Dim:
        if isinstance(divisor, Symbolic):
            return self._divide(divisor)
        if divisor == 1:
            return self
        whole = [(m, f // divisor) for m, f in self.terms if m == () or f % divisor == 0]
        rest = _collect((m, f % divisor if m == () else f) for m, f in self.terms if m == () or f % divisor)
        return _collect([*whole, *_terms(_quotient(rest, divisor))])

    def _divide(self, divisor: "Symbolic") -> Dim:
        """Divide by one monomial that is a factor of every term; anything else is a ValueError."""
        if len(divisor.terms) != 1:
            raise ValueError(f"{self} cannot be divided by {divisor}")
        (atoms, factor), parts = divisor.terms[0], []
        for monomial, coefficient in self.terms:
            left = list(monomial)
            for atom in atoms:
                if atom not in left:
                    raise ValueError(f"{self} cannot be divided by {divisor}")
                left.remove(atom)
            parts.append((tuple(left), coefficient))
        return _collect(parts) // factor

    def __mod__(self, divisor: int) -> int:
        """Return the remainder where it is certain, and 0 where it is not known."""
        return 0 if any(m and f % divisor for m, f in self.terms) else dict(self.terms).get((), 0) % divisor

    def __lt__(self, other: Dim) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__

    def __str__(self) -> str:
        text = ""
        for _, written, factor in sorted((not monomial, _written(monomial), factor) for monomial, factor in self.terms):
            sign = " - " if factor < 0 else " + "
            size, atoms = abs(factor), "*".join(atom for _, atom in written)
            piece = atoms if size == 1 and atoms else f"{size}*{atoms}" if atoms else str(size)
            text += (("-" if factor < 0 else "") if not text else sign) + piece
        return text.replace(" ", "") if len(self.terms) == 2 and len(text) < 8 else text

    __repr__ = __str__


def symbol(name: str) -> Symbolic:
    """Return the length called `name`."""
    return Symbolic((((name,), 1),))


def evaluate(length: Dim, sizes: Mapping[str, int]) -> int:
    """Return the number that `length` has when its symbols have `sizes`. Raises KeyError for a name not there."""
    if isinstance(length, int):
        return length
    total = 0
    for monomial, factor in length.terms:
        for atom in monomial:
            factor *= sizes[atom] if isinstance(atom, str) else evaluate(atom.numerator, sizes) // atom.divisor
        total += factor
    return total


def symbols(length: Dim) -> set[str]:
    """Return the names in `length`."""
    if isinstance(length, int):
        return set()
    atoms = [atom for monomial, _ in length.terms for atom in monomial]
    return set().union(*({a} if isinstance(a, str) else symbols(a.numerator) for a in atoms))


def product(lengths: Iterable[Dim]) -> Dim:
    """Return the product of all `lengths`, 1 for none."""
    total: Dim = 1
    for length in lengths:
        total = total * length
    return total


def _terms(length: Dim) -> tuple[tuple[Monomial, int], ...]:
    return length.terms if isinstance(length, Symbolic) else (((), length),)


def _collect(terms: Iterable[tuple[Monomial, int]]) -> Dim:
    totals: dict[Monomial, int] = {}
    for monomial, factor in terms:
        totals[monomial] = totals.get(monomial, 0) + factor
    kept = {m: f for m, f in totals.items() if f}
    if all(m == () for m in kept):
        return kept.get((), 0)
    return Symbolic(tuple(sorted(kept.items(), key=lambda term: _written(term[0]))))


def _written(monomial: Monomial) -> list[tuple[bool, str]]:
    """Return the text of each atom, after which terms are sorted: names come before quotients."""
    return [(isinstance(atom, Quotient), str(atom)) for atom in monomial]


def _quotient(numerator: Dim, divisor: int) -> Dim:
    if isinstance(numerator, int):
        return numerator // divisor
    constant = dict(numerator.terms).get((), 0)
    others = [(m, f) for m, f in numerator.terms if m]
    if len(others) == 1 and others[0][1] == 1 and len(others[0][0]) == 1:
        atom = others[0][0][0]
        if isinstance(atom, Quotient):  # (n // a + c) // b is (n + a * c) // (a * b)
            inner = atom.numerator + atom.divisor * constant
            if isinstance(inner, Symbolic):
                return inner // (atom.divisor * divisor)
    return Symbolic((((Quotient(numerator, divisor),), 1),))
