"""Whether every screen can be drawn for every role on every ladder of a policy, found by drawing them all.

One invented case is played in memory under each ladder until every rung was paged.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.events import Entry, Paged, PageLine
from bot.domain.handover import Offer
from bot.domain.people import Actor, Role
from bot.domain.policy import ClockPolicy, PerGrade, Policy, Steps
from bot.files import forces_file, reasons_file
from bot.files.invalid import Problem
from bot.ports.cases import OpenCases, Pulse
from bot.questions import Intent
from bot.replay.engine import Stood, stop_at
from bot.replay.scenario import Scenario, ScenarioFile
from bot.store.memory import MemoryStores
from bot.views.answering import answers
from bot.views.answering.known_risk import About
from bot.views.cards.case_card import case_card
from bot.views.cards.digest_card import digest_card
from bot.views.cards.handover_card import handover_page
from bot.views.cards.open_case import open_case
from bot.views.cards.page_card import page_card
from bot.views.cards.page_state import page_state
from bot.views.lists.home_page import home
from bot.views.plain.plain_case import one_case
from bot.views.screen import Screen, Setting
from bot.views.timeline_picture.spans import story
from bot.views.wording.thread_line import thread_line

_START = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)
_STEP = timedelta(minutes=1)
_QUICK = Steps(_STEP, _STEP, _STEP)
_PERSON: dict[Role, str] = {role: f"a {role.value}" for role in Role if role is not Role.OWNER}
_REPORTER, _OWNER = _PERSON[Role.CONTROL_ROOM], _PERSON[Role.OFFICER]
_EVERYBODY = {person: [role] for role, person in _PERSON.items()}
_TWO_ALONE = {person: _EVERYBODY[person] for person in (_REPORTER, _OWNER)}
_CASE = "LOG-1"
_PLAYED = {
    "id": "ladder",
    "start": _START,
    "steps": [
        {
            "at": "0m",
            "by": _REPORTER,
            "report": {
                "ref": _CASE,
                "child": {"name": "Wren Hale", "age": 13},
                "category": "concern_for_safety",
                "rationale": "Believed to be walking home",
                "reported_at": "0m",
                "why_worried": "He texted that he wants to end it",
                "reporter": {"name": "Jo Lane", "relationship": "carer", "phone": "07700 900003"},
                "markers": {"suicidal_today": "yes"},
            },
        },
        # Without an owner nobody is paged as one.
        {"at": "0m", "by": _OWNER, "take": {}},
    ],
    "until": "0m",
}


def problems_of_ladders(policy: Policy) -> list[Problem]:
    """Each clock on whose ladder a screen cannot be drawn, and what the drawing said."""
    troubles = {ladder: _trouble(policy, ladder) for ladder in {c.ladder for c in policy.clocks.values()}}
    return [
        Problem(
            ("clocks", name, "ladder"), f"clocks.{name}.ladder: expected roles that can be shown: {trouble}"
        )
        for name, clock in policy.clocks.items()
        if (trouble := troubles[clock.ladder])
    ]


def _trouble(policy: Policy, ladder: tuple[Role, ...]) -> str:
    """At the end of a full evening, and of one in which most rungs are not manned."""
    return _trouble_with(_EVERYBODY, policy, ladder) or _trouble_with(_TWO_ALONE, policy, ladder)


def _trouble_with(people: Mapping[str, list[Role]], policy: Policy, ladder: tuple[Role, ...]) -> str:
    played = _with_ladder(policy, ladder)
    stores = MemoryStores()
    stood = stop_at(_scenario(people, played), stores, _START + _STEP * (len(ladder) + 2))
    case = stores.cases.load(stood.refs[_CASE])
    assert case is not None, "reported by the first step"
    entries = stores.cases.entries(case.ref)
    paged = {line.role for line in _paged(entries)}
    if people is _EVERYBODY and (unpaged := set(ladder) - paged):
        return f"{', '.join(sorted(unpaged))} is never paged"
    for what, draw in _drawings(case, entries, _screen(played, stood)):
        try:
            draw()
        except Exception as error:  # noqa: BLE001 - whatever a drawing raises is what is looked for
            return f"{what} fails with {type(error).__name__}: {error}"
    return ""


def _with_ladder(policy: Policy, ladder: tuple[Role, ...]) -> Policy:
    """Every clock has that ladder and no patience, so that each rung is paged within minutes."""

    def quick(clock: ClockPolicy) -> ClockPolicy:
        return replace(clock, ladder=ladder, due=PerGrade(_STEP, _STEP, _STEP), repeat=None, step=None)

    return replace(policy, step=_QUICK, clocks={name: quick(clock) for name, clock in policy.clocks.items()})


def _scenario(people: Mapping[str, list[Role]], policy: Policy) -> Scenario:
    said = ScenarioFile.model_validate({**_PLAYED, "people": people})
    return Scenario(said=said, policy=policy, refs=(_CASE,), entries=())


def _screen(policy: Policy, stood: Stood) -> Screen:
    setting = Setting(
        policy=policy,
        directory=stood.people,
        zone=ZoneInfo("UTC"),
        reasons=reasons_file.load(),
        forces=forces_file.load(),
        full=True,
    )
    return setting.at(stood.now)


def _paged(entries: list[Entry]) -> list[PageLine]:
    return [line for entry in entries if isinstance(entry.event, Paged) for line in entry.event.lines]


Drawing = tuple[str, Callable[[], object]]


def _drawings(case: Case, entries: list[Entry], screen: Screen) -> Iterator[Drawing]:
    """The name of each screen, and what draws it."""
    yield "the case's card", lambda: case_card(case, screen)
    yield "its thread", lambda: [thread_line(case, entry, screen) for entry in entries]
    yield "the answers", lambda: answers.answer(list(Intent), About(case, entries), screen)
    yield "the terminal's case", lambda: one_case(case, entries, screen)
    yield "the timeline", lambda: story(case, entries, screen)
    for role in Role:
        yield from _of_role(role, case, entries, screen)


def _of_role(role: Role, case: Case, entries: list[Entry], screen: Screen) -> Iterator[Drawing]:
    opened, viewer = (
        OpenCases(cases=(case,)),
        Actor(_PERSON.get(role, _OWNER), frozenset({role} - {Role.OWNER})),
    )
    offer = Offer(role=Role.FIM, by=_PERSON[Role.FIM], to=_PERSON[Role.SUPERINTENDENT], at=_START, number=1)
    if lines := [line for line in _paged(entries) if line.role is role]:
        yield f"the page to {role}", lambda: page_card(case, entries, role, lines, screen)
        yield f"the page of {role} as it stands", lambda: page_state(case, entries, role, screen)
        yield f"the digest for {role}", lambda: digest_card([case] * 2, role, screen)
        yield f"the page of a hand-over to {role}", lambda: handover_page([offer], lines, screen)
    yield f"the home page of {role}", lambda: home(opened, viewer, None, Pulse(last_check=_START), screen)
    yield f"the open case of {role}", lambda: open_case(case, entries, viewer, screen)
