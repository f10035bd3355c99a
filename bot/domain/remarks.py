"""What is said of a page on its way: it arrived, Slack is not heard, it left another way, a text of it was lost.

Each is said once, whoever notices it.
"""

from collections.abc import Iterable

from bot.domain.case import Case
from bot.domain.case_parts import WAYS_BETWEEN
from bot.domain.events import Delivered, Entry, SlackSilent, TextFailed, WentOut

Remark = Delivered | SlackSilent | WentOut | TextFailed


def is_remarked(said: Remark, entries: Iterable[Entry]) -> bool:
    """Whether it need not be said of that page any more: once it arrived, nobody says that it did not."""
    every = [entry.event for entry in entries if isinstance(entry.event, Remark)]
    about = [event for event in every if (event.page, event.role) == (said.page, said.role)]
    failed = frozenset(event.way for event in about if isinstance(event, TextFailed))
    return any(_settles(event, said, failed) for event in about)


def _settles(event: Remark, said: Remark, failed: frozenset[str]) -> bool:
    """`failed`: the ways by which it did not arrive after all. What did not arrive otherwise says nothing of Slack."""
    if isinstance(said, SlackSilent):
        if isinstance(event, WentOut):
            return event.reached and not failed.issuperset(event.way.split(WAYS_BETWEEN))
        if isinstance(event, SlackSilent):
            return bool(event.why) or not said.why
        return isinstance(event, Delivered)
    if isinstance(said, TextFailed):
        return isinstance(event, TextFailed) and event.way == said.way
    return isinstance(event, type(said))


def is_first(said: Remark, case: Case) -> bool:
    """That a page arrived, of which the case knows nothing yet: its entries need not be read."""
    page = case.pages.get(said.role) if said.role else None
    is_the_newest = page is not None and page.number == said.page
    return isinstance(said, Delivered) and is_the_newest and page is not None and page.taken_at is None
