"""What a piece of page says: its words in order, and what each control or landmark is called."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

KEPT = (
    *("type", "name", "value", "href", "action", "method", "required", "disabled"),
    *("aria-describedby", "aria-current", "aria-pressed", "aria-invalid"),
)
VOID = {"input", "link", "meta", "br", "hr", "img", "path", "circle", "rect"}


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str | None]
    hidden: bool
    words: list[str] = field(default_factory=list)


class SpokenPage(HTMLParser):
    """Parsed by ``spoken``; ``words`` and ``names`` are what a theme may not change."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Open] = []
        self.words: list[str] = []
        self.names: list[tuple[str, str]] = []
        self.controls: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in {"input", "select", "textarea", "button", "a", "form"}:
            kept = (f"{key}={attributes[key]}" for key in KEPT if key in attributes)
            self.controls.append((tag, *kept))
        if tag in VOID:
            return
        hidden = attributes.get("aria-hidden") == "true" or (
            bool(self._open) and self._open[-1].hidden
        )
        self._open.append(_Open(tag, attributes, hidden))
        if label := attributes.get("aria-label"):
            self.names.append((attributes.get("role") or tag, label))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        closed = self._open.pop()
        assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"
        if tag in {"a", "button", "label", "legend", "caption", "summary", "h1", "h2", "h3", "th"}:
            self.names.append((tag, " ".join(" ".join(closed.words).split())))

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].hidden:
            return
        for opened in self._open:
            opened.words.append(data)
        self.words.extend(data.split())


def spoken(html: str) -> SpokenPage:
    """Read a fragment; unbalanced tags are an error."""
    page = SpokenPage()
    page.feed(html)
    page.close()
    assert not page._open, f"left open: {[opened.tag for opened in page._open]}"
    return page
