"""The picture itself, as PNG. Light on dark slate, opaque: it reads the same on a light page and on a dark one.

Names are drawn in Noto Sans, which has Latin with every accent, Greek, Cyrillic and Devanagari; Pillow's own font lacks
even é and the en dash. A name in another alphabet is not lost: the picture points to the text beside it.
"""

import unicodedata
from functools import cache
from io import BytesIO
from zoneinfo import ZoneInfo

import fontpkg
from PIL import Image, ImageDraw, ImageFont

from bot.views.blocks import MARKING
from bot.views.timeline_picture.layout import BAR, FOOT, HEAD, MARGIN, Layout, PlacedWords, layout
from bot.views.timeline_picture.spans import Kind, Story

_SHARP = 2  # pixels of the file for one of the layout: screens of phones are dense
_TEXT = 19
ELSEWHERE = "(see text)"
_GROUND, _INK, _FAINT, _GRID, _DOT = "#1d2430", "#f2f4f8", "#b9c2d0", "#3a4556", "#ffd479"
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


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fontpkg.path("Noto Sans"), size * _SHARP)


def drawable(said: str) -> str:
    """The words that the font has the letters of; of each run of others, where to read them."""
    words: list[str] = []
    for word in unicodedata.normalize("NFC", said).split(" "):
        shown = word if all(map(_has_letter, word)) else ELSEWHERE
        if shown != ELSEWHERE or words[-1:] != [ELSEWHERE]:
            words.append(shown)
    return " ".join(words)


@cache
def _has_letter(letter: str) -> bool:
    """Pillow draws a box for what a font lacks, and says nothing: so it is compared with that box."""
    font = _font(_TEXT)
    nothing = "\uffff"  # is never a letter
    boxed = font.getbbox(letter) == font.getbbox(nothing)
    return not boxed or bytes(font.getmask(letter)) != bytes(font.getmask(nothing))


def draw(story: Story, zone: ZoneInfo) -> bytes:
    """PNG."""
    placed = layout(story, zone, lambda words: _font(_TEXT).getlength(drawable(words)) / _SHARP)
    image = Image.new("RGB", (placed.width * _SHARP, placed.height * _SHARP), _GROUND)
    pen = ImageDraw.Draw(image)
    _axis(pen, placed)
    _lanes(pen, placed)
    _words(pen, PlacedWords(x=MARGIN, y=34, says=story.title), _INK, 24)
    _words(pen, PlacedWords(x=MARGIN, y=66, says=story.during), _FAINT, 20)
    _words(pen, PlacedWords(x=MARGIN, y=placed.height - FOOT / 2, says=MARKING), _FAINT)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _axis(pen: ImageDraw.ImageDraw, placed: Layout) -> None:
    for x in placed.ticks:
        ends = (x * _SHARP, (HEAD + 30) * _SHARP, x * _SHARP, (placed.height - FOOT) * _SHARP)
        pen.line(ends, fill=_GRID, width=_SHARP)


def _lanes(pen: ImageDraw.ImageDraw, placed: Layout) -> None:
    for box in placed.boxes:
        corners = (box.left * _SHARP, box.top * _SHARP, box.right * _SHARP - 2, (box.top + BAR) * _SHARP)
        pen.rectangle(corners, fill=_BARS[box.kind][0])
    for dot in placed.dots:
        size = 7 * _SHARP
        x, y = dot.x * _SHARP, dot.y * _SHARP
        pen.polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], fill=_DOT, outline=_GROUND)
    for word in placed.words:
        _words(pen, word, _BARS[word.on][1] if word.on else _INK)


def _words(pen: ImageDraw.ImageDraw, word: PlacedWords, colour: str, size: int = _TEXT) -> None:
    pen.text(
        (word.x * _SHARP, word.y * _SHARP), drawable(word.says), fill=colour, font=_font(size), anchor="lm"
    )
