"""The page, by the names that people and screen readers have for its parts."""

from contextlib import suppress
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, TimeoutError

from tests.waiting import until

CANTEEN = {"ada": "Ada Finch", "ben": "Ben Okoro", "cat": "Cat Lund"}
CONTROL_ROOM = {
    "cal": "Cal Reeve",
    "fay": "Fay Marsh",
    "kim": "Kim Rudd",
    "sam": "Sam Doyle",
    "ian": "Ian Frost",
    "sue": "Sue Hart",
    "ola": "Ola Brandt",
    "sid": "Sid Hobbs",
    "pat": "Pat",
}
NAMES = CANTEEN | CONTROL_ROOM
_OPEN = 5_000.0  # milliseconds that a menu is given to show an item
MOST_STOPS = 400  # more places than any page of ours has to tab through, late in an evening


class Screen:
    def __init__(self, page: Page) -> None:
        self.page = page

    def me(self, name: str) -> Locator:
        return self.page.get_by_role("navigation", name="Act as").get_by_role("button", name=NAMES[name])

    def become(self, name: str) -> None:
        self.me(name).click()

    @staticmethod
    def place_of(**place: str) -> str:
        """What stands behind the address of the page."""
        return f"/#{urlencode(place)}"

    def go(self, **place: str) -> None:
        self.page.evaluate("there => { location.hash = there }", self.place_of(**place)[2:])

    def place(self, name: str) -> Locator:
        side = self.page.get_by_role("navigation", name="Channels, people and apps")
        return side.get_by_role("button", name=name)

    def choose(self, menu: Locator, item: str) -> None:
        """A menu closes where the focus goes elsewhere, as when something else is drawn just then: whoever wants
        something of it opens it again."""
        chosen = self.page.get_by_role("menuitem", name=item)

        def is_taken() -> bool:
            if menu.get_attribute("aria-expanded") != "true":
                menu.click()
            with suppress(TimeoutError):
                chosen.click(timeout=_OPEN)
                return True
            return False

        until(f"{item} can be chosen", is_taken)

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("main").locator(".composer").get_by_role("textbox")

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("complementary", name="Thread")

    @property
    def story(self) -> Locator:
        return self.page.get_by_role("region", name="The story")

    def message(self, words: str) -> Locator:
        return self.page.get_by_role("main").locator("li.message", has_text=words)

    @property
    def modal(self) -> Locator:
        return self.page.get_by_role("dialog")

    def field(self, label: str) -> Locator:
        return self.modal.get_by_label(label, exact=True)

    def group(self, legend: str) -> Locator:
        """Boxes or radios that are one question."""
        return self.modal.locator("fieldset").and_(self.modal.get_by_role("group", name=legend))

    def option(self, name: str) -> Locator:
        return self.page.get_by_role("option", name=name)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, place: Locator) -> None:
        """By keyboard alone, as far as it takes."""
        place.wait_for()
        for _ in range(MOST_STOPS):
            if place.evaluate("node => node === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{MOST_STOPS} times Tab do not lead to {place}")

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    @property
    def focused(self) -> Locator:
        return self.page.locator(":focus")
