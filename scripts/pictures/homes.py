"""Each role's first look at their home page, and at it again; a list, the board, and a page to practise on."""

from bot.views import ids
from cli.demo import cast
from scripts.pictures.evenings import STORM, UP, Evening

_LOOKS = {"home-fim": "fay", "home-supervisor": "sam", "home-officer": "ola", "home-control-room": "cal"}


def homes(it: Evening) -> None:
    for number, name in enumerate(STORM):
        it.reports(3001 + number, name, 11 + number % 6)
    home_of(it, "welcome", "fay")
    for who in _LOOKS.values():
        it.person(who).open_home()
        _sees(it, who, "Welcome")
        it.person(who).click(ids.WELCOMED, home=True)
    it.chooses("sam", "assign")
    it.person("sam").submit({"to": {ids.VALUE: it.person("ola").id}})
    it.offers("ola", ids.ACCEPT, cast.DIRECT)
    for name, who in _LOOKS.items():
        home_of(it, name, who)
    it.person("sam").type("/missing list high", cast.CASES)
    it.picture("list", "sam", channel=cast.CASES, tall=1000)
    it.person("fay").type("/missing board", "fim")
    it.heard("Board ·", "fim")
    it.picture("board", "fay", channel="fim", tall=1000)
    _practice(it)


def _practice(it: Evening) -> None:
    it.person("ian").open_home()
    _sees(it, "ian", "Practice page")
    it.person("ian").click(ids.PRACTICE, home=True)
    page = it.offers("ian", ids.PRACTICE_ACKNOWLEDGE, cast.DIRECT)
    it.picture("practice", "ian", home=cast.APP, tab="messages", tall=560)
    it.person("ian").click(ids.PRACTICE_ACKNOWLEDGE, page)
    it.workspace.wait_for(
        lambda: it.person("ian").sees(cast.DIRECT)[-1].says("nothing else happened"), "the answer", UP
    )
    it.picture("practised", "ian", home=cast.APP, tab="messages", tall=560)


def home_of(it: Evening, name: str, who: str) -> None:
    it.person(who).open_home()
    header = "main .block-header"
    it.picture(name, who, home=cast.APP, tall=1200, first=lambda page: page.locator(header).wait_for())


def _sees(it: Evening, who: str, words: str) -> None:
    def there() -> bool:
        home = it.person(who).home
        return home is not None and home.says(words)

    it.workspace.wait_for(there, f"{words!r} on {who}'s home page", UP)
