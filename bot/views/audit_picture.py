"""The short form of an audit as a picture: a bar for all cases by their grade, and one for each of the seven checks."""

from collections.abc import Mapping

from PIL import ImageDraw

from bot.views.blocks import MARKING
from bot.views.lettering import FAINT, INK, SHARP, as_png, how_wide, sheet, write
from bot.views.lists.audit_brief import AuditBrief
from bot.views.wording.audit_words import SHADE_OF, SHADES

_WIDTH, _MARGIN, _HEAD, _ROW, _BAR, _FOOT = 640, 24, 104, 58, 26, 44
_GAP = 8
# What each colour says, in the order of the bars; a colour alone says nothing.
_LEGEND = {"good": "good, passed", "late": "late", "bad": "inadequate, failed", "none": "not owed"}
_ON = {"good": "#ffffff", "late": "#1d1400", "bad": "#ffffff", "none": "#1d1400"}


def draw_brief(brief: AuditBrief) -> bytes:
    """PNG. Of an audit with at least one case."""
    height = _HEAD + len(brief.bars) * _ROW + _FOOT
    image, pen = sheet(_WIDTH, height)
    write(pen, _MARGIN, 30, brief.title, INK, 24)
    _legend(pen, 70)
    for row, bar in enumerate(brief.bars):
        top = _HEAD + row * _ROW
        write(pen, _MARGIN, top + 11, bar.title, INK)
        _counts(pen, bar.counts, top + 24)
    write(pen, _MARGIN, height - _FOOT / 2, MARKING, FAINT)
    return as_png(image)


def _legend(pen: ImageDraw.ImageDraw, middle: float) -> None:
    x: float = _MARGIN
    for shade, says in _LEGEND.items():
        _box(pen, x, middle - 8, 16, 16, shade)
        write(pen, x + 16 + _GAP, middle, says, FAINT)
        x += 16 + 3 * _GAP + how_wide(says)


def _counts(pen: ImageDraw.ImageDraw, counts: Mapping[str, int], top: float) -> None:
    """One after another, together as wide as the picture; a part too narrow for its figure has it in the text alone."""
    whole, x = _WIDTH - 2 * _MARGIN, float(_MARGIN)
    for code, count in counts.items():
        width = whole * count / sum(counts.values())
        if count:
            _box(pen, x, top, width, _BAR, SHADE_OF[code])
        if count and width >= how_wide(str(count)) + _GAP:
            write(pen, x + _GAP / 2, top + _BAR / 2, str(count), _ON[SHADE_OF[code]])
        x += width


def _box(pen: ImageDraw.ImageDraw, x: float, top: float, width: float, height: float, shade: str) -> None:
    """A line of the ground parts it from the next."""
    right = max((x + width) * SHARP - 3, x * SHARP)
    pen.rectangle((x * SHARP, top * SHARP, right, (top + height) * SHARP), fill=SHADES[shade])
