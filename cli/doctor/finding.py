"""What was looked at, how it stands, and what mends it."""

from enum import StrEnum

from msgspec import Struct


class FindingState(StrEnum):
    OK = "ok"
    NOTE = "note"  # it works, and a force may want it otherwise
    WRONG = "wrong"
    UNKNOWN = "unknown"  # nobody could be asked: the network, or something that has to be mended first


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    about: str
    state: FindingState = FindingState.OK
    says: str = ""
    mend: str = ""
    setting: str = ""  # that is wrong, or that would mend it
    stops: bool = False  # wrong for good: nothing starts with it


def ok(about: str, says: str = "", setting: str = "") -> Finding:
    return Finding(about=about, says=says, setting=setting)


def wrong(about: str, says: str, mend: str, setting: str = "", *, stops: bool = False) -> Finding:
    return Finding(about=about, state=FindingState.WRONG, says=says, mend=mend, setting=setting, stops=stops)


def unknown(about: str, says: str, setting: str = "") -> Finding:
    return Finding(about=about, state=FindingState.UNKNOWN, says=says, setting=setting)


MARKS = {FindingState.OK: "✅", FindingState.NOTE: "💬", FindingState.WRONG: "🔺", FindingState.UNKNOWN: "❔"}


def line(found: Finding) -> str:
    """One line of text."""
    setting = f" [{found.setting}]" if found.setting and found.state is not FindingState.OK else ""
    said = f": {found.says}" if found.says else ""
    mend = f" → {found.mend}" if found.mend else ""
    return " ".join(
        f"{MARKS[found.state]} {found.state.value:<7} {found.about}{setting}{said}{mend}".split("\n")
    )
