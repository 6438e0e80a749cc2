"""The command line as people and scripts use it: what it prints, what it writes, how it ends."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder import following, runs
from builder.__main__ import main
from builder.jobs import Job
from builder.states import State
from graphs import files, templates
from tests.builder.training.drawn import classifier
from tests.builder.waiting import until

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def iris(tmp_path: Path) -> Path:
    path = tmp_path / "iris.netwright"
    files.save(classifier(epochs=2), path)
    return path


@pytest.fixture(scope="module")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file whose training has come to its end, made by the command once, in the folder `runs` beside it."""
    path = tmp_path_factory.mktemp("trained") / "iris.netwright"
    files.save(classifier(epochs=2), path)
    assert main(["train", str(path), "--out", str(path.parent / "runs"), "--device", "cpu"]) == 0
    return path


@pytest.fixture
def trained(trained_once: Path, tmp_path: Path) -> tuple[list[str], Path]:
    """The command that trains that file once more, and a copy of its runs, for one test alone."""
    folder = tmp_path / "runs"
    shutil.copytree(trained_once.parent / "runs", folder)
    return ["train", str(trained_once), "--json", "--out", str(folder)], folder


def printed(capsys: Captured) -> object:
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", templates.names())
def test_every_template_is_made_checked_and_summed_up(name: str, tmp_path: Path, capsys: Captured) -> None:
    path = str(tmp_path / "new.netwright")
    assert main(["new", name, "-o", path]) == 0
    capsys.readouterr()
    assert main(["check", path]) == 0
    assert capsys.readouterr().out == ""
    assert main(["summary", path, "--json"]) == 0
    found = printed(capsys)
    assert isinstance(found, dict)
    assert found["parameters"] == sum(row["parameters"] for row in found["layers"]) > 0


def test_a_summary_is_the_same_whatever_names_and_lengths_there_are(tmp_path: Path, capsys: Captured) -> None:
    project, path = templates.create("resnet_small"), tmp_path / "r.netwright"
    project.title = "[/b] of mine"  # which some would take for markup
    files.save(project, path)
    assert main(["summary", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "[/b] of mine"
    assert any(line.split()[:3] == ["stage1", "BasicBlock", "×2"] for line in lines)
    assert len({len(line) for line in lines[1:15]}) == 1


def test_options_of_a_template_are_read_by_their_declaration(tmp_path: Path, capsys: Captured) -> None:
    path = str(tmp_path / "new.netwright")
    assert main(["new", "mlp", "-o", path, "-p", "features=7"]) == 0
    assert main(["new", "mlp", "-o", path, "-p", "features=none"]) == 2
    assert "features" in capsys.readouterr().err


def test_a_new_project_takes_the_place_of_no_other(iris: Path, capsys: Captured) -> None:
    drawn = iris.read_bytes()
    for name in ("mlp", "mlp", "lenet5"):
        assert main(["new", name, "-o", str(iris)]) == 0
        assert files.load(iris) == templates.create(name)
    first, same, last = capsys.readouterr().out.splitlines()
    assert first.endswith("kept as " + str(iris.with_name("iris-before-1.netwright")))
    assert same == f"Wrote {iris}"
    assert last.endswith("iris-before-2.netwright")
    assert iris.with_name("iris-before-1.netwright").read_bytes() == drawn
    assert files.load(iris.with_name("iris-before-2.netwright")) == templates.create("mlp")


@pytest.mark.parametrize("command", ["templates", "layers", "devices", "runs"])
def test_lists_are_printed_for_people_and_for_programs(command: str, capsys: Captured) -> None:
    assert main([command]) == 0
    assert capsys.readouterr().out.strip()
    assert main([command, "--json"]) == 0
    assert isinstance(printed(capsys), list | dict)


def test_problems_are_printed_one_a_line_with_their_place(iris: Path, capsys: Captured) -> None:
    project = files.load(iris)
    project.data = {"source": {"kind": "wine"}}
    files.save(project, iris)
    assert main(["check", str(iris)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f"{iris}:main/features: ") and "13" in line for line in lines)


def test_whether_a_file_can_be_read_is_said_by_who_reads_it(iris: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_, **__: False)  # which an administrator is never told
    assert main(["summary", str(iris)]) == 0


def test_training_prints_the_final_metrics(iris: Path, tmp_path: Path, capsys: Captured) -> None:
    out = str(tmp_path / "runs")
    arguments = ["train", str(iris), "--device", "cpu", "--out", out, "--json", "--epochs", "3"]
    assert main([*arguments, "--set", "training.optimizer.lr=0.01", "--set", "main.fc1.out_features=8"]) == 0
    found = printed(capsys)
    assert isinstance(found, dict)
    assert found["state"] == "done"
    assert 0 <= found["metrics"]["validation.accuracy"] <= 1
    (run,) = runs.list(tmp_path / "runs")
    assert len(run.history) == 3
    assert files.load(run.project_file).main.parameters("n1") == {"out_features": 8}
    assert main(["runs", "--out", out]) == 0
    assert "run-0001" in capsys.readouterr().out


def test_a_run_stopped_by_the_keyboard_is_resumed_where_it_was(iris: Path, tmp_path: Path, capsys: Captured) -> None:
    command = [sys.executable, "-m", "builder", "train", str(iris), "--device", "cpu", "--out", str(tmp_path / "runs")]
    with subprocess.Popen([*command, "--epochs", "100000"], stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        until(lambda: any(run.history for run in runs.list(tmp_path / "runs")), 60)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    (run,) = runs.list(tmp_path / "runs")
    assert run.state is State.STOPPED
    done = run.history[-1]["epoch"]
    resumed = subprocess.Popen([*command, "--resume"], stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    with resumed:
        until(lambda: run.history[-1]["epoch"] > done, 60)
        resumed.send_signal(signal.SIGINT)
        resumed.communicate(timeout=60)
    assert len(runs.list(tmp_path / "runs")) == 1


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (26, "validation.accuracy 0.9944"),
        (60, "validation.accuracy 0.9944  validation.loss 0.04"),
        (10, ""),
    ],
)
def test_beside_the_bar_stand_the_figures_that_fit(room: int, shown: str) -> None:
    metrics = {"loss": 0.05, "accuracy": 0.99, "validation.loss": 0.04, "validation.accuracy": 0.9944}
    assert following.figures(metrics, room) == shown


def test_a_csv_file_trains_from_a_template_and_a_few_choices(shared: Path, tmp_path: Path, capsys: Captured) -> None:
    path, table = str(tmp_path / "t.netwright"), shared / "data" / "tabular"
    main(["new", "tabular_classifier", "-o", path, "-p", "features=10", "-p", "classes=2"])
    capsys.readouterr()
    source = ["--set", "data.source.kind=csv", "--set", f"data.source.path={table / 'titanic_train.csv'}"]
    assert main(["train", path, *source, "--epochs", "20", "--json", "--out", str(tmp_path)]) == 0
    found = printed(capsys)
    assert isinstance(found, dict)
    assert found["metrics"]["validation.accuracy"] > 0.7
    main(["new", "tabular_regression", "-o", path, "-p", "features=9"])
    capsys.readouterr()
    source = ["--set", "data.source.kind=csv", "--set", f"data.source.path={table / 'auto-mpg.csv'}"]
    assert main(["train", path, *source, "--epochs", "30", "--json", "--out", str(tmp_path)]) == 0
    found = printed(capsys)
    assert isinstance(found, dict)
    assert found["metrics"]["validation.r2"] > 0.6
    assert found["metrics"]["validation.mae"] < 6  # miles per gallon


def test_exported_code_runs_with_torch_alone_and_takes_the_trained_weights(
    iris: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(iris), "--device", "cpu", "--out", str(tmp_path)]) == 0
    said = capfd.readouterr()
    assert "validation.accuracy" in said.out
    assert said.err == ""
    (run,) = runs.list(tmp_path)
    code, weights = tmp_path / "elsewhere" / "network.py", tmp_path / "elsewhere" / "weights.safetensors"
    code.parent.mkdir()
    assert main(["export", str(run.folder), "-o", str(code)]) == 0
    assert main(["export", str(run.folder), "-o", str(weights)]) == 0
    script = (
        "import sys, torch, network; from safetensors.torch import load_file; m = network.Test();"
        "m.load_state_dict(load_file('weights.safetensors')); print(tuple(m.eval()(torch.zeros(2, 4)).shape));"
        "assert not {'graphs', 'builder'} & set(sys.modules)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=code.parent, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("(2, 3)", "")


@pytest.mark.usefixtures("qapp")  # a picture would make an application that draws no windows, which later tests need
@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_a_picture_of_the_network_is_exported(iris: Path, suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"picture{suffix}"
    assert main(["export", str(iris), "-o", str(out)]) == 0
    assert out.read_bytes()[:5] in (b"<?xml", b"\x89PNG\r", b"<svg ")
    assert out.stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["trian", "x"], 2, "did you mean train?"),
        (["train"], 2, "Missing argument 'file'. See netwright train --help."),
        (["check", "FILE", "FILE"], 2, "unexpected extra argument"),
        (["new", "mlp"], 2, "'-o'"),
        (["new", "mlp", "-o", "x.txt"], 2, "Try -o x.netwright"),
        (["new", "mlp", "-o", "."], 2, "Try -o mlp.netwright"),
        (["."], 1, "is a folder"),
        (["new", "mlp", "-o", "x.netwright", "-p", "features"], 2, "name=value"),
        (["new", "mlp", "-o", "x.netwright", "-p", "featurs=3"], 2, "did you mean features?"),
        (["--nope"], 2, "No such option"),
        (["train", "FILE", "--epochs", "many"], 2, "training.epochs: got 'many', expected a whole number from 1"),
        (["train", "FILE", "--epochs", "0"], 2, "training.epochs: got 0, expected a whole number from 1"),
        (["check", "nowhere.netwright"], 1, "nowhere.netwright"),
        (["nowhere.netwright"], 1, "no such file"),
        (["new", "lenet6", "-o", "x.netwright"], 2, "did you mean lenet5?"),
        (["train", "FILE", "--set", "speed"], 2, "name=value"),
        (["train", "FILE", "--set", "speed=1"], 2, "starts with training. or data. or main."),
        (["train", "FILE", "--set", "training.lr=1"], 2, "no parameter 'lr'"),
        (["train", "FILE", "--set", "training.optimizer.lr=-1"], 2, "training.optimizer.lr: got -1"),
        (["train", "FILE", "--set", "main.fc9.bias=no"], 2, "fc9"),
        (["train", "FILE", "--device", "cuda:99"], 1, "There is no device cuda:99 here"),
        (["train", "FILE", "--device", "gpu"], 2, "such as cuda:0"),
        (["train", "FILE", "--resume"], 1, "no run of this file"),
        (["export", "FILE", "-o", "x.doc"], 2, ".safetensors"),
        (["export", "FILE", "-o", "x"], 2, "got no suffix."),
    ],
)
def test_mistakes_are_answered_in_a_line_or_two(
    arguments: list[str], status: int, words: str, iris: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([str(iris) if word == "FILE" else word for word in arguments]) == status
    said = capfd.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert 1 <= len(said.strip().splitlines()) <= 2


def test_a_fault_is_told_in_two_lines_where_nothing_can_be_kept(
    iris: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NETWRIGHT_DATA", str(iris / "data"))  # below a file
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def broken(project: object, path: Path) -> None:
        raise RuntimeError("no such luck")

    monkeypatch.setattr("builder.__main__._draw", broken)
    assert main(["export", str(iris), "-o", str(tmp_path / "x.png")]) == 1
    first, second = capfd.readouterr().err.splitlines()
    assert "something went wrong inside (RuntimeError: no such luck)" in first
    assert "no such luck" in Path(second.removeprefix("The full account is in ")).read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_under_the_output_is_told(iris: Path) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "builder", "layers"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "netwright: the output cannot be written: No space left on device.\n")


def test_help_names_every_command(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for name in ("demo", "new", "templates", "layers", "devices", "runs", "check", "summary", "train", "export"):
        assert f"  {name} " in text
    assert "..." not in text.partition("Commands:")[2]  # no sentence is cut off
    assert "[FILE]" in text
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("netwright ")


def test_a_file_of_a_newer_version_is_said_to_be_one(iris: Path, tmp_path: Path, capsys: Captured) -> None:
    iris.write_text(iris.read_text().replace('"version": 1', '"version": 7'))
    for arguments in (["summary", str(iris)], ["export", str(iris), "-o", str(tmp_path / "code.py")]):
        assert main(arguments) == 0
        assert f"note: {iris} was written by a newer version" in capsys.readouterr().err


def test_a_run_is_resumed_for_more_epochs_and_not_for_another_network(
    trained: tuple[list[str], Path], capsys: Captured
) -> None:
    command, folder = trained
    (run,) = runs.list(folder)
    before = run.metrics["epochs"]
    assert main([*command, "--resume", "--epochs", "4"]) == 0
    again = printed(capsys)
    assert isinstance(again, dict)
    assert again["folder"] == str(run.folder)
    assert (before, again["metrics"]["epochs"]) == (2, 4)
    assert main([*command, "--resume", "--epochs", "3"]) == 0
    assert "goes on to the 4 epochs that it was started for" in capsys.readouterr().err
    assert main([*command, "--resume", "--set", "main.fc1.out_features=9"]) == 1
    assert "out_features was 16 and is 9 now" in capsys.readouterr().err


def test_a_run_that_never_began_is_not_gone_on_with(trained: tuple[list[str], Path], capsys: Captured) -> None:
    command, folder = trained
    (run,) = runs.list(folder)
    assert main([*command, "--device", "cuda:99"]) == 1
    assert "no device" in capsys.readouterr().err
    assert main([*command, "--resume", "--epochs", "3"]) == 0
    again = printed(capsys)
    assert isinstance(again, dict)
    assert again["folder"] == str(run.folder)


def test_a_resumed_run_moves_to_the_device_that_is_named(trained: tuple[list[str], Path], capsys: Captured) -> None:
    command, folder = trained
    assert main([*command, "--resume", "--epochs", "3", "--device", "cuda:99"]) == 1
    assert "no device cuda:99" in capsys.readouterr().err
    assert main([*command, "--resume", "--epochs", "3", "--device", "auto"]) == 0
    (run,) = runs.list(folder)
    assert (run.job.device, run.metrics["epochs"]) == ("auto", 3)


def test_a_run_without_weights_is_not_exported_as_if_it_had_some(iris: Path, tmp_path: Path, capsys: Captured) -> None:
    made = runs.Run.create(tmp_path / "runs", Job("train", files.to_json(files.load(iris))), "Iris")
    assert main(["export", str(made.folder), "-o", str(tmp_path / "w.safetensors")]) == 1
    assert "no weights yet" in capsys.readouterr().err
    assert main(["export", str(made.folder), "-o", str(tmp_path / "w.py")]) == 0
