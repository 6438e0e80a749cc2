"""Breaks lines of generated code at their brackets, the way a formatter does."""

WIDTH = 100
STEP = "    "
_OPEN, _CLOSE = "([{", ")]}"


def fold(line: str, indent: str = "") -> list[str]:
    """Return one statement as lines of at most WIDTH columns, where its brackets allow it."""
    if len(indent) + len(line) <= WIDTH:
        return [indent + line]
    found = _outermost(line)
    if found is None:
        return [indent + line]
    start, end = found
    inner, deeper = line[start + 1 : end], indent + STEP
    head, tail = indent + line[: start + 1], indent + line[end:]
    parts = split(inner)
    grouped = len(parts) == 1 and (" for " in inner or not line[:start][-1:].isidentifier())
    if len(deeper) + len(inner) <= WIDTH and (len(parts) > 1 or grouped):
        return [head, deeper + inner, tail]
    if grouped or not parts:  # a comma here would make a tuple, or is not allowed
        return [head, *fold(inner, deeper), tail]
    body = [piece for part in parts for piece in fold(f"{part},", deeper)]
    return [head, *body, tail]


def split(text: str) -> list[str]:
    """Return the parts of `text` between commas that are in no bracket and no string."""
    parts, start, depth = [], 0, 0
    for place, sign in _signs(text):
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if sign == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    last = text[start:].strip()
    return [*parts, last] if last else parts


def _outermost(line: str) -> tuple[int, int] | None:
    """Return where the longest bracket of the outermost level opens and closes."""
    best: tuple[int, int] | None = None
    depth, start = 0, 0
    for place, sign in _signs(line):
        if sign in _OPEN:
            start = place if depth == 0 else start
            depth += 1
        elif sign in _CLOSE:
            depth -= 1
            if depth == 0 and (best is None or place - start > best[1] - best[0]):
                best = (start, place)
    return best


def _signs(text: str) -> list[tuple[int, str]]:
    """Return brackets and commas with their places, strings left out."""
    found, quote, place = [], "", 0
    while place < len(text):
        sign = text[place]
        if quote:
            place += sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in _OPEN or sign in _CLOSE or sign == ",":
            found.append((place, sign))
        place += 1
    return found
