"""The record refuses, or is away: what is saved, what is not, and what to do. To whoever works a case, to whoever can
mend it, and for `/healthz`, the doctor, the alarm and a terminal: one table for all of them."""

from msgspec import Struct

from bot.ports.errors import Fate, RecordTrouble

_PAPER = "paper log, and ring FIM"
_READ = "What was saved before is there, and can be read."
# Nor is anything read by Slack then: that a request was seen is written down before it is looked at.
_KEPT = "What was saved before is kept."


class RecordWords(Struct, frozen=True, kw_only=True):
    clause: str  # why, after "Not saved: "
    now: str = ""  # the same while it lasts, where that is said in another way
    mend: str  # what the technician does, in a sentence
    meanwhile: str = ""  # to whoever wants to go on, a sentence
    stays: bool = False  # until somebody mends it: to press again helps nobody
    in_time: str = ""  # after the clause, where it is not known what became of something


_WORDS: dict[RecordTrouble, RecordWords] = {
    RecordTrouble.SILENT: RecordWords(
        clause="the record did not answer",
        now="the record server does not answer",
        in_time=" in time",
        mend="Start the record server, or mend REDIS_URL: all goes on once it answers.",
    ),
    RecordTrouble.LOADING: RecordWords(
        clause="the record server has just been started and is reading its file",
        meanwhile="It goes on by itself, in a minute perhaps.",
        mend="Wait until it has read its file: all goes on then.",
    ),
    RecordTrouble.READ_ONLY: RecordWords(
        clause="the record server takes nothing new, since it is a copy (a replica) of another",
        meanwhile=_KEPT,
        mend="Point REDIS_URL at the primary, or make this one the primary.",
        stays=True,
    ),
    RecordTrouble.MEMORY_FULL: RecordWords(
        clause="the record server's memory is full",
        meanwhile=_KEPT,
        mend="Give it more (`maxmemory`), or take off it what is not missing-bot's.",
        stays=True,
    ),
    RecordTrouble.DISK: RecordWords(
        clause="the record server cannot write to its disk",
        meanwhile=_KEPT,
        mend="Make room on its disk, and look in its log.",
        stays=True,
    ),
    RecordTrouble.LOCKED_OUT: RecordWords(
        clause="the record server does not let the bot in",
        mend="Mend the password or the rights of the user in REDIS_URL.",
        stays=True,
    ),
    RecordTrouble.NOT_COPIED: RecordWords(
        clause="no second record server holds it yet",
        now="the record server has no copy (a replica) that follows it",
        meanwhile=_READ,
        mend="Start the copy of the record server, or ask for fewer: MISSING_REPLICAS.",
        stays=True,
    ),
    RecordTrouble.REFUSING: RecordWords(
        clause="the record server answered with an error",
        mend="Look in its log, and in the bot's.",
        stays=True,
    ),
}
if _missing := set(RecordTrouble) - _WORDS.keys():
    raise TypeError(f"no words for {', '.join(_missing)}")


def clause(trouble: RecordTrouble) -> str:
    return _WORDS[trouble].clause


def now(trouble: RecordTrouble) -> str:
    return _WORDS[trouble].now or clause(trouble)


def mend(trouble: RecordTrouble) -> str:
    return _WORDS[trouble].mend


def stands(trouble: RecordTrouble) -> str:
    """To whoever can mend it: that nothing is saved, why, and what to do."""
    return f"Nothing new is saved: {now(trouble)}. {mend(trouble)}"


def to_a_technician(trouble: RecordTrouble, kind: str) -> str:
    """Of a command of theirs, which ended there."""
    said = now(trouble)
    return f"{said[0].upper()}{said[1:]} ({kind}). {mend(trouble)}"


class _Asked(Struct, frozen=True):
    done: str  # what is so, or not, of what was asked
    kept: str
    again: str
    twice: str


_FORM = _Asked("saved", " Your words are still here.", "Press Save again", "nothing is saved twice")
_PRESS = _Asked("done", "", "Press again", "nothing is done twice")
_TYPED = _Asked("done", "", "Try again", "nothing is done twice")


def of_a_form(trouble: RecordTrouble, fate: Fate) -> str:
    """To whoever pressed Save: the form stands open, with their words."""
    return _said(_FORM, _WORDS[trouble], fate)


def of_a_press(trouble: RecordTrouble, fate: Fate) -> str:
    """To whoever pressed a button, or typed a command of Slack's."""
    return _said(_PRESS, _WORDS[trouble], fate)


def at_a_terminal(trouble: RecordTrouble, fate: Fate) -> str:
    return _said(_TYPED, _WORDS[trouble], fate)


def _said(asked: _Asked, words: RecordWords, fate: Fate) -> str:
    match fate:
        case Fate.NOTHING:
            said = f"Not {asked.done}: {words.clause}.{asked.kept}"
            return _joined(said, words.meanwhile, _next(asked.again, words))
        case Fate.IN_DOUBT:
            said = f"Not known whether it is {asked.done}: {words.clause}{words.in_time}.{asked.kept}"
            return _joined(said, words.meanwhile, _next(f"{asked.again}: {asked.twice}", words))
        case Fate.WRITTEN:
            said = f"{asked.done.title()}, at least in part; then {words.clause}."
            return _joined(
                said, words.meanwhile, f"Look in the case before you do it again; until then: {_PAPER}."
            )


def _next(again: str, words: RecordWords) -> str:
    if words.stays:
        return f"Use the {_PAPER}. The technician has to mend it; then: {again[0].lower()}{again[1:]}."
    return f"{again}; if it fails twice: {_PAPER}."


def _joined(*said: str) -> str:
    return " ".join(filter(None, said))
