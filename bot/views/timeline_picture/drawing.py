"""The picture itself, as PNG."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec import Struct
from PIL import ImageDraw

from bot.views.blocks import MARKING
from bot.views.lettering import FAINT, GROUND, INK, SHARP, as_png, how_wide, sheet, write
from bot.views.timeline_picture.spans import Kind, Lane, Mark, Span, Story
from bot.views.wording import words

# Where everything stands in the picture: time → pixels, and only those words that have room. Pure.

# Narrow, with each title above its lane: a thread beside a channel, or on a phone, gives it some 350 pixels.
WIDTH = 640
MARGIN = 24
HEAD = 88
AXIS = 36
ROW = 52
TITLE = 22  # of which this is the title
BAR = 24
FOOT = 48
GAP = 8  # between two words, at least

Measure = Callable[[str], float]

_STEPS = [timedelta(minutes=n) for n in (1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 40320)]
_TICKS = 5


class Box(Struct, frozen=True, kw_only=True):
    left: float
    right: float
    top: float
    kind: Kind


class Dot(Struct, frozen=True, kw_only=True):
    x: float
    y: float


class PlacedWords(Struct, frozen=True, kw_only=True):
    x: float  # its left
    y: float  # its middle
    says: str
    on: Kind | None = None  # in a bar of that kind


class Layout(Struct, frozen=True, kw_only=True):
    width: int
    height: int
    boxes: tuple[Box, ...]
    dots: tuple[Dot, ...]
    words: tuple[PlacedWords, ...]
    ticks: tuple[float, ...]


class Scale(Struct, frozen=True):
    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        """Within the axis, whatever the time."""
        whole = max((self.end - self.start).total_seconds(), 1.0)
        part = min(max((at - self.start).total_seconds() / whole, 0.0), 1.0)
        return MARGIN + part * (WIDTH - 2 * MARGIN)


def layout(story: Story, zone: ZoneInfo, measure: Measure) -> Layout:
    """`measure`: how wide some words are, in pixels."""
    scale = Scale(story.start, story.end)
    times = list(_times(story, zone))
    placed = [_lane(lane, HEAD + AXIS + row * ROW, scale, measure) for row, lane in enumerate(story.lanes)]
    titles = [
        PlacedWords(x=MARGIN, y=HEAD + AXIS + row * ROW + TITLE / 2, says=lane.title)
        for row, lane in enumerate(story.lanes)
    ]
    return Layout(
        width=WIDTH,
        height=round(HEAD + AXIS + len(story.lanes) * ROW + FOOT),
        boxes=tuple(box for boxes, _, _ in placed for box in boxes),
        dots=tuple(dot for _, dots, _ in placed for dot in dots),
        words=(
            *titles,
            *_axis_words(times, scale, measure),
            *(word for _, _, said in placed for word in said),
        ),
        ticks=tuple(scale.x(at) for at, _ in times),
    )


def _times(story: Story, zone: ZoneInfo) -> Iterator[tuple[datetime, str]]:
    """Round times of day in the force's zone; the first, and each on a new day, with its date."""
    span = story.end - story.start
    step = next((each for each in _STEPS if span / each <= _TICKS), _STEPS[-1])
    start = story.start.astimezone(zone)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + -(-(start - midnight) // step) * step
    before = None
    while at <= story.end:
        day = None if before == at.date() else words.date(at, at, zone)
        yield at, f"{day} {at:%H:%M}" if day else f"{at:%H:%M}"
        before = at.date()
        at += step


def _axis_words(
    times: Sequence[tuple[datetime, str]], scale: Scale, measure: Measure
) -> Iterator[PlacedWords]:
    free = 0.0
    for at, says in times:
        width = measure(says)
        left = max(MARGIN, min(scale.x(at) - width / 2, WIDTH - MARGIN - width))
        if left >= free:
            yield PlacedWords(x=left, y=HEAD + AXIS / 2, says=says)
            free = left + width + GAP


Placed = tuple[list[Box], list[Dot], list[PlacedWords]]


def _lane(lane: Lane, top: float, scale: Scale, measure: Measure) -> Placed:
    middle = top + TITLE + BAR / 2
    boxes = [_box(span, middle, scale) for span in lane.spans]
    dots = [Dot(x=scale.x(mark.at), y=middle) for mark in lane.marks]
    none = [] if boxes or dots else [PlacedWords(x=MARGIN, y=middle, says="none")]
    said = [
        *none,
        *_in_spans(lane.spans, boxes, middle, measure),
        *_beside_marks(lane.marks, dots, middle, measure),
    ]
    return boxes, dots, said


def _box(span: Span, middle: float, scale: Scale) -> Box:
    left = scale.x(span.start)
    return Box(left=left, right=max(scale.x(span.end), left + 4), top=middle - BAR / 2, kind=span.kind)


def _in_spans(
    spans: Sequence[Span], boxes: Sequence[Box], middle: float, measure: Measure
) -> Iterator[PlacedWords]:
    """In its bar; beside it, where that is too short and nothing else is there; else the text beside says it."""
    for number, (span, box) in enumerate(zip(spans, boxes, strict=True)):
        is_first, is_last = number == 0, number + 1 == len(boxes)
        tries = (_beside(box, says, middle, measure, is_first, is_last) for says in (span.says, span.short))
        yield from islice((found for found in tries if found), 1)


def _beside(
    box: Box, says: str, middle: float, measure: Measure, is_first: bool, is_last: bool
) -> PlacedWords | None:
    width = measure(says)
    if width + 2 * GAP <= box.right - box.left:
        return PlacedWords(x=box.left + GAP, y=middle, says=says, on=box.kind)
    if is_last and box.right + GAP + width <= WIDTH - MARGIN:
        return PlacedWords(x=box.right + GAP, y=middle, says=says)
    if is_first and box.left - GAP - width >= MARGIN:
        return PlacedWords(x=box.left - GAP - width, y=middle, says=says)
    return None


def _beside_marks(
    marks: Sequence[Mark], dots: Sequence[Dot], middle: float, measure: Measure
) -> Iterator[PlacedWords]:
    """To the right of its mark, where there is room up to the next one."""
    for number, (mark, dot) in enumerate(zip(marks, dots, strict=True)):
        end = dots[number + 1].x - GAP if number + 1 < len(dots) else WIDTH - MARGIN
        width = measure(mark.says)
        if mark.says and dot.x + 2 * GAP + width <= end:
            yield PlacedWords(x=dot.x + 2 * GAP, y=middle, says=mark.says)
        elif mark.says and number + 1 == len(dots) and _left_is_free(dot, dots, width):
            yield PlacedWords(x=dot.x - 2 * GAP - width, y=middle, says=mark.says)


def _left_is_free(dot: Dot, dots: Sequence[Dot], width: float) -> bool:
    """Nothing of the lane stands left of its last mark as far as these words go."""
    edge = dots[-2].x + 2 * GAP if len(dots) > 1 else MARGIN
    return dot.x - 2 * GAP - width >= edge


_GRID, _DOT = "#3a4556", "#ffd479"
# Each bar with words that stand out on it; the words say what the colour says.
_BARS: dict[Kind, tuple[str, str]] = {
    Kind.HIGH: ("#c8321f", "#ffffff"),
    Kind.LATE: ("#c8321f", "#ffffff"),
    Kind.MEDIUM: ("#e8a33d", "#1d1400"),
    Kind.LOW: ("#8fb7e8", "#0c1a2c"),
    Kind.GOOD: ("#2f7d4f", "#ffffff"),
    Kind.WAITING: ("#59657a", "#ffffff"),
    Kind.PLAIN: ("#3f5f8f", "#ffffff"),
}


def draw(story: Story, zone: ZoneInfo) -> bytes:
    """PNG."""
    placed = layout(story, zone, how_wide)
    image, pen = sheet(placed.width, placed.height)
    _axis(pen, placed)
    _lanes(pen, placed)
    write(pen, MARGIN, 34, story.title, INK, 24)
    write(pen, MARGIN, 66, story.during, FAINT, 20)
    write(pen, MARGIN, placed.height - FOOT / 2, MARKING, FAINT)
    return as_png(image)


def _axis(pen: ImageDraw.ImageDraw, placed: Layout) -> None:
    for x in placed.ticks:
        ends = (x * SHARP, (HEAD + 30) * SHARP, x * SHARP, (placed.height - FOOT) * SHARP)
        pen.line(ends, fill=_GRID, width=SHARP)


def _lanes(pen: ImageDraw.ImageDraw, placed: Layout) -> None:
    for box in placed.boxes:
        corners = (box.left * SHARP, box.top * SHARP, box.right * SHARP - 2, (box.top + BAR) * SHARP)
        pen.rectangle(corners, fill=_BARS[box.kind][0])
    for dot in placed.dots:
        size = 7 * SHARP
        x, y = dot.x * SHARP, dot.y * SHARP
        pen.polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], fill=_DOT, outline=GROUND)
    for word in placed.words:
        write(pen, word.x, word.y, word.says, _BARS[word.on][1] if word.on else INK)
