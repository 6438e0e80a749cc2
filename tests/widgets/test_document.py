"""Document: undo and redo, what counts as saved, who hears of an edit and when, and reports down to blocks."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from graphs import files, templates
from graphs.edits import AddNode, Edit, Group, RemoveNetwork, RemoveNode, SetParameters, SetTitle
from graphs.errors import EditProblem, FileProblem
from graphs.ports import BLOCK
from graphs.project import Project
from widgets.document import Change, Document


def _named(*titles: str) -> Document:
    """A document that was given these titles, a step each."""
    document = Document()
    for title in titles:
        document.perform(SetTitle(title))
    return document


def test_a_fresh_document_holds_nothing_to_undo_or_save(qtbot: QtBot) -> None:
    document = Document()
    assert (document.dirty, document.can_undo, document.can_redo) == (False, False, False)
    assert (document.undo_title, document.redo_title) == ("", "")
    document.undo()
    document.redo()
    assert document.project == Project()


def test_undo_and_redo_go_through_the_steps_in_order(qtbot: QtBot) -> None:
    document = _named("one", "two")
    document.undo()
    assert document.project.title == "one"
    document.undo()
    assert document.project.title == Project().title
    assert not document.can_undo
    document.redo()
    document.redo()
    assert document.project.title == "two"
    assert not document.can_redo


def test_titles_name_what_the_next_undo_and_redo_do(qtbot: QtBot) -> None:
    document = Document()
    document.perform(Group((SetTitle("one"),), "First"))
    document.perform(Group((SetTitle("two"),), "Second"))
    document.undo()
    assert (document.undo_title, document.redo_title) == ("First", "Second")


def test_an_edit_after_an_undo_cuts_off_what_was_undone(qtbot: QtBot) -> None:
    document = _named("one", "two")
    document.undo()
    document.perform(SetTitle("three"))
    assert not document.can_redo
    document.undo()
    assert document.project.title == "one"


def test_an_edit_that_does_not_fit_changes_nothing(qtbot: QtBot) -> None:
    document = _named("one")
    document.undo()
    before = files.dumps(document.project)
    told: list[object] = []
    document.edited.connect(told.append)
    with pytest.raises(EditProblem):
        document.perform(Group((SetTitle("two"), RemoveNode("main", "nowhere")), "Both"))
    assert files.dumps(document.project) == before
    assert document.can_redo
    assert not document.can_undo
    assert told == []


def test_a_project_of_a_newer_version_takes_no_edits(qtbot: QtBot) -> None:
    document = Document(Project("From later", read_only=True))
    with pytest.raises(EditProblem, match="From later was written by a newer version"):
        document.perform(SetTitle("mine"))
    assert document.project.title == "From later"
    assert not document.can_undo


def test_saved_is_the_state_that_was_saved_whichever_way_it_is_reached(qtbot: QtBot, tmp_path: Path) -> None:
    document = _named("one", "two")
    document.save(tmp_path / "mine.netwright")
    assert not document.dirty
    document.undo()
    assert document.dirty
    document.redo()
    assert not document.dirty
    document.perform(SetTitle("three"))
    assert document.dirty
    document.undo()
    assert not document.dirty


def test_the_saved_state_is_lost_with_the_branch_it_lies_on(qtbot: QtBot, tmp_path: Path) -> None:
    document = _named("one", "two")
    document.save(tmp_path / "mine.netwright")
    document.undo()
    document.perform(SetTitle("three"))
    assert document.dirty  # as many steps as when it was saved, but others
    document.undo()
    document.undo()
    assert document.dirty
    document.redo()
    document.redo()
    assert document.dirty


def test_the_state_before_a_branch_stays_saved(qtbot: QtBot, tmp_path: Path) -> None:
    document = _named("one")
    document.save(tmp_path / "mine.netwright")
    document.perform(SetTitle("two"))
    document.undo()
    document.perform(SetTitle("three"))
    document.undo()
    assert not document.dirty


def test_a_save_that_fails_leaves_it_unsaved(qtbot: QtBot, tmp_path: Path) -> None:
    document = _named("one")
    with pytest.raises(FileProblem):
        document.save(tmp_path)
    assert document.dirty
    assert document.path is None


def test_replace_begins_a_new_history(qtbot: QtBot, tmp_path: Path) -> None:
    document = _named("one", "two")
    document.undo()
    told: list[str] = []
    document.replaced.connect(lambda: told.append("replaced"))
    document.history_changed.connect(lambda: told.append("history"))
    lenet = templates.create("lenet5")
    document.replace(lenet, tmp_path / "lenet.netwright")
    assert told == ["replaced", "history"]
    assert (document.dirty, document.can_undo, document.can_redo) == (False, False, False)
    assert document.project is lenet
    assert document.path == tmp_path / "lenet.netwright"
    assert document.report().parameters == 61_706
    document.replace(Project(), dirty=True)
    assert document.dirty
    assert document.path is None
    assert document.report().parameters == 0


def test_a_project_that_came_unsaved_stays_so_until_it_is_saved(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document()
    document.replace(templates.create("mlp"), dirty=True)
    document.perform(SetTitle("one"))
    document.undo()
    assert document.dirty
    document.save(tmp_path / "mlp.netwright")
    assert not document.dirty


def test_the_journal_hears_of_each_edit_before_any_view(qtbot: QtBot) -> None:
    document = Document()
    order: list[str] = []
    heard: list[Edit] = []
    document.edited.connect(lambda _change: order.append("view"))
    document.journal_to(lambda edit: (order.append("journal"), heard.append(edit)))
    document.perform(SetTitle("one"))
    document.undo()
    document.redo()
    assert order == ["journal", "view"] * 3
    assert [edit.title for edit in heard if isinstance(edit, SetTitle)]
    replayed = Project()
    for edit in heard:
        edit.apply(replayed)
    assert replayed == document.project


def test_a_change_says_where_what_and_whether_it_was_undone(qtbot: QtBot) -> None:
    document = Document(templates.create("lenet5"))
    document.report()
    main = document.project.main
    conv, later, end = main.find("conv1"), main.find("fc1"), main.find("label")
    changes: list[Change] = []
    document.edited.connect(changes.append)
    assert conv is not None
    document.perform(SetParameters("main", conv, {"padding": 0}))
    document.undo()
    done, taken_back = changes
    assert (done.network, done.undone, taken_back.undone) == ("main", False, True)
    assert conv in done.nodes
    assert later in done.nodes  # fewer pixels come, so that it has fewer weights
    assert done.nodes.isdisjoint({main.find("image"), end})


def test_listeners_find_the_report_current(qtbot: QtBot) -> None:
    document = Document(templates.create("lenet5"))
    before = document.report().parameters
    seen: list[int] = []
    document.edited.connect(lambda _change: seen.append(document.report().parameters))
    node = document.project.main.find("fc3")
    assert node is not None
    document.perform(SetParameters("main", node, {"out_features": 11}))
    document.undo()
    assert seen == [before + 85, before]


def test_reports_of_a_block_are_those_of_the_use_on_view(qtbot: QtBot) -> None:
    document = Document(templates.create("resnet_small"))
    main = document.project.main
    uses = main.of_kind(BLOCK)
    network = str(main.parameters(uses[0])["network"])
    same = [node for node in uses if main.parameters(node)["network"] == network]
    reports = [document.report(network, (node,)) for node in same]
    shapes = {str(next(iter(report.specs[report.order[0]].values()))) for report in reports}
    assert len(same) > 1
    assert len(shapes) > 1, "each use has shapes of its own"
    for node, report in zip(same, reports, strict=True):
        assert report is document.report().nodes[node].inner
    assert document.report(network).network == network


def test_a_use_that_cannot_be_worked_out_shows_the_network_by_itself(qtbot: QtBot) -> None:
    document = Document(templates.create("resnet_small"))
    network = next(name for name in document.project.networks if name != "main")
    assert document.report(network, ("nowhere",)) is document.report(network)


def test_a_network_that_goes_takes_its_report_along(qtbot: QtBot) -> None:
    document = Document(templates.create("resnet_small"))
    network = next(name for name in document.project.networks if name != "main")
    document.report(network)
    for holder, node in document.project.uses(network):
        document.perform(RemoveNode(holder, node))
    inner = [RemoveNode(network, node) for node in document.project.networks[network]]
    document.perform(Group((*inner, RemoveNetwork(network)), "Remove the block"))
    assert network not in document.project.networks
    assert document.report().errors
    document.undo()
    assert document.report(network).network == network
    while document.can_undo:
        document.undo()
    assert not document.report().errors


def test_an_edit_within_a_block_reaches_the_report_of_main(qtbot: QtBot) -> None:
    document = Document(templates.create("resnet_small"))
    before = document.report().parameters
    network = next(name for name in document.project.networks if name != "main")
    inner = document.project.networks[network]
    conv = inner.of_kind("Conv2d")[0]
    changes: list[Change] = []
    document.edited.connect(changes.append)
    document.perform(AddNode(network, "new", "relu9", "ReLU", {}, (0.0, 0.0)))
    assert document.report().errors  # nothing feeds it
    document.undo()
    assert changes[0].network == network
    assert document.report().parameters == before
    document.perform(SetParameters(network, conv, {"bias": True}))
    assert document.report().parameters > before
