"""Coded reasons: what a "why?" becomes in reference-only mode (domain.md §6), with where the words are.

A coded reason is stored as text like any other rationale, so that the record has one shape in both modes. Only
text that is exactly one of the force's codes is ever shown as a reason: whatever else was typed stays unshown.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

QUESTIONS = (
    "concern",
    "grade",
    "decline",
    "added",
    "located",
    "enquiry",
    "result",
    "decision",
    "sign_off",
    "review",
    "follows",
    "note",
    "closing",
    "notice",
    "transfer",
    "taken_over",
    "keep",
    "attended",
    "disagrees",
    "alert",
    "mending",
    "read_back",
    "source",
    "how_told",
    "took",
    "interviewer",
)

# What of a report is in the incident log: ticked in place of the words.
IN_LOG = {
    "in_log_name": "name and birth date",
    "in_log_reporter": "reporter",
    "in_log_where": "last seen where",
    "in_log_words": "their words",
}

_CODED = re.compile(r"coded:(?P<code>[a-z0-9_]{1,40})(?:;log=(?P<log>[0-9]{1,6}))?")
_LOG_ENTRY = re.compile(r"[0-9]{1,6}")


class Coded(Struct, frozen=True):
    code: str
    log: str = ""  # number of the entry in the force's incident log

    def stored(self) -> str:
        return f"coded:{self.code};log={self.log}" if self.log else f"coded:{self.code}"


class Reasons(Struct, frozen=True):
    """Question → code → words. The force edits the words and adds codes; a code once used is kept for ever."""

    lists: Mapping[str, Mapping[str, str]]

    def of(self, question: str) -> Mapping[str, str]:
        return self.lists[question]

    def offering(self, question: str, more: Mapping[str, str]) -> "Reasons":
        """The same, and these codes on that list, too; a code that it has keeps its words."""
        return Reasons({**self.lists, question: {**more, **self.lists[question]}})

    def words(self, text: str) -> str | None:
        """The words of a stored coded reason; None where the text is anything else."""
        coded = read(text)
        label = self._label(coded.code) if coded else None
        if coded is None or label is None:
            return None
        return f"{label} (log entry {coded.log})" if coded.log else label

    def is_one(self, text: str) -> bool:
        """Whether it is a coded reason as it is stored. Of any list: a form may offer the reasons of another step."""
        return self.words(text) is not None

    def _label(self, code: str) -> str | None:
        return next((words[code] for words in self.lists.values() if code in words), None)


def read(text: str) -> Coded | None:
    found = _CODED.fullmatch(text)
    return Coded(found["code"], found["log"] or "") if found else None


def is_log_entry(text: str) -> bool:
    """Digits only: a log entry number is not a place to write a sentence in."""
    return _LOG_ENTRY.fullmatch(text.strip()) is not None


def is_in_log(stored: str) -> bool:
    return bool(in_log(stored))


def in_log(stored: str) -> str:
    """ "name and birth date, reporter": what was ticked as being in the incident log; empty for any other text."""
    codes = stored.split()
    return ", ".join(IN_LOG[code] for code in codes) if all(code in IN_LOG for code in codes) else ""
