"""In reference-only mode nothing that names a child comes in: for every field of every step, as each is declared."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec import Struct

from bot.domain import commands
from bot.domain.commands import Command, Report
from bot.domain.content import ContentRules, Numbers, NumberShape
from bot.domain.declared import STEPS, Field, FieldKind, fields_of, leaves_of
from bot.domain.door.duty_rules import OF_DUTY
from bot.domain.facts import Answer, Child
from bot.domain.refusals import Because, Refused
from bot.duty_desk import DutyDesk
from bot.files import reasons_file
from bot.views.wording import field_words, reasons
from bot.views.wording.refusal_words import Wish, sentence
from tests.unit.views.story import rowan
from tests.world import TOLD, World

CANARY = "Rowan-Pike-13"
REASON = "coded:other_in_log;log=17"
CODED = ContentRules(
    full=False,
    ethnicity=False,
    numbers=Numbers(),
    is_reason=reasons_file.load().is_one,
    is_in_log=reasons.is_in_log,
)
SOUND: dict[FieldKind, Any] = {
    FieldKind.WORDS: REASON,
    FieldKind.NUMBER: "LOG-77",
    FieldKind.CASE: "LOG-1",
    FieldKind.ITEM: "e7",
    FieldKind.PERSON: "ola",
    FieldKind.TOLD: ("carer",),
    FieldKind.MARKERS: {"cse": Answer.YES},
    FieldKind.CORRECTION: "13",
    FieldKind.PAST: TOLD,
    FieldKind.FLAG: True,
    FieldKind.AGE: 13,
}


def typed_fields() -> Iterator[tuple[type[Command], Field]]:
    """Where a person's text may end up."""
    for kind in STEPS:
        yield from ((kind, leaf) for leaf in leaves_of(kind) if leaf.bare in (str, tuple, dict))


def sound(kind: type[Struct], /, **said: Any) -> Any:
    """All that is needed, as reference-only mode takes it."""
    needed = {field.attribute: _sound(kind, field) for field in fields_of(kind) if field.needed}
    offer = {"number": 1} if kind is commands.TakeCase else {}
    return kind(**{**needed, **offer, **said})


def _sound(kind: type[Struct], field: Field) -> Any:
    if field.within:
        return sound(field.within, **({"age": 13} if field.within is Child else {}))
    if field.kind is FieldKind.CODE:
        known = {"category": "missing", "field": "child.age"}
        code = known.get(field.attribute) or next(iter(field.choices or ()), None)
        return code if isinstance(code, field.bare) else str(code)
    return SOUND[field.kind]


def holding(kind: type[Command], leaf: Field, text: str) -> Command:
    value: Any = {tuple: (text,), dict: {text: Answer.YES}, str: text}[leaf.bare]
    if len(leaf.path) == 1:
        made = sound(kind, **{leaf.attribute: value})
    else:
        within = next(field for field in fields_of(kind) if field.path[0] == leaf.path[0])
        assert within.within is not None
        inner = sound(
            within.within, **({"age": 13} if within.within is Child else {}), **{leaf.attribute: value}
        )
        made = sound(kind, **{within.attribute: inner})
    assert isinstance(made, Command)
    return made


class Strict(World):
    def __init__(self) -> None:
        super().__init__(content=CODED)
        self.report()

    def ask(self, command: Command) -> None:
        actor = self.actor("fay")
        if isinstance(command, Report):
            self.desk.report(command, actor, "test")
        elif isinstance(command, OF_DUTY):
            desk = DutyDesk(
                self.stores.rosters, self.policy, self.clock, self.people, self.people, content=CODED
            )
            desk.handle(command, actor, "test")
        else:
            self.desk.handle("MC-26-0001", command, actor, "test")

    def recorded(self) -> str:
        return f"{self.stores.cases.entries('MC-26-0001')} {self.stores.rosters.entries()}"


@pytest.mark.parametrize(
    ("kind", "leaf"),
    list(typed_fields()),
    ids=lambda given: getattr(given, "name", getattr(given, "__name__", "")),
)
def test_a_name_is_refused_in_every_field_and_nothing_is_saved(kind: type[Command], leaf: Field) -> None:
    world = Strict()
    with pytest.raises(Refused) as no:
        world.ask(holding(kind, leaf, CANARY))
    because = no.value.because
    assert because in (Because.REQUIRED_FIELD, Because.UNKNOWN_CATEGORY, Because.NO_SUCH_PERSON)
    assert no.value.field.endswith(leaf.attribute)
    assert CANARY not in world.recorded() and CANARY not in str(no.value.about)
    told = rowan(full=False)
    said = sentence(no.value, Wish(holding(kind, leaf, CANARY), "fay"), world.case(), told.screen)
    assert CANARY not in said and said.startswith("Not ")


def test_each_code_is_declared_with_its_codes_or_has_a_door_that_knows_them() -> None:
    """Two have a refusal of their own."""
    bare = {
        leaf.name
        for kind in STEPS
        for leaf in leaves_of(kind)
        if leaf.kind is FieldKind.CODE and not (leaf.choices)
    }
    assert bare == {"category", "field"}


@pytest.mark.parametrize(
    "step",
    [
        commands.Note(text="coded:calls_made;log=4"),
        commands.Tell(who=("caller", "carer"), said="coming", how="coded:by_telephone"),
        commands.Correct(field="child.person_ref", to="N-20881", why="coded:typed_wrong;log=8"),
        commands.Correct(field="markers.cse", to="yes", why="coded:typed_wrong;log=8"),
        commands.SetEnquiry(id="e1", text="coded:cctv;log=3", owner="ola", due_at=TOLD.replace(hour=20)),
        commands.RecordPpn(ethnicity="coded:on_notice;log=5", school="not_known"),
        # A form may offer the reasons of another step.
        commands.Categorise(category="concern_for_safety", rationale="coded:whereabouts_not_known;log=5"),
    ],
)
def test_codes_and_numbers_are_taken(step: Command) -> None:
    Strict().ask(step)


@pytest.mark.parametrize(
    ("field", "to"),
    [("child.name", "Rowan Pike"), ("child.school", "Avonmead"), ("child.born", "2013-03-02"),
     ("last_seen_where", "Avonmead"), ("why_worried", "He texted"), ("reporter.name", "Tom"),
     ("child.person_ref", CANARY), ("child.ethnicity", "white_british"), ("child.age", "121")],
)  # fmt: skip
def test_a_correction_brings_in_no_words(field: str, to: str) -> None:
    with pytest.raises(Refused) as no:
        Strict().ask(commands.Correct(field=field, to=to, why=REASON))
    assert (no.value.because, no.value.field) == (Because.REQUIRED_FIELD, "to")


@pytest.mark.parametrize("born", [date(2026, 3, 3), date(1904, 1, 1)])
def test_a_birth_date_is_of_somebody_who_is_alive(born: date) -> None:
    world = World()
    with pytest.raises(Refused) as no:
        world.report(child=Child(name="Wren Hale", born=born))
    assert (no.value.because, no.value.field) == (Because.REQUIRED_FIELD, "age")
    world.report(child=Child(name="Wren Hale", born=date(2026, 3, 2)))
    step = commands.Correct(field="child.born", to=born.isoformat(), why="Misheard")
    assert world.refused(1, "sam", step) is Because.REQUIRED_FIELD


def test_a_birth_date_names_a_child_and_an_age_does_not() -> None:
    with pytest.raises(Refused):
        Strict().ask(sound(Report, child=Child(born=date(2013, 3, 2))))
    Strict().ask(sound(Report, incident="LOG-9", child=Child(age=13)))


@pytest.mark.parametrize("content", [CODED, ContentRules()])
@pytest.mark.parametrize(
    "said",
    [
        {"child": Child(name="", age=-1)},
        {"child": Child(age=121)},
        {"markers": {"streetwise": Answer.YES}},
        {"attendance": "perhaps"},
        {"missing_from": "mars"},
        {"last_seen_where": "x" * 3001},
    ],
)
def test_in_both_modes_an_age_a_marker_a_code_and_a_length_are_what_they_can_be(
    content: ContentRules, said: dict[str, Any]
) -> None:
    world = World(content=content)
    with pytest.raises(Refused) as no:
        world.report(**said)
    assert no.value.because is Because.REQUIRED_FIELD


@pytest.mark.parametrize(
    "number",
    ["LOG-1042", "LOG-1", "log-1042", "LOG 1050", "P-77", "N-20881", "26-0142", "54260012345", "WP-20260302-0141",
     "CAD1234/02", "26/12345A", "MISPER-42"],
)  # fmt: skip
def test_what_looks_like_a_number_is_one(number: str) -> None:
    assert Numbers().incident.takes(number) and Numbers().person_ref.takes(number)


@pytest.mark.parametrize(
    "name", [CANARY, "Rowan", "Rowan 13", "Rowan Pike 13", "Pike", "rOwan-1", "1 Mill Lane", "13 years", ""]
)
def test_a_name_is_no_number(name: str) -> None:
    assert not Numbers().incident.takes(name)


def test_a_force_says_how_its_numbers_look_and_people_are_shown_one() -> None:
    numbers = Numbers(incident=NumberShape(r"WP-\d{8}-\d{4}", "WP-20260302-0141"))
    world = World(content=ContentRules(numbers=numbers))
    with pytest.raises(Refused) as no:
        world.report(incident="LOG-1042")
    said = field_words.refused(no.value, sound(Report), 3000, numbers)
    assert said == "Not saved. Type the incident number as this force writes it, such as WP-20260302-0141."
    world.report(incident="WP-20260302-0141")
