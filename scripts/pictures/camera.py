"""Looks at a page in four ways, and keeps two pictures of it."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

# Two side by side are one picture: the first is shown, the second is folded away.
SHEETS = {"": (("wide", "light"), ("narrow", "dark")), "-turned": (("wide", "dark"), ("narrow", "light"))}
WIDTHS = {"wide": 1400, "narrow": 390}
_WHOLE = """
.dialog { max-height: none !important; height: fit-content !important; min-height: 0 !important }
body:has(dialog) :is(main, aside, nav, header, footer):not(dialog *) { visibility: hidden }
dialog { visibility: visible }
"""  # and nothing of the page behind it shows at its edges
_HIGH = 2600  # pixels: a long modal is seen to its end
_SOMETHING = ".block-context, .message .words, .notification"
_UNDER_CSP = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
_BESIDE = """async (shots) => {
    const images = await Promise.all(shots.map(async (shot) => {
        const image = new Image();
        image.src = `data:image/png;base64,${shot}`;
        await image.decode();
        return image;
    }));
    const gap = 16;
    const canvas = document.createElement("canvas");
    canvas.width = images.reduce((wide, image) => wide + image.width + gap, gap);
    canvas.height = Math.max(...images.map((image) => image.height)) + 2 * gap;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#8a929c";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    let left = gap;
    for (const image of images) {
        pen.drawImage(image, left, gap);
        left += image.width + gap;
    }
    return canvas.toDataURL("image/png").split(",")[1];
}"""


FEW = 128  # colours: words on plain grounds need no more, and take less room
COLOURFUL = ("thread", "timeline")


def _printed(png: bytes, *, colours: int | None) -> Image.Image:
    picture = Image.open(BytesIO(png)).convert("RGB")
    return picture.quantize(colours).convert("RGB") if colours else picture


class Camera:
    def __init__(
        self, browser: Browser, into: Path, wanted: list[str], proofs: Path | None, *, both: bool = True
    ) -> None:
        """`proofs`: where the same goes as PNG, for viewers that know no WebP. Not `both`: only the first of two."""
        self._browser, self._into, self._wanted, self._proofs = browser, into, wanted, proofs
        self._sheets = SHEETS if both else {"": SHEETS[""]}
        self._dark_room = browser.new_page()

    def wants(self, name: str) -> bool:
        return bool(name) and (not self._wanted or name in self._wanted)

    def take(
        self,
        name: str,
        url: str,
        *,
        of: str = "",
        tall: int = 860,
        first: Callable[[Page], object] | None = None,
    ) -> None:
        """Of the page at that address; `first` does what only a hand in the page can do."""
        if not self.wants(name):
            return
        with self._page() as page:
            page.goto(url)
            page.locator(".person[aria-pressed=true]").wait_for()
            if first:
                first(page)
            self.look(name, page, of=of, tall=tall)

    def look(self, name: str, page: Page, *, of: str = "", tall: int = 860) -> None:
        """The whole page, or what `of` selects in it. The page is left as it was."""
        if not self.wants(name):
            return
        before = page.viewport_size
        page.evaluate(_UNDER_CSP, _WHOLE)
        for suffix, looks in self._sheets.items():
            shots = [_shot(page, WIDTHS[wide], scheme, _HIGH if of else tall, of) for wide, scheme in looks]
            self._keep(f"{name}{suffix}", shots)
        page.evaluate("document.adoptedStyleSheets = []")
        page.emulate_media(color_scheme="light")
        assert before is not None, "every page here has a size"
        page.set_viewport_size(before)

    def _keep(self, name: str, shots: list[bytes]) -> None:
        encoded = [base64.b64encode(shot).decode() for shot in shots]
        path = self._into / f"{name}.webp"
        png = self._developed(encoded)
        _printed(png, colours=None if name.removesuffix("-turned") in COLOURFUL else FEW).save(
            path, lossless=True
        )
        print(f"{path.name}: {path.stat().st_size // 1024} KB", flush=True)
        if self._proofs:
            (self._proofs / f"{name}.png").write_bytes(png)

    def _developed(self, shots: list[str]) -> bytes:
        return base64.b64decode(self._dark_room.evaluate(_BESIDE, shots))

    @contextmanager
    def _page(self) -> Iterator[Page]:
        context = self._browser.new_context(
            reduced_motion="reduce", locale="en-GB", timezone_id="Europe/London"
        )
        yield context.new_page()
        context.close()


def _shot(page: Page, wide: int, scheme: Any, tall: int, of: str) -> bytes:
    page.set_viewport_size({"width": wide, "height": tall})
    page.emulate_media(color_scheme=scheme)
    if of:
        return page.locator(of).last.screenshot(animations="disabled")
    page.locator(_SOMETHING).filter(visible=True).last.wait_for()
    return page.screenshot(animations="disabled")
