"""Somebody who never touches the mouse, and what it costs them."""

from playwright.sync_api import Locator

from tests.browser.screen import Screen

CHARACTERS_A_MINUTE = 200  # of somebody who types while they listen


class Keyboard:
    """Counts characters typed, and taps: one choice or button press each. Tab and arrows only lead there."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.typed = self.taps = 0

    @property
    def seconds(self) -> float:
        return self.typed / CHARACTERS_A_MINUTE * 60

    def types(self, place: Locator, text: str) -> None:
        self._screen.tab_to(place)
        self._screen.write(text)
        self.typed += len(text)

    def ticks(self, place: Locator) -> None:
        self._taps(place, "Space")

    def presses(self, place: Locator) -> None:
        self._taps(place, "Enter")

    def _taps(self, place: Locator, key: str) -> None:
        self._screen.tab_to(place)
        self._screen.press(key)
        self.taps += 1
