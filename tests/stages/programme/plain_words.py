"""What pages say, with the keyboard's own spaces and apostrophes, so that tests stay readable."""

from html import unescape


def plain(text: str) -> str:
    words = unescape(text)
    return words.replace("’", "'").replace("\u202f", " ").replace("\xa0", " ")
