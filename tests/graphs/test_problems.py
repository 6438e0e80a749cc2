"""Problems: each is told once, at its root, with fixes that mend it and can be undone."""

import copy

import pytest

from graphs.checking.remedies import KINDS
from graphs.edits import SetParameters
from graphs.problems import Problem
from graphs.project import Project
from graphs.reporting import Report, report
from tests.graphs.sketch import Sketch, with_block
from tests.graphs.wrong_drawings import WRONG, Wrong, sound

every = pytest.mark.parametrize("wrong", WRONG, ids=[f"{wrong.kind}-{number}" for number, wrong in enumerate(WRONG)])


def roots(found: Report) -> list[Problem]:
    """The root causes."""
    return [problem for problem in found.problems if problem.cause is None]


def the_problem(wrong: Wrong, project: Project) -> Problem:
    """The problem that the drawing was made for."""
    found = [problem for problem in roots(report(project)) if (problem.kind, problem.node) == (wrong.kind, wrong.node)]
    assert len(found) == 1, roots(report(project))
    return found[0]


def test_there_is_a_drawing_for_every_kind_of_problem() -> None:
    assert {wrong.kind for wrong in WRONG} | {"waits"} == set(KINDS)


def test_sound_drawings_have_no_problems() -> None:
    assert [report(sketch.project).problems for sketch in sound()] == [(), (), ()]


@every
def test_a_problem_says_who_what_and_how_bad(wrong: Wrong) -> None:
    problem = the_problem(wrong, wrong.draw().project)
    assert wrong.words in problem.message
    assert problem.severity == wrong.severity
    assert len(problem.message.split()) <= 32
    assert not any(word in problem.message.lower() for word in ("invalid", "please", "!"))


@every
def test_every_fix_mends_its_problem_and_is_undone_exactly(wrong: Wrong) -> None:
    before = wrong.draw().project
    problem = the_problem(wrong, before)
    assert wrong.fix in " ".join(fix.title for fix in problem.fixes)
    for fix in problem.fixes:
        project = copy.deepcopy(before)
        back = fix.edit.apply(project)
        left = [(p.kind, p.node, p.title, p.port) for p in roots(report(project))]
        assert (problem.kind, problem.node, problem.title, problem.port) not in left, fix.title
        if wrong.drawn:
            back.apply(project)
            assert project == before, fix.title


@pytest.mark.parametrize("kind", ["Conv1d", "Conv3d", "Linear", "Bilinear", "LSTM", "Embedding", "MultiheadAttention"])
def test_an_input_that_is_offered_brings_what_the_layer_takes(kind: str) -> None:
    project = Sketch().add("first", kind, after="").add("out", "Output").project
    while open_ports := [p for p in report(project).problems if p.kind == "unconnected-input" and p.name == "first"]:
        next(fix for fix in open_ports[0].fixes if fix.title == "Add an Input").edit.apply(project)
    assert roots(report(project)) == []


@every
def test_what_follows_from_a_problem_only_waits_for_it(wrong: Wrong) -> None:
    found = report(wrong.draw().project)
    last = None
    for problem in found.problems:
        if problem.cause is None:
            last = problem
        else:
            assert problem.kind == "waits"
            assert (problem.cause.kind, problem.cause.node, problem.cause.path) == (last.kind, last.node, last.path)


def test_all_layers_after_a_problem_wait_for_the_one_that_has_it() -> None:
    sketch = (
        Sketch().add("image", "Input", shape=[1, 8, 8]).add("fc1", "Linear").add("act", "ReLU").add("out", "Output")
    )
    problems = report(sketch.project).problems
    assert [problem.message for problem in problems[1:]] == ["act waits for fc1.", "out waits for fc1."]
    assert all(problem.cause == problems[0] for problem in problems[1:])


def test_a_problem_inside_a_block_is_told_once_with_the_way_to_it() -> None:
    sketch = with_block(uses=3)
    sketch.do(SetParameters("stage", "fc", {"out_features": "2 * depth"}))
    found = roots(report(sketch.project))
    assert [(problem.network, problem.node, problem.path) for problem in found] == [("stage", "fc", ("stage1",))]


def test_a_layer_that_two_roots_keep_waiting_is_told_once() -> None:
    sketch = Sketch().add("a", "Linear", after="").add("b", "Linear", after="")
    sketch.add("sum", "Add", after="").wire("a", "sum", "inputs.0").wire("b", "sum", "inputs.1").add("out", "Output")
    waiting = [problem.node for problem in report(sketch.project).problems if problem.kind == "waits"]
    assert waiting == ["sum", "out"]
