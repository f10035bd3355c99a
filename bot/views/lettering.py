"""What all pictures are drawn with. Light on dark slate, opaque: they read the same on a light page and on a dark one.

Names are drawn in Noto Sans, which has Latin with every accent, Greek, Cyrillic and Devanagari; Pillow's own font lacks
even é and the en dash. A name in another alphabet is not lost: the picture points to the text beside it.
"""

import unicodedata
from functools import cache
from io import BytesIO

import fontpkg
from PIL import Image, ImageDraw, ImageFont

SHARP = 2  # pixels of the file for one of the layout: screens of phones are dense
ELSEWHERE = "(see text)"
GROUND, INK, FAINT = "#1d2430", "#f2f4f8", "#b9c2d0"
_TEXT = 19


def sheet(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (width * SHARP, height * SHARP), GROUND)
    return image, ImageDraw.Draw(image)


def as_png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def how_wide(said: str) -> float:
    """In pixels of the layout."""
    return _font(_TEXT).getlength(drawable(said)) / SHARP


def write(pen: ImageDraw.ImageDraw, x: float, y: float, said: str, colour: str, size: int = _TEXT) -> None:
    """`x`: where it begins; `y`: its middle."""
    pen.text((x * SHARP, y * SHARP), drawable(said), fill=colour, font=_font(size), anchor="lm")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fontpkg.path("Noto Sans"), size * SHARP)


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
