"""Small drawings set beside their figures, as SVG made on the server.

A chart of ours is a table whose second column is drawn: one bar a row, no words inside the
drawing, so that every format shows the same picture and reads the same text. The colours are an
argument; the classes let a screen's own theme (dark, forced colours) take over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from fabrique.document.colours import ramp, shades
from fabrique.document.tree import (
    AbacusChart,
    Bar,
    BarChart,
    Chart,
    DistributionBar,
    DistributionChart,
    PeriodBar,
    PeriodChart,
    RangeBar,
    RangeChart,
    Scale,
    SlopeChart,
    SlopeLine,
)
from fabrique.document.wording import Wording, month, number

WIDTH = 240
HEIGHT = 24
SLOPE_HEIGHT = 56
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

    bar: RangeBar | DistributionBar | Bar | SlopeLine | PeriodBar
    figures: tuple[str, ...]
    svg: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as a table: headings, then one line a bar.

    `scale` heads the drawn column: the two ends of the scale, or what is shown. The first
    `wordy` headings are over words, the others over numbers.
    """

    subject: str
    scale: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    swatches: tuple[str, ...] = ()
    wordy: int = 0

    @property
    def kinds(self) -> tuple[str, ...]:
        """Whether each heading is over words (`text`) or numbers (`number`)."""
        return tuple(
            "text" if place < self.wordy else "number" for place in range(len(self.headings))
        )


@dataclass(frozen=True, slots=True)
class Span:
    """The whole years a line of time covers."""

    first_year: int
    last_year: int

    @property
    def ticks(self) -> range:
        years = self.last_year + 1 - self.first_year
        return range(self.first_year, self.last_year + 1, 1 if years <= 15 else 5)

    def place(self, day: date) -> float:
        """Where a day begins along the drawing."""
        first, last = date(self.first_year, 1, 1), date(self.last_year, 12, 31)
        return round((day - first).days / (last - first).days * (WIDTH - 1), 2)


def palette(accent: str, levels: int = 0) -> Palette:
    """The colours of a drawing on white paper, from one accent."""
    tones = shades(accent)
    return Palette(
        track=tones.line,
        middle_half=tones.medium,
        median=tones.strong,
        levels=ramp(accent, levels),
    )


def drawn(chart: Chart, *, accent: str, words: Wording) -> Drawn:
    """The table a chart becomes in every format."""
    if isinstance(chart, RangeChart):
        return _drawn_ranges(chart, palette(accent), words)
    if isinstance(chart, BarChart):
        return _drawn_bars(chart, palette(accent), words)
    if isinstance(chart, SlopeChart):
        return _drawn_slopes(chart, palette(accent), words)
    if isinstance(chart, PeriodChart):
        return _drawn_periods(chart, palette(accent), words)
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


def bar_svg(value: float, maximum: float, colours: Palette, *, alternative: str) -> str:
    """A bar from zero, over the whole length it could have."""
    width = WIDTH * min(max(value / maximum, 0), 1) if maximum > 0 else 0.0
    full = _segment(0, width, "doc-chart-bar", colours.median) if width else ""
    return _svg(
        f'<rect class="doc-chart-track" x="0" y="{_MIDDLE - 0.75:g}" width="{WIDTH}" '
        f'height="1.5" fill="{colours.track}"/>{full}',
        alternative,
    )


def slope_svg(
    before: Sequence[int], after: Sequence[int], colours: Palette, *, alternative: str
) -> str:
    """One thread a series from its share before to its share after, the first one after in full.

    A disc marks what comes first at each end, several where they are equal.
    """
    starts, ends = _shares(before), _shares(after)
    held = [pair for pair in zip(starts, ends, strict=True) if any(pair)]
    threads = [
        _thread(start, end, colours, is_first=end == max(ends))
        for start, end in sorted(held, key=lambda pair: pair[1])
        if any(starts) and any(ends)
    ]
    discs = [
        f'<circle class="doc-chart-median" cx="{x:g}" cy="{_height(share):g}" r="6" '
        f'fill="{colours.median}"/>'
        for x, shares in ((_MARGIN, starts), (WIDTH - _MARGIN, ends))
        for share in {share for share in shares if share and share == max(shares)}
    ]
    poles = "".join(
        f'<rect class="doc-chart-track" x="{x - 0.75:g}" y="4" width="1.5" '
        f'height="{SLOPE_HEIGHT - 8}" fill="{colours.track}"/>'
        for x in (_MARGIN, WIDTH - _MARGIN)
    )
    return _svg("".join((poles, *threads, *discs)), alternative, height=SLOPE_HEIGHT)


def abacus_svg(counts: Sequence[int], colours: Palette, *, alternative: str) -> str:
    """One upright mark a person, from the lowest to the highest: colour and height say the same."""
    total, highest = sum(counts), max(len(counts), 1)
    width = min(WIDTH / max(total, 1), 14)
    ground = (
        f'<rect class="doc-chart-track" x="0" y="{HEIGHT - 1.5:g}" width="{WIDTH}" '
        f'height="1.5" fill="{colours.track}"/>'
    )
    levels = [level for level, count in enumerate(counts, start=1) for _ in range(count)]
    marks = [
        f'<rect class="doc-chart-level-{level}" x="{place * width:.2f}" '
        f'y="{HEIGHT - 1.5 - height:.2f}" width="{width * 0.82:.2f}" '
        f'height="{height:.2f}" fill="{colours.levels[level - 1]}"/>'
        for place, level in enumerate(levels)
        for height in [(HEIGHT - 3) * level / highest]
    ]
    return _svg(ground + "".join(marks), alternative)


def period_svg(bar: PeriodBar, span: Span | None, colours: Palette, *, alternative: str) -> str:
    """A bar over whole years; a triangle where only the start is known, a lozenge for the end."""
    if span is None:
        return _svg("", alternative)
    ground = "".join(
        f'<rect class="doc-chart-track" x="{span.place(date(year, 1, 1)):g}" y="0" width="1" '
        f'height="{HEIGHT}" fill="{colours.track}"/>'
        for year in span.ticks
    )
    return _svg(ground + _period(bar, span, colours.median), alternative)


def span_of(bars: Sequence[PeriodBar]) -> Span | None:
    """The years from the first day known to the last; nothing when no day is."""
    days = [day for bar in bars for day in (bar.start, bar.end) if day]
    return Span(min(days).year, max(days).year) if days else None


def _period(bar: PeriodBar, span: Span, fill: str) -> str:
    if bar.start and bar.end:
        start = span.place(bar.start)
        width = max(span.place(bar.end) - start, 3)
        return (
            f'<rect class="doc-chart-period" x="{start:g}" y="{_MIDDLE - 5:g}" '
            f'width="{width:.2f}" height="10" rx="2" fill="{fill}"/>'
        )
    if not (day := bar.start or bar.end):
        return ""
    x, top, low = min(max(span.place(day), 7), WIDTH - 12), _MIDDLE - 6, _MIDDLE + 6
    outline = f"M{x:g} {top:g} L{x + 11:g} {_MIDDLE:g} L{x:g} {low:g} Z"
    if bar.start is None:
        outline = f"M{x - 6:g} {_MIDDLE:g} L{x:g} {top:g} L{x + 6:g} {_MIDDLE:g} L{x:g} {low:g} Z"
    return f'<path class="doc-chart-period" d="{outline}" fill="{fill}"/>'


def _drawn_periods(chart: PeriodChart, colours: Palette, words: Wording) -> Drawn:
    span = span_of(chart.bars)
    years = (str(span.first_year), str(span.last_year)) if span else (words.undated,)
    return Drawn(
        subject=chart.subject or words.subject,
        scale=tuple(dict.fromkeys(years)),
        headings=(words.start, words.end),
        lines=tuple(_period_line(bar, span, colours, words) for bar in chart.bars),
    )


def _period_line(bar: PeriodBar, span: Span | None, colours: Palette, words: Wording) -> Line:
    start, end = (month(day, words) if day else "–" for day in (bar.start, bar.end))
    alternative = _period_alternative(bar, words).format(start=start, end=end)
    return Line(
        bar=bar,
        figures=(start, end),
        svg=period_svg(bar, span, colours, alternative=alternative),
        alternative=alternative,
    )


def _period_alternative(bar: PeriodBar, words: Wording) -> str:
    if bar.start:
        return words.period_alternative if bar.end else words.start_alternative
    return words.end_alternative if bar.end else words.undated


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


def _drawn_distribution(
    chart: DistributionChart | AbacusChart, colours: Palette, words: Wording
) -> Drawn:
    draw = abacus_svg if isinstance(chart, AbacusChart) else distribution_svg
    return Drawn(
        subject=chart.subject or words.subject,
        scale=(words.spread,),
        headings=(*chart.levels, words.answers),
        lines=tuple(_distribution_line(bar, chart.levels, colours, draw) for bar in chart.bars),
        swatches=colours.levels,
    )


def _distribution_line(
    bar: DistributionBar, levels: Sequence[str], colours: Palette, draw: Callable[..., str]
) -> Line:
    counts = (*bar.counts, *(0 for _ in levels))[: len(levels)]
    alternative = ", ".join(f"{level} {count}" for level, count in zip(levels, counts, strict=True))
    return Line(
        bar=bar,
        figures=(*(str(count) for count in counts), str(sum(counts))),
        svg=draw(counts, colours, alternative=alternative),
        alternative=alternative,
    )


def _drawn_bars(chart: BarChart, colours: Palette, words: Wording) -> Drawn:
    maximum = chart.maximum or max((bar.value for bar in chart.bars), default=0)
    lines = []
    for bar in chart.bars:
        figures = _as_many(bar.figures, chart.headings)
        pairs = zip(chart.headings, figures, strict=True)
        alternative = ", ".join(f"{heading} {figure}" for heading, figure in pairs)
        svg = bar_svg(bar.value, maximum, colours, alternative=alternative)
        lines.append(Line(bar=bar, figures=figures, svg=svg, alternative=alternative))
    return Drawn(
        subject=chart.subject or words.subject,
        scale=(chart.measure or words.spread,),
        headings=chart.headings,
        lines=tuple(lines),
    )


def _drawn_slopes(chart: SlopeChart, colours: Palette, words: Wording) -> Drawn:
    return Drawn(
        subject=chart.subject or words.subject,
        scale=chart.ends,
        headings=chart.headings,
        lines=tuple(_slope_line(line, chart, colours) for line in chart.lines),
        wordy=chart.wordy,
    )


def _slope_line(line: SlopeLine, chart: SlopeChart, colours: Palette) -> Line:
    before, after = (_counts(counts, chart.series) for counts in (line.before, line.after))
    alternative = " ; ".join(
        f"{end} : " + ", ".join(f"{name} {n}" for name, n in zip(chart.series, counts, strict=True))
        for end, counts in zip(chart.ends, (before, after), strict=True)
    )
    return Line(
        bar=line,
        figures=_as_many(line.figures, chart.headings),
        svg=slope_svg(before, after, colours, alternative=alternative),
        alternative=alternative,
    )


def _counts(counts: Sequence[int], series: Sequence[str]) -> tuple[int, ...]:
    return (*counts, *(0 for _ in series))[: len(series)]


def _as_many(figures: Sequence[str], headings: Sequence[str]) -> tuple[str, ...]:
    return (*figures, *("" for _ in headings))[: len(headings)]


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts)
    return [count / total if total else 0.0 for count in counts]


def _height(share: float) -> float:
    """Where a share stands, from the foot of the drawing (none) to its top (everyone)."""
    foot, top = SLOPE_HEIGHT - _MARGIN, _MARGIN
    return round(foot - share * (foot - top), 2)


def _thread(start: float, end: float, colours: Palette, *, is_first: bool) -> str:
    name, width = ("slope", 4) if is_first else ("thread", 2)
    colour = colours.median if is_first else colours.middle_half
    return (
        f'<line class="doc-chart-{name}" x1="{_MARGIN}" y1="{_height(start):g}" '
        f'x2="{WIDTH - _MARGIN}" y2="{_height(end):g}" stroke-width="{width}" stroke="{colour}"/>'
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


def _svg(inside: str, alternative: str, *, height: int = HEIGHT) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="doc-chart" role="img" '
        f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"<title>{escape(alternative)}</title>{inside}</svg>"
    )
