"""Pictures of networks, drawn without a view."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from graphs import templates
from graphs.edits import SetAttributes
from graphs.errors import UserError
from graphs.project import MAIN, Project
from tests.widgets.canvas.drawings import chain
from widgets.canvas.painting import picture
from widgets.theme import THEME_NAMES, Theme


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_a_picture_is_as_large_as_asked(qapp: QApplication, theme: str) -> None:
    scene = picture.scene_of(chain())
    once, twice = (picture.image(scene, Theme.named(theme), scale) for scale in (1.0, 2.0))
    assert abs(twice.width() - 2 * once.width()) <= 1
    assert once.pixelColor(0, 0) == Theme.named(theme).surface.canvas


def test_a_part_of_a_network_is_a_smaller_picture(qapp: QApplication) -> None:
    scene = picture.scene_of(chain())
    theme = Theme.named("light")
    whole, part = picture.image(scene, theme), picture.image(scene, theme, nodes={"n2", "n3"})
    assert part.height() < whole.height() / 2


def test_a_picture_too_large_to_make_is_refused_in_words(qapp: QApplication) -> None:
    with pytest.raises(UserError, match="smaller scale"):
        picture.image(picture.scene_of(chain()), Theme.named("dark"), 1000.0)


@pytest.mark.parametrize("name", templates.names())
def test_every_template_is_written_as_svg_and_png(qapp: QApplication, tmp_path: Path, name: str) -> None:
    project = templates.create(name)
    for suffix in (".svg", ".png"):
        picture.write(project, tmp_path / f"drawing{suffix}", Theme.named("light"))
    svg = (tmp_path / "drawing.svg").read_text("utf-8")
    ElementTree.fromstring(svg)
    texts = "".join(ElementTree.fromstring(svg).itertext())
    assert project.main.name(next(iter(project.main))) in texts
    assert not re.search(r'fill="#\w+" fill-opacity="1" stroke="#000000"', svg)  # no light colour is black
    assert QImage(str(tmp_path / "drawing.png")).width() > 100


def test_another_suffix_is_refused_in_words(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.svg, \.png or \.pdf"):
        picture.write(chain(), tmp_path / "drawing.gif", Theme.named("light"))


def test_an_empty_network_has_a_picture(qapp: QApplication) -> None:
    assert picture.image(picture.scene_of(Project()), Theme.named("dark")).width() > 0


def test_texts_of_an_svg_keep_their_width_without_our_fonts(qapp: QApplication) -> None:
    text = picture.svg(picture.scene_of(templates.create("lenet5")), Theme.named("light"))
    root = ElementTree.fromstring(text)
    written = [part for part in root.iter() if part.tag.endswith("}text")]
    assert {"conv1", "5×5"} & {(part.text or "").strip() for part in written}
    for part in written:
        family, _, fallback = part.attrib["font-family"].partition(", ")
        assert family
        assert fallback in ("monospace", "sans-serif")
        if len((part.text or "").strip()) > 1:
            assert float(part.attrib["textLength"]) > 0


def test_an_svg_is_shown_at_the_scale_asked_for(qapp: QApplication) -> None:
    scene = picture.scene_of(chain())
    sizes = []
    for scale in (1.0, 3.0):
        root = ElementTree.fromstring(picture.svg(scene, Theme.named("light"), scale=scale))
        sizes.append((float(root.attrib["width"].rstrip("m")), root.attrib["viewBox"]))
    assert sizes[1][0] == pytest.approx(3 * sizes[0][0], rel=0.01)
    assert sizes[0][1] == sizes[1][1]


def test_a_picture_has_the_colours_and_comments_that_a_reader_gave(qapp: QApplication) -> None:
    project, theme = chain(), Theme.named("light")
    SetAttributes(MAIN, "n2", {"colour": "#d64545", "comment": "why"}).apply(project)
    scene = picture.scene_of(project)
    shown = picture.image(scene, theme)
    _, _, right, bottom = scene.rect("n2")
    left, top = (min(scene.rect(node)[side] for node in scene.nodes) - picture.MARGIN for side in (0, 1))
    assert shown.pixelColor(round(right - left) - 2, round(bottom - top) - 20).name() == "#d64545"
    corner = shown.pixelColor(round(scene.rect("n2")[0] - left) + 2, round(bottom - top) - 3)
    assert corner == theme.text.link
