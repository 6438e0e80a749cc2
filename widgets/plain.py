"""Texts of people and files, shown as they are written where Qt would read markup or a shortcut out of them."""

from html import escape


def plain_tip(text: str) -> str:
    """Return a tip that says `text`: what looks like markup could name pictures to be fetched."""
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if "<" in text else text


def plain_caption(text: str) -> str:
    """Return the text of a button or an entry of a menu that says `text`, with every &."""
    return text.replace("&", "&&")
