"""The promises: a plain sentence each, and what was found to break it."""

from collections.abc import Callable, Mapping

from benchmarks.soak.checks import cards, due, leftovers, logged, offers, pages, said_done, untouched
from benchmarks.soak.evidence import Evidence, Offender

Check = Callable[[Evidence], list[Offender]]


def nothing_tried(found: Evidence) -> list[Offender]:
    """A night in which nothing happened keeps every promise."""
    tried = {"step": found.told, "page": found.pages, "fault": found.timeline[:-1]}
    return [
        Offender(f"no {what}: give it more seconds", found.read_at)
        for what, some in tried.items()
        if not some
    ]


PROMISES: Mapping[str, Check] = {
    "There were steps, pages and faults.": nothing_tried,
    "What somebody was told is done is in the record.": said_done.lost,
    "No step was written twice, and every record's chain is whole.": said_done.twice,
    "The record is as the bot wrote it, and nobody was told otherwise.": untouched.changed,
    "Every page in the record is in its channel.": pages.missing,
    "No page is there twice, unless it says that it may be.": pages.twice,
    "No page is there that the record does not call for.": pages.uncalled,
    "Every page that was due was written in time.": due.unwritten,
    "Every page was posted in time.": due.unposted,
    "Each case has one card, which shows the case as it stands.": cards.case_cards,
    "Each case's thread has each line once.": cards.threads,
    "Each live page card shows the case as it stands.": cards.page_cards,
    "No page that was replaced looks open.": cards.old_pages,
    "No offer that is over looks open.": offers.stale,
    "Each person's step is in the processing log, once.": logged.steps,
    "Each case that has a card was noted as disclosed.": logged.disclosures,
    "The processing log's chain is whole.": logged.whole,
    "Nothing waits, is claimed or is marked any more.": leftovers.waiting,
    "No log holds a traceback or a child's name, no key a name.": leftovers.said,
}
