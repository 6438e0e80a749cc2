"""Goes back and forth through edits drawn at random, so that states that were left are returned to."""

from collections.abc import Iterator

from graphs.edits import Edit
from graphs.past import LARGE, Turn
from tests.graphs.random_edits import Chance


def back_and_forth(chance: Chance, count: int) -> Iterator[tuple[Edit, Turn]]:
    """Carry out so many steps: edits, and edits taken back and done again, each told of as if it were large."""
    fresh, done, undone = chance.edits(count), list[tuple[Edit, Edit, int, int]](), list[tuple[Edit, Edit, int, int]]()
    last = state = 0
    for _ in range(count):
        draw = chance.random.random()
        if done and draw < 0.35:
            edit, back, before, after = done.pop()
            undone.append((back.apply(chance.project), back, before, after))
            turn, edit = Turn(after, before, LARGE), back
        elif undone and draw < 0.7:
            edit, _, before, after = undone.pop()
            done.append((edit, edit.apply(chance.project), before, after))
            turn = Turn(before, after, LARGE)
        else:
            edit, back = next(fresh)
            undone.clear()
            last += 1
            done.append((edit, back, state, last))
            turn = Turn(state, last, LARGE)
        state = turn.after
        yield edit, turn
