"""A report that follows edits says the same as one made anew, and does no more than it must."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.edits import Connect, Disconnect, Move, RemoveNode, Rename, SetParameters, SetTitle
from graphs.errors import UserError
from graphs.problems import Problem
from graphs.reporting import Report, Reporter, extend, report
from tests.graphs.random_edits import Chance
from tests.graphs.sketch import Sketch, classifier, with_block
from tests.graphs.turning import back_and_forth


def facts(found: Report) -> dict[str, Any]:
    """Everything that a report says, in a form that can be compared."""
    return {
        "nodes": {
            node: (
                at.inputs,
                at.outputs,
                at.values,
                at.weights,
                at.parameters,
                at.macs,
                at.activation_bytes,
                at.known,
                facts(at.inner)["nodes"] if at.inner is not None else None,
            )
            for node, at in found.nodes.items()
        },
        "problems": sorted(repr(problem) for problem in found.problems),
        "sums": (found.parameters, found.macs, found.activation_bytes),
        "weights": sorted(found.weights),
    }


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_a_report_kept_current_equals_a_new_one(random: Random) -> None:
    project = with_block().project
    reporter = Reporter(project)
    before = facts(reporter.report)
    for edit, turn in back_and_forth(Chance(random, project), 25):
        changed = reporter.update(edit, turn)
        after = facts(report(project))
        assert facts(reporter.report) == after, edit
        nodes = {n for n in after["nodes"] if after["nodes"][n] != before["nodes"].get(n)}
        assert nodes <= changed, edit
        before = after
        _is_in_order(reporter)


def _is_in_order(reporter: Reporter) -> None:
    found = reporter.report
    place = {node: number for number, node in enumerate(found.order)}
    assert place.keys() == found.nodes.keys()
    if "cycle" not in {problem.kind for problem in found.problems}:
        network = reporter.project.networks[found.network]
        on = [
            w
            for w in network.wires()
            if not network[w.source].get("disabled") and not network[w.target].get("disabled")
        ]
        assert all(place[w.source] < place[w.target] for w in on)


def chain(length: int) -> Sketch:
    """A long chain of linear layers."""
    sketch = Sketch().add("features", "Input", shape=[8])
    for number in range(length):
        sketch.add(f"fc{number}", "Linear", out_features=8)
    return sketch.add("digit", "Classification")


def test_an_edit_touches_what_it_changes_and_no_more() -> None:
    sketch = chain(100)
    reporter = Reporter(sketch.project)

    def changed(edit: Any) -> frozenset[str]:
        edit.apply(sketch.project)
        return reporter.update(edit)

    assert changed(Move("main", {"fc5": (800, 0)})) == frozenset()
    assert changed(SetTitle("Another")) == frozenset()
    assert changed(Rename("main", "fc5", "middle")) == frozenset()
    assert changed(SetParameters("main", "fc5", {"bias": False})) == {"fc5"}
    assert changed(SetParameters("main", "fc5", {"out_features": 9})) == {"fc5", "fc6"}
    assert len(changed(Disconnect("main", "fc90", "output", "fc91", "input"))) >= 10
    assert len(changed(Connect("main", "fc90", "output", "fc91", "input"))) >= 10
    assert reporter.report.problems == ()


def test_the_same_report_object_stays_current() -> None:
    sketch = classifier()
    reporter = Reporter(sketch.project)
    held = reporter.report
    edit = SetParameters("main", "fc1", {"out_features": 20})
    edit.apply(sketch.project)
    reporter.update(edit)
    assert held is reporter.report
    assert held.specs["fc1"]["output"].shape == (20,)


def test_an_edit_inside_a_block_reaches_all_its_uses() -> None:
    sketch = with_block(uses=3)
    reporter = Reporter(sketch.project)
    edit = SetParameters("stage", "fc", {"bias": False})
    edit.apply(sketch.project)
    assert {"stage1", "stage2", "stage3"} <= reporter.update(edit)
    assert reporter.report.parameters == 3 * 256


def test_other_checks_add_their_problems_and_replace_them() -> None:
    reporter = Reporter(classifier().project)
    found = Problem("unbound-column", "error", "main", "digit", "has no column", name="digit")
    assert extend(reporter.report, [found]).errors == (found,)
    assert extend(reporter.report, []).problems == ()


def test_a_network_that_is_not_there_is_a_user_error() -> None:
    with pytest.raises(UserError, match="generator"):
        report(classifier().project, "generator")


def test_one_use_of_a_block_speaks_for_all_whatever_came_before() -> None:
    """Side by side, with an order among them that only the edits made."""
    sketch = with_block(uses=2)
    reporter = Reporter(sketch.project)
    for edit in (
        Disconnect("main", "stage1", "output", "stage2", "input"),
        Connect("main", "stage2", "output", "stage1", "input"),
        Disconnect("main", "stage2", "output", "stage1", "input"),
        Disconnect("main", "features", "output", "stage1", "input"),
        Connect("main", "features", "output", "stage1", "input"),
        Connect("main", "features", "output", "stage2", "input"),
        SetParameters("stage", "fc", {"out_features": "depth"}),
    ):
        edit.apply(sketch.project)
        reporter.update(edit)
        assert facts(reporter.report) == facts(report(sketch.project)), edit


def test_the_words_about_a_disabled_layer_go_with_it() -> None:
    sketch = classifier().mark("fc1", disabled=True)
    project, reporter = sketch.project, Reporter(sketch.project)
    assert any("the layer before it is disabled" in problem.message for problem in reporter.report.problems)
    edit = RemoveNode("main", "fc1")
    edit.apply(project)
    reporter.update(edit)
    assert [p.message for p in reporter.report.problems] == [p.message for p in report(project).problems]
    assert not any("disabled" in problem.message for problem in reporter.report.problems)
