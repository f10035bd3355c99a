"""What stands in the channels against a fresh drawing of the case."""

from collections.abc import Iterator, Sequence

from benchmarks.soak.evidence import Evidence, Offender, key_of, words_of
from bot.digest import PagedCase, lines_joined
from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.fold import fold
from bot.domain.people import Role
from bot.outgoing import person_lane
from bot.ports.destination import Destination, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import Place, case_key, digest_key, page_key
from bot.views import ids
from bot.views.cards.page_state import passed_on
from bot.views.message import Message as Rendered
from sandbox.blocks import shown as words
from sandbox.client import Message

_DRAWN_BEFORE = (0.0, 0.05, 0.15, 0.4, 1.0, 2.0, 4.0)  # seconds from drawing to Slack's door
_NOTES = ("May repeat", "Late on its way")


def case_cards(found: Evidence) -> list[Offender]:
    offenders = []
    for ref, case in found.cases.items():
        where = found.stores.outbox.card(case_key(ref)) or ""
        posts = [post for post in found.in_lane("cases") if key_of(post).startswith(f"{ref}:")]
        cards = [post for post in posts if ":undelivered:" not in key_of(post)]
        if len(cards) != 1 or f"{cards[0].channel}:{cards[0].ts}" != where:
            offenders.append(
                Offender(f"{ref} has {len(cards)} cards, the record knows {where!r}", _newest(cards))
            )
            continue
        fresh = [found.screens(at).card(case) for at in _drawn_at(cards[0], found)]
        if not _shows_one_of(cards[0], fresh):
            offenders.append(_not_as_it_stands(ref, cards[0], fresh, found))
    return offenders


def _not_as_it_stands(what: str, post: Message, fresh: list[Rendered], found: Evidence) -> Offender:
    """Beside the drawing that comes closest."""
    shown = post.words.splitlines()
    drawn = min((words(each.blocks).splitlines() for each in fresh), key=lambda one: len({*one} ^ {*shown}))
    missing = [line for line in drawn if line not in shown][:3]
    extra = [line for line in shown if line not in drawn][:3]
    at = _last_touched(post, found)
    return Offender(f"{what}: shows {extra}, should show {missing}", at)


def _newest(posts: list[Message]) -> float:
    return max((float(post.ts) for post in posts), default=0.0)


def _last_touched(post: Message, found: Evidence) -> float:
    place = f"{post.channel}:{post.ts}"
    return max([*found.edits.get(place, []), float(post.ts)])


def _drawn_at(post: Message, found: Evidence) -> list[float]:
    last = _last_touched(post, found)
    return [last - before for before in _DRAWN_BEFORE]


def _shows_one_of(post: Message, drawn: list[Rendered]) -> bool:
    shown = _without_notes(words_of(post))
    return any(shown == words_of(each) for each in drawn)


def _without_notes(blocks: list[dict[str, object]]) -> list[dict[str, object]]:
    return [block for block in blocks if not any(note in str(block) for note in _NOTES)]


def threads(found: Evidence) -> list[Offender]:
    offenders = []
    for ref, case in found.cases.items():
        where = found.stores.outbox.card(case_key(ref)) or ":"
        replies = [post for post in found.posts if f"{post.channel}:{post.thread_ts}" == where]
        replies = [post for post in replies if post.ts != post.thread_ts]
        said = [line for post in replies for line in _sections(post.blocks)]
        sure = [line for post in replies if not found.may_repeat(post) for line in _sections(post.blocks)]
        moments = [float(post.ts) for post in replies]
        lines = [_drawn_line(found, case, entry, moments) for entry in found.entries[ref]]
        lost = [min(ways) for ways in lines if ways and not ways & {*said}]
        again = [line for line in {*sure} if sure.count(line) > sum(line in ways for ways in lines)]
        at = _newest(replies)
        offenders += [Offender(f"{ref}: {line!r} is not in its thread", at) for line in lost]
        offenders += [Offender(f"{ref}: {line!r} is there too often", at) for line in again]
    return offenders


def _drawn_line(found: Evidence, case: Case, entry: Entry, moments: list[float]) -> set[str]:
    """In every way in which its thread may say it: after midnight it is dated."""
    drawn = [found.screens(at).line(case, entry) for at in (found.at(entry.at), *moments[-1:])]
    return {line for each in drawn if each for line in _sections(each.blocks)}


def _sections(blocks: list[dict[str, object]]) -> list[str]:
    return [str(block["text"]["text"]) for block in blocks if block["type"] == "section"]  # type: ignore[index]


def page_cards(found: Evidence) -> list[Offender]:
    offenders = []
    for lane, ref, last in _live(found):
        where = found.stores.outbox.card(page_key(lane, ref))
        post = found.by_place.get(where or "")
        if post is None:
            continue  # never posted, which is another promise
        if found.stores.outbox.listed(digest_key(where or Place(""))):
            continue
        fresh = list(_drawn(found, post, lane, last))
        if not _shows_one_of(post, fresh):
            offenders.append(_not_as_it_stands(f"{ref} in {lane}", post, fresh, found))
    return offenders


def _drawn(found: Evidence, post: Message, lane: Destination, last: Outgoing) -> Iterator[Rendered]:
    """Every way in which it may rightly look: of no version older than the last that asked to redraw it.

    A page that goes to others alone does not: what the card foretold has then come true. A page that left after all of
    them still rings, and shows what they asked for.
    """
    role, entries = lane.role, found.entries[last.ref]
    asked = [
        row
        for row in found.rows
        if (row.lane, row.ref) == (lane, last.ref) and row.kind != OutboxKind.UNDELIVERED
    ]
    for version in range(len(entries), asked[-1].version - 1, -1):
        case, known = fold(entries[:version]), entries[:version]
        if role is Role.OWNER and lane != person_lane(case.owner or ""):
            yield passed_on(case)
            continue
        for at in _drawn_at(post, found):
            yield found.screens(at).page_state(case, known, role)
            if asked[-1].kind == OutboxKind.PAGE or float(post.ts) >= found.at(asked[-1].at):
                for lines in _lines(known, [row for row in asked if row.kind == OutboxKind.PAGE]):
                    yield found.screens(at).page(case, known, role, lines)


def _lines(known: Sequence[Entry], pages: Sequence[Outgoing]) -> Iterator[tuple[PageLine, ...]]:
    """Of the last pages, as many as waited to go in one post; with those of the card that they joined."""
    for first in range(len(pages)):
        together = PagedCase(ref=pages[-1].ref, rows=tuple(pages[first:]))
        yield (*lines_joined(known, together.rows[0]), *together.lines)


def _live(found: Evidence) -> Iterator[tuple[Destination, str, Outgoing]]:
    """Each lane and case with its newest page."""
    newest = {(row.lane, row.ref): row for row in found.pages}
    yield from ((lane, ref, row) for (lane, ref), row in newest.items())


def old_pages(found: Evidence) -> list[Offender]:
    """But what Slack took unseen and was posted again: nobody knows where it is, and the newer post says so."""
    live = {found.stores.outbox.card(page_key(lane, ref)) for lane, ref, _ in _live(found)}
    pressed = {ids.ACKNOWLEDGE, ids.ACKNOWLEDGE_MANY}
    return [
        Offender(f"{key_of(post)} still offers {sorted(pressed & set(post.action_ids))}", float(post.ts))
        for place, post in found.by_place.items()
        if pressed & set(post.action_ids) and place not in live and post.seen_by is None
        if not _was_repeated(post, found)
    ]


def _was_repeated(post: Message, found: Evidence) -> bool:
    """Alone, or in a digest that another case leads by now."""
    named = found.first_named[f"{post.channel}:{post.ts}"]
    return any(
        found.may_repeat(each) and named & found.first_named[f"{each.channel}:{each.ts}"]
        for each in found.posts
        if each.channel == post.channel and float(each.ts) > float(post.ts)
    )
