"""Replays each record and asks the pure domain what was due when, and how long that took."""

from benchmarks.soak.checks.pages import carrying
from benchmarks.soak.evidence import Evidence, Offender
from benchmarks.soak.faults import struck_within
from bot.domain.escalation import next_steps, watched
from bot.domain.fold import fold
from bot.domain.people import Role
from workers.delivery.held_lane import LEASE as LANE_LEASE
from workers.timing.in_flight import PATIENCE
from workers.timing.timer import GATHERING, LEASE, TICK

# Machine seconds. Written: a claim that was lost comes back after its lease, a job nobody did after the patience, and a
# busy machine takes a while. While a fault lasts nothing is promised: its length is added.
BUSY = 3.0
WRITTEN_WITHIN = LEASE + PATIENCE + TICK + BUSY
# Posted: gathered, the lane of a killed holder comes back, Slack is asked again at the latest after the back-off; and
# one post a second and channel.
BACK_OFF = 15.0
QUEUE = 10.0
POSTED_WITHIN = GATHERING + LANE_LEASE + PATIENCE + BACK_OFF + QUEUE + BUSY
_BROKEN = ("kill -9", "stall", "restart")  # what keeps a page from being written; Slack does not


def unwritten(found: Evidence) -> list[Offender]:
    return [offender for ref in found.entries for offender in _late_pages(ref, found)]


def _late_pages(ref: str, found: Evidence) -> list[Offender]:
    entries, offenders = found.entries[ref], []
    ends = [*(found.at(entry.at) for entry in entries[1:]), found.quiet_at]
    for version, over in enumerate(ends, 1):
        for step in next_steps(watched(fold(entries[:version]), found.policy), found.policy, _manned):
            since = max(found.at(step.at), found.at(entries[version - 1].at))
            if over <= since:
                continue
            allowed = WRITTEN_WITHIN + struck_within(found.timeline, since - LEASE, over, *_BROKEN)
            if over - since > allowed:
                late = f"{ref} version {version}: {step.clock.key} was due {over - since:.1f} s before"
                offenders.append(Offender(f"{late} (bound {allowed:.1f} s)", since))
    return offenders


def _manned(role: Role) -> bool:
    return role is not Role.MPC


def unposted(found: Evidence) -> list[Offender]:
    offenders = []
    for row in found.pages:
        post = carrying(row, found)
        if post is None or row in found.passed_on:
            continue
        written, left = found.at(row.at), float(post.ts)
        allowed = POSTED_WITHIN + struck_within(found.timeline, written - LANE_LEASE, left)
        if left - written > allowed:
            late = f"{row.id} left {left - written:.1f} s after it was written (bound {allowed:.1f} s)"
            offenders.append(Offender(late, written))
    return offenders
