"""The short form of an audit: counts of cases and duties, and nothing of any child."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from bot.audit.case_audit import CaseAudit
from bot.audit.checks import CaseGrade, Verdict
from bot.audit.totals import Totals, totals
from bot.views.blocks import header, marking, section
from bot.views.message import Message
from bot.views.plain.audit_document import NOT_SAFETY, LeftOut
from bot.views.screen import Screen
from bot.views.wording import words
from bot.views.wording.audit_words import in_words

_IN_FULL = "In full, with figures by who the child is: missing-bot audit, at a terminal."
_TIMES = {
    "accepted": "owner accepted",
    "first_enquiry": "first line of enquiry",
    "reviewed": "first review",
    "caller_told": "caller told",
    "social_care_told": "social care told",
}


class CountBar(Struct, frozen=True, kw_only=True):
    """A row of the picture."""

    title: str
    counts: Mapping[str, int]  # code of an outcome → cases


class AuditBrief(Struct, frozen=True, kw_only=True):
    title: str
    facts: tuple[str, ...]  # a sentence each; what the picture says, too
    bars: tuple[CountBar, ...]  # none where there is no case


def audit_brief(
    audits: Sequence[CaseAudit], left_out: LeftOut, since: datetime, screen: Screen
) -> AuditBrief:
    """`since`: police were told then or later, up to now."""
    found = totals(audits)
    bars = [CountBar(title=_graded(found), counts={each.value: n for each, n in found.grades.items()})]
    bars += [
        CountBar(
            title=words.sentence(in_words(check)), counts={each.value: n for each, n in verdicts.items()}
        )
        for check, verdicts in found.checks.items()
    ]
    return AuditBrief(
        title=f"Audit, {screen.time(since)} to {_today(screen)} {screen.time(screen.now)}",
        facts=(*_facts(found), *_left_out(left_out)),
        bars=tuple(bars) if audits else (),
    )


def _today(screen: Screen) -> str:
    return words.date(screen.now, screen.now, screen.zone)


def brief_message(brief: AuditBrief, *more: str) -> Message:
    """`more`: what stands beside it, such as who asked."""
    blocks = [header(brief.title), section("\n".join(brief.facts)), marking(*more, NOT_SAFETY, _IN_FULL)]
    return Message(text=f"{brief.title}. {brief.facts[0]}", blocks=blocks)


def brief_markup(brief: AuditBrief, *more: str) -> str:
    """The same where a picture takes no blocks beside it; without the marking."""
    return "\n".join([f"*{brief.title}*", *brief.facts, *more, NOT_SAFETY, _IN_FULL])


def _facts(found: Totals) -> Iterator[str]:
    if not found.cases:
        yield "No case."
        return
    yield f"{_graded(found)}."
    yield f"{found.high} HIGH at some time; {found.not_closed} not closed, which may still change."
    yield _checks(found, Verdict.FAILED)
    yield _checks(found, Verdict.LATE)
    yield from _median(found)
    answered = sum(rung.answered for rung in found.pages.rungs.values())
    yield f"Pages: {found.pages.posts}; answered before the next one: {answered}."


_GRADES = {
    CaseGrade.GOOD: "good",
    CaseGrade.REQUIRES_IMPROVEMENT: "requiring improvement",
    CaseGrade.INADEQUATE: "inadequate",
}


def _graded(found: Totals) -> str:
    grades = ", ".join(f"{count} {_GRADES[grade]}" for grade, count in found.grades.items())
    return f"1 case: {grades}" if found.cases == 1 else f"{found.cases} cases: {grades}"


def _checks(found: Totals, verdict: Verdict) -> str:
    """The most frequent first."""
    counts = {check: verdicts[verdict] for check, verdicts in found.checks.items() if verdicts[verdict]}
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    told = ", ".join(f"{in_words(check)} {count}" for check, count in ranked)
    return f"Checks {verdict.value}: {told or 'none'}."


def _median(found: Totals) -> Iterator[str]:
    """Of what was owed; where half was never done there is no median."""
    spans = {told: found.took[name].median for name, told in _TIMES.items() if found.took[name].of}
    done = [f"{told} {words.length(span)}" for told, span in spans.items() if span is not None]
    never = [told for told, span in spans.items() if span is None]
    if done:
        yield f"Median: {', '.join(done)}."
    if never:
        yield f"Not done in half of the cases that owed it: {', '.join(never)}."


def _left_out(left_out: LeftOut) -> Iterator[str]:
    gone = {
        "voided": left_out.voided,
        "duplicate": left_out.duplicates,
        "training": left_out.training,
    }
    told = ", ".join(f"{len(refs)} {name}" for name, refs in gone.items() if refs)
    if told:
        yield f"Left out: {told}."
    if left_out.unreadable:
        yield f"Not audited, since they cannot be read: {', '.join(left_out.unreadable)}."
