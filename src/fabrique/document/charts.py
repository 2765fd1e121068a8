"""Small drawings set beside their figures, as SVG made on the server.

A chart of ours is a table whose second column is drawn: one bar a row, no words inside the
drawing, so that every format shows the same picture and reads the same text. The colours are an
argument; the classes let a screen's own theme (dark, forced colours) take over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from fabrique.document.colours import ramp, shades
from fabrique.document.tree import (
    DistributionBar,
    DistributionChart,
    RangeBar,
    RangeChart,
    Scale,
)
from fabrique.document.wording import Wording, number

WIDTH = 240
HEIGHT = 24
_MARGIN = 10
_MIDDLE = HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a drawing, as `#rrggbb`."""

    track: str
    middle_half: str
    median: str
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a chart: what is read, and what is drawn."""

    bar: RangeBar | DistributionBar
    figures: tuple[str, ...]
    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a table: headings, then one line a bar.

    `scale` heads the drawn column: the two ends of the scale, or what is shown.
    """

    subject: str
    scale: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    swatches: tuple[str, ...] = ()


def palette(accent: str, levels: int = 0) -> Palette:
    """The colours of a drawing on white paper, from one accent."""
    tones = shades(accent)
    return Palette(
        track=tones.line,
        middle_half=tones.medium,
        median=tones.strong,
        levels=ramp(accent, levels),
    )


def drawn(chart: RangeChart | DistributionChart, *, accent: str, words: Wording) -> Drawn:
    """The table a chart becomes in every format."""
    if isinstance(chart, RangeChart):
        return _drawn_ranges(chart, palette(accent), words)
    return _drawn_distribution(chart, palette(accent, len(chart.levels)), words)


def range_svg(bar: RangeBar, scale: Scale, colours: Palette, *, alternative: str) -> str:
    """A median as a disc on the bar of its middle half, over the steps of the scale."""
    low, high, median = (
        _place(value, scale) for value in (bar.lower_quartile, bar.upper_quartile, bar.median)
    )
    steps = "".join(
        f'<circle class="doc-chart-step" cx="{_place(step, scale):g}" cy="{_MIDDLE:g}" r="2" '
        f'fill="{colours.track}"/>'
        for step in range(scale.minimum, scale.maximum + 1)
    )
    return _svg(
        f'<rect class="doc-chart-track" x="{_MARGIN}" y="{_MIDDLE - 0.75:g}" '
        f'width="{WIDTH - 2 * _MARGIN}" height="1.5" fill="{colours.track}"/>{steps}'
        f'<rect class="doc-chart-half" x="{low - 4:g}" y="{_MIDDLE - 4:g}" '
        f'width="{high - low + 8:g}" height="8" rx="4" fill="{colours.middle_half}"/>'
        f'<circle class="doc-chart-median" cx="{median:g}" cy="{_MIDDLE:g}" r="7" '
        f'fill="{colours.median}"/>',
        alternative,
    )


def distribution_svg(counts: Sequence[int], colours: Palette, *, alternative: str) -> str:
    """Shares of each level end to end, from the lightest to the fullest."""
    total = sum(counts)
    if not total:
        return _svg(_segment(0, WIDTH, "doc-chart-track", colours.track), alternative)
    parts, start = [], 0.0
    for place, count in enumerate(counts):
        width = WIDTH * count / total
        if count:
            name = f"doc-chart-level-{place + 1}"
            parts.append(_segment(start, max(width - 1.5, 1), name, colours.levels[place]))
        start += width
    return _svg("".join(parts), alternative)


def _drawn_ranges(chart: RangeChart, colours: Palette, words: Wording) -> Drawn:
    scale = chart.scale
    return Drawn(
        subject=chart.subject or words.subject,
        scale=(
            f"{scale.minimum} {scale.low_label}".strip(),
            f"{scale.maximum} {scale.high_label}".strip(),
        ),
        headings=(words.median, words.middle_half, words.answers),
        lines=tuple(_range_line(bar, scale, colours, words) for bar in chart.bars),
    )


def _range_line(bar: RangeBar, scale: Scale, colours: Palette, words: Wording) -> Line:
    median, low, high = (
        number(value, words) for value in (bar.median, bar.lower_quartile, bar.upper_quartile)
    )
    alternative = words.range_alternative.format(median=median, low=low, high=high)
    return Line(
        bar=bar,
        figures=(median, low if low == high else f"{low}–{high}", str(bar.count)),
        svg=range_svg(bar, scale, colours, alternative=alternative),
        alternative=alternative,
    )


def _drawn_distribution(chart: DistributionChart, colours: Palette, words: Wording) -> Drawn:
    return Drawn(
        subject=chart.subject or words.subject,
        scale=(words.spread,),
        headings=(*chart.levels, words.answers),
        lines=tuple(_distribution_line(bar, chart.levels, colours) for bar in chart.bars),
        swatches=colours.levels,
    )


def _distribution_line(bar: DistributionBar, levels: Sequence[str], colours: Palette) -> Line:
    counts = (*bar.counts, *(0 for _ in levels))[: len(levels)]
    alternative = ", ".join(f"{level} {count}" for level, count in zip(levels, counts, strict=True))
    return Line(
        bar=bar,
        figures=(*(str(count) for count in counts), str(sum(counts))),
        svg=distribution_svg(counts, colours, alternative=alternative),
        alternative=alternative,
    )


def _place(value: float, scale: Scale) -> float:
    """Where a value stands along the drawing; what lies off the scale stays at its end."""
    held = min(max(value, scale.minimum), scale.maximum)
    span = max(scale.maximum - scale.minimum, 1)
    return round(_MARGIN + (held - scale.minimum) / span * (WIDTH - 2 * _MARGIN), 2)


def _segment(x: float, width: float, name: str, fill: str) -> str:
    return (
        f'<rect class="{name}" x="{x:.2f}" y="{_MIDDLE - 6:g}" width="{width:.2f}" '
        f'height="12" fill="{fill}"/>'
    )


def _svg(inside: str, alternative: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="doc-chart" role="img" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"<title>{escape(alternative)}</title>{inside}</svg>"
    )
