"""The audits of all cases that police were told of in some time, for whoever asks.

One case after another, by when police were told: a year of entries is held by nobody.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from bot.audit.case_audit import CaseAudit, audited
from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.policy import Policy
from bot.domain.training import is_training
from bot.ports.errors import Unreadable
from bot.views.plain.audit_document import LeftOut

EntriesOf = Callable[[Case], list[Entry]]
"""Raises Unreadable."""


class PeriodAudits(Struct, frozen=True, kw_only=True):
    counted: Sequence[Case]  # what is audited, but for those of them that cannot be read
    audits: Sequence[CaseAudit]
    left_out: LeftOut


def audit_all(
    found: Sequence[Case], unread: Iterable[str], entries_of: EntriesOf, policy: Policy, at: datetime
) -> PeriodAudits:
    """`found` and `unread`: as the reading desk gives them; `at`: the moment of the audit."""
    found, damaged, trained = without_training(found, unread)
    counted = [case for case in found if not _never_was(case)]
    audits = [audited(entries, policy, at) for _, entries in in_turn(counted, entries_of, damaged)]
    left_out = LeftOut(
        voided=tuple(case.ref for case in found if case.ending.gone == "void"),
        duplicates=tuple(case.ref for case in found if case.ending.gone == "duplicate"),
        unreadable=tuple(sorted(damaged)),
        training=trained,
    )
    return PeriodAudits(counted=counted, audits=audits, left_out=left_out)


def without_training(
    found: Iterable[Case], unread: Iterable[str]
) -> tuple[list[Case], list[str], tuple[str, ...]]:
    """Children's cases, what cannot be read of them, and the references of training cases: no audit counts those."""
    cases, damaged = list(found), list(unread)
    refs = [*(case.ref for case in cases), *damaged]
    return (
        [case for case in cases if not case.training],
        [ref for ref in damaged if not is_training(ref)],
        tuple(sorted(ref for ref in refs if is_training(ref))),
    )


def in_turn(
    cases: Iterable[Case], entries_of: EntriesOf, damaged: list[str]
) -> Iterator[tuple[Case, list[Entry]]]:
    """To `damaged` goes the reference of each whose entries cannot be read."""
    for case in sorted(cases, key=lambda case: (case.told_at, case.ref)):
        try:
            entries = entries_of(case)
        except Unreadable:
            damaged.append(case.ref)
        else:
            yield case, entries


def _never_was(case: Case) -> bool:
    return case.ending.gone in ("void", "duplicate")
