"""A case that is to be erased, is asked to be, or was: what is said of it at the terminal."""

from collections.abc import Iterator

from bot.domain.case import Case
from bot.domain.erasing import ASKED_FOR, Erasure, ErasureAsked, Exported, Hindrance, NotErased, Stands
from bot.views.screen import Screen

_WHY = {
    Hindrance.NOT_YOURS: "Only a supervisor or above may ask for it, or confirm it.",
    Hindrance.NOT_CLOSED: "{ref} is open. Only a closed case can be erased.",
    Hindrance.IN_CLEAR: "{ref} was written before there were keys. Run `missing-bot keys rotate`, and then this again.",
    Hindrance.NOT_EXPORTED: "{ref} has not left the record whole. Run `missing-bot export {ref}`, with nothing left "
    "out, and keep that where the force keeps such records.",
    Hindrance.GONE_ON: "{ref} has gone on since it was exported. Run `missing-bot export {ref}` again.",
    Hindrance.MESSAGES_WAIT: "{waiting} messages about {ref} have yet to leave. Run this again once they have.",
    Hindrance.NOT_ASKED: "What was asked for {ref} was taken back, or is too old by now. To ask for it anew, run this "
    "again.",
    Hindrance.SAME_PERSON: "You asked for it at {at}. Somebody else, a supervisor or above, confirms with the same "
    "command, until {until}; `missing-bot purge {ref} --withdraw` takes it back.",
}
assert _WHY.keys() == set(Hindrance), "each says what to do"


def refusal(no: NotErased, screen: Screen) -> str:
    stands = no.stands
    at, until = (_times(stands.asked, screen)) if stands.asked else ("", "")
    return "Not erased. " + _WHY[no.why].format(
        ref=stands.case.ref, waiting=stands.waiting, at=at, until=until
    )


def _times(asked: ErasureAsked, screen: Screen) -> tuple[str, str]:
    return screen.time(asked.at), screen.time(asked.at + ASKED_FOR)


def before(stands: Stands, screen: Screen) -> Iterator[str]:
    """What whoever asks, or confirms, has to have read."""
    case, export = stands.case, stands.export
    assert export is not None, "nobody may ask before"
    closed = f", closed {screen.time(case.ending.closed.at)}" if case.ending.closed else ""
    yield f"{case.ref}: {export.entries} entries{closed}."
    yield _exported(export, screen)
    yield from _too_soon(case, screen)
    yield (
        "What goes, for ever: every entry, with its key; what the case is found by; where its messages stand. Cards "
        "and digests in Slack are drawn without it, and the bot's lines and answers under them go. A backup with the "
        "record key reads it still."
    )
    stays = [
        "that there was a case of this reference, how many entries it had, who had it erased and when",
        "what people wrote in Slack themselves, and whatever left by e-mail, SMS or pager",
    ]
    yield f"What stays: {'; '.join(stays)}."


def _too_soon(case: Case, screen: Screen) -> Iterator[str]:
    """Somebody may have a right to that; whoever confirms it should know."""
    if case.ending.closed is None:
        return
    until = case.ending.closed.at + screen.policy.retention.of(case.running_grade)
    if until > screen.now:
        kept = f"{until.astimezone(screen.zone):%-d %B %Y}"
        yield f"BEFORE ITS TIME: by the force's periods such a case is kept until {kept} at least."


def _exported(export: Exported, screen: Screen) -> str:
    who = screen.directory.name(export.by)
    return f"Exported by {who}, {screen.time(export.at)}. SHA-256 {export.sum}"


def asked(asked: ErasureAsked, screen: Screen) -> str:
    _, until = _times(asked, screen)
    return (
        "Nothing is erased yet. Somebody else, a supervisor or above, confirms with the same command, until "
        f"{until}: missing-bot purge {asked.ref}"
    )


def asked_by(asked: ErasureAsked, screen: Screen) -> str:
    at, until = _times(asked, screen)
    return f"{screen.directory.name(asked.by)} asked for this to be erased, {at}. It can be confirmed until {until}."


def done(erasure: Erasure, screen: Screen) -> str:
    asked, name = erasure.asked, screen.directory.name
    return (
        f"{erasure.ref} was erased, {screen.time(erasure.at)}: asked for by {name(asked.by)}, confirmed by "
        f"{name(erasure.by)}. It had {asked.export.entries} entries; its export has the SHA-256 {asked.export.sum}"
    )
