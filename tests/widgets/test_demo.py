"""The demonstration: ends well, reaches the accuracy it promises, writes its pictures, leaves the user's own alone."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from graphs import files, templates
from widgets.demo import SIZE, WANTED

ROOT = Path(__file__).parent.parent.parent


def test_a_folder_that_takes_no_pictures_is_told(tmp_path: Path) -> None:
    shots = tmp_path / "shots"
    shots.write_text("a file")
    command = [sys.executable, "-m", "builder", "demo", "--shots", str(shots)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"netwright: {shots}: pictures cannot be kept here (File exists). Choose another folder.\n"


def test_the_demonstration_does_all_it_shows(tmp_path: Path) -> None:
    shots, user = tmp_path / "shots", tmp_path / "user"
    environment = {**os.environ, "NETWRIGHT_DATA": str(user / "data"), "NETWRIGHT_CONFIG": str(user / "config")}
    command = [sys.executable, "-m", "builder", "demo", "--shots", str(shots)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    pictures = sorted(shots.glob("*.png"))
    stages = [line.split(". ")[0].strip() for line in done.stdout.splitlines() if line[:2].strip().isdigit()]
    assert [picture.stem[:2].lstrip("0") for picture in pictures] == stages
    assert len(stages) > 10
    for picture in pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == SIZE
        assert len({image.pixel(x, y) for x in range(0, SIZE[0], 24) for y in range(0, SIZE[1], 24)}) > 5, picture
    (said,) = (line for line in done.stdout.splitlines() if "validation accuracy" in line)
    assert float(said.partition("accuracy ")[2].split()[0]) >= WANTED
    assert files.load(shots / "digits.netwright") == templates.create("digits_cnn")
    assert "nn.Module" in (shots / "digits.py").read_text()
    assert not user.exists()
