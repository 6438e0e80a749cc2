"""Texts in SVG documents that keep their width where the reader's machine lacks the fonts they were set in."""

import re
from html import unescape

from PySide6.QtGui import QFont, QFontMetricsF

# As Qt's generator writes them.
_TEXT = re.compile(
    r'font-family="(?P<family>[^"]*)" font-size="(?P<size>[\d.]+)" font-weight="(?P<weight>\d+)"'
    r' font-style="(?P<style>\w+)" \s*>(?P<text>[^<]*)</text>'
)


def held_to_width(svg: bytes) -> bytes:
    """Return the document with a family to fall back on for each text, and the width that the text has here."""
    return _TEXT.sub(_held, svg.decode()).encode()


def _held(found: re.Match[str]) -> str:
    family, size, weight, style, text = found.group("family", "size", "weight", "style", "text")
    font = QFont(family)
    font.setPixelSize(max(round(float(size)), 1))
    font.setWeight(QFont.Weight(int(weight)))
    font.setItalic(style != "normal")
    metrics, shown = QFontMetricsF(font), unescape(text)
    fallback = "monospace" if metrics.horizontalAdvance("i") == metrics.horizontalAdvance("M") else "sans-serif"
    look = f'font-family="{family}, {fallback}" font-size="{size}" font-weight="{weight}" font-style="{style}"'
    if len(shown.strip()) > 1:
        look += f' textLength="{metrics.horizontalAdvance(shown):.2f}" lengthAdjust="spacingAndGlyphs"'
    return f"{look}>{text}</text>"
