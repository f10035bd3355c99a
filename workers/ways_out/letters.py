"""What leaves beside Slack: the line that a locked phone would show for the page, why it comes this way, when it was
sent, and how to answer it where it can be answered. No name of a child's, in either mode (screens.md §14)."""

from collections.abc import Sequence
from hashlib import sha256

from bot.domain.door.ownership_rules import paged_to
from bot.ports.texts import TextedPage, Texts
from bot.ports.ways_tried import Way
from bot.views.blocks import MARKING
from bot.views.message import Renderer
from bot.views.screen import Screen
from bot.views.wording import clock_words, delivery, naming, words
from workers.ways_out.channel import Channel, Letter
from workers.ways_out.leaving import Leaving
from workers.ways_out.ways import is_person

_NAMED = 40  # references in one message; the rest is counted


class Letters:
    """For pages of one role, to whoever is written to."""

    def __init__(self, renderer: Renderer, texts: Texts) -> None:
        self._renderer = renderer
        self._texts = texts

    def to(
        self, way: Way, channel: Channel, pages: Sequence[Leaving], screen: Screen, *, in_doubt: bool
    ) -> Letter:
        is_many = _is_many(pages, screen)
        said = (
            [_digest(pages, self._renderer)] if is_many else [_page(page, self._renderer) for page in pages]
        )
        can_answer = _answers(way, channel) and _is_theirs(way.recipient, pages, screen)
        answer = self._answer(way.recipient, pages, many=is_many) if can_answer else ""
        lines = [
            *dict.fromkeys(said),
            "" if is_many else _why(pages),
            " ".join(dict.fromkeys(_asks(page) for page in pages)),
            answer,
            sent_at(screen),
            MARKING,
        ]
        return Letter(
            title=_title(pages),
            body="\n".join(line for line in lines if line),
            name=_name(way, pages),
            in_doubt=in_doubt,
        )

    def _answer(self, person: str, pages: Sequence[Leaving], *, many: bool) -> str:
        """One code for each case, which has at most one page to a role; one for all of a digest."""
        if many:
            code = self._texts.code(person, tuple(page.texted for page in pages))
            return f"Reply {code} to acknowledge all {_cases(pages)}."
        codes = {page.case.ref: self._texts.code(person, _of(page.case.ref, pages)) for page in pages}
        if len(codes) == 1:
            return f"Reply {next(iter(codes.values()))} to acknowledge."
        return f"To acknowledge, reply {', '.join(f'{code} for {ref}' for ref, code in codes.items())}."


def _answers(way: Way, channel: Channel) -> bool:
    """A phone that a role passes on tells nobody who it was that answered."""
    return bool(channel.number) and is_person(way.recipient)


def _is_theirs(person: str, pages: Sequence[Leaving], screen: Screen) -> bool:
    """Whether the door would take their acknowledgement: whoever is written to for want of a better may not."""
    actor = screen.directory.actor(person)
    return actor is not None and all(
        any(line.clock in paged_to(page.case, actor) for line in page.lines) for page in pages
    )


def _asks(page: Leaving) -> str:
    return f"{delivery.OUT_WORDS[page.why].asks.format(role=words.ROLES[page.role])}."


def _of(ref: str, pages: Sequence[Leaving]) -> tuple[TextedPage, ...]:
    return tuple(page.texted for page in pages if page.case.ref == ref)


def _cases(pages: Sequence[Leaving]) -> int:
    return len({page.case.ref for page in pages})


def _is_many(pages: Sequence[Leaving], screen: Screen) -> bool:
    return _cases(pages) > screen.policy.digest_over


def _title(pages: Sequence[Leaving]) -> str:
    first = pages[0]
    cases = {page.case.ref: page.case for page in pages}
    named = naming.how_many(list(cases.values())) if len(cases) > 1 else naming.short(first.case)
    trains = naming.label(first.case) if all(case.training for case in cases.values()) else ""
    return f"{trains}{words.sentence(words.ROLES[first.role])}: act on {named}"


def _page(page: Leaving, renderer: Renderer) -> str:
    return renderer.page(page.case, page.entries, page.role, page.lines).text


def _why(pages: Sequence[Leaving]) -> str:
    """What is not so."""
    missing = dict.fromkeys(clock_words.of(line.clock).missing for page in pages for line in page.lines)
    return f"Why: {', '.join(missing)}."


def _digest(pages: Sequence[Leaving], renderer: Renderer) -> str:
    cases = {page.case.ref: page.case for page in pages}
    refs = list(cases)
    more = len(refs) - _NAMED
    listed = ", ".join(refs[:_NAMED]) + (f", and {more} more" if more > 0 else "")
    return f"{renderer.digest(list(cases.values()), pages[0].role).text}\n{listed}."


def sent_at(screen: Screen) -> str:
    """A network may bring it three days late."""
    return f"Sent {words.time(screen.now, screen.now, screen.zone)} on {screen.date(screen.now)}."


def _name(way: Way, pages: Sequence[Leaving]) -> str:
    """The same for the same pages by the same way; says nothing of either."""
    said = "\n".join([way.recipient, way.name, *sorted(page.row.id for page in pages)])
    return sha256(said.encode()).hexdigest()[:32]
