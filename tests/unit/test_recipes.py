"""Whoever follows a recipe of CONTRIBUTING.md touches three files of the product, and is told what was forgotten.

Each is followed on a copy of the product, in processes of its own. What needs more of the product to be noticed has its
test elsewhere: CONTRIBUTING.md names it.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.domain import commands, events
from bot.domain.declared import leaves_of
from bot.domain.events import OutReason
from bot.ports.metrics import Measured, Metric, Timed
from handlers.commands import WORDS
from workers.ways_out.channel import BadWay
from workers.ways_out.ways import Ways

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "cli", "config", "handlers", "workers")

# file, before which line, what is added
Edit = tuple[str, str, str]
Recipe = dict[str, Edit]

ROLE: Recipe = {
    "name": ("bot/domain/people.py", '    OWNER = "owner"\n', '    GOLD = "gold"\n'),
    "duty": (
        "bot/domain/people.py",
        "    Role.SUPERINTENDENT: Duty(",
        "    Role.GOLD: Duty(supervises=True),\n",
    ),
    "words": (
        "bot/views/wording/words.py",
        '    Role.OWNER: RoleWords("owner"',
        '    Role.GOLD: RoleWords("gold commander", "gold commander"),\n',
    ),
}
CLOCK: Recipe = {
    "name": (
        "bot/domain/policy.py",
        '    CLOSURE = "closure"',
        '    SCHOOL_TOLD = "school-told", Head.PARTNERSHIP\n',
    ),
    "maker": (
        "bot/domain/clocks/makers.py",
        "Maker = Callable",
        "def school_told(case: Case, policy: Policy) -> Clocks:\n"
        '    """The school knows."""\n'
        "    yield run(case, policy, ClockName.SCHOOL_TOLD, case.told_at)\n\n\n",
    ),
    "when it runs": ("bot/domain/clocks/makers.py", "    pnc,\n", "    school_told,\n"),
    "words": (
        "bot/views/wording/clock_words.py",
        "    ClockName.CLOSURE: ClockWords(",
        '    ClockName.SCHOOL_TOLD: ClockWords(title="School", do="Tell the school", missing="school not told", '
        'cleared_when="recorded as told", did="told the school", remedy=None),\n',
    ),
    "numbers": (
        "config/policy.toml",
        "[clocks.closure]",
        '[clocks.school-told]\nhigh = "5m"\nladder = ["supervisor"]\n\n',
    ),
}
MARKER: Recipe = {
    "name": (
        "bot/domain/facts.py",
        '    "danger_to_others": ',
        '    "forced_marriage": "Forced marriage",\n',
    ),
    "list": ("handlers/forms/report/risk_page.py", '    "danger_to_others",\n', '    "forced_marriage",\n'),
}
HIGH_MARKER: Recipe = {
    "name": MARKER["name"],
    "means high": ("bot/domain/grading.py", '"suicidal_today", "serious', '"forced_marriage", '),
    "asked first": (
        "bot/views/wording/risk_questions.py",
        "    ADVERSE_EVENT: ",
        '    "forced_marriage": MARKERS["forced_marriage"],\n',
    ),
}
QUESTION: Recipe = {
    "name": ("bot/questions/phrasebook.py", '    PREVIOUS = "previous"\n', '    SCHOOL = "school"\n'),
    "phrases": (
        "bot/questions/phrases.toml",
        "[previous]\n",
        '[school]\nasked = ["(what|which) school"]\nnamed = ["school"]\n\n',
    ),
    "answer": (
        "bot/views/answering/now.py",
        "@answers_to(Intent.TOLD",
        '@answers_to(Intent.SCHOOL, "school")\n'
        "def school(about: About, screen: Screen) -> list[str]:\n"
        "    return [f\"School: {about.case.child.school or 'not recorded'}.\"]\n\n\n",
    ),
}
REASON: Recipe = {
    "name": ("bot/domain/events/paging_events.py", '    NOBODY = "nobody"\n', '    ASLEEP = "asleep"\n'),
    "words": (
        "bot/views/wording/delivery.py",
        "    OutReason.NOBODY: OutWords(",
        '    OutReason.ASLEEP: OutWords(asks="Wake them", because="they slept"),\n',
    ),
    "when": ("bot/outgoing.py", "    return OutReason.NOBODY if", "    # OutReason.ASLEEP\n"),
}
WORD: Recipe = {
    "answer": (
        "handlers/commands/case_commands.py",
        "def _role(typed",
        "def hello(asked: WordAsked) -> Message:\n    return list_of(asked.person, '', asked.deps)\n\n\n",
    ),
    "table": ("handlers/commands/case_commands.py", '    "duty": duty,\n', '    "hello": hello,\n'),
    "help": (
        "bot/views/lists/guide.py",
        '    "*/missing duty fim*',
        '    "*/missing hello*: the open cases, politely.",\n',
    ),
}
FIELD: Recipe = {
    "asked": (
        "bot/domain/commands/work_steps.py",
        '    text: Annotated[str, Prompt("What is being done?"',
        '    heard_from: Annotated[str, Prompt("Who said so?", coded="source", enter="not said")] = ""\n',
    ),
    "kept": (
        "bot/domain/events/case_events.py",
        "\n\nclass InformationReceived(Event",
        '    heard_from: Quoted = ""\n',
    ),
    "input": (
        "handlers/forms/information.py",
        '            *reason_inputs.asks(commands.Note, "text", screen),\n',
        '            *reason_inputs.names(commands.Note, "heard_from", screen),\n',
    ),
    "read": (
        "handlers/forms/information.py",
        'text=filled.reason("text")),\n    ),\n)',
        'heard_from=filled.named("heard_from"), ',
    ),
}
METRIC: Recipe = {
    "name": (
        "bot/ports/metrics.py",
        '    RECHECK_FAILED = "',
        '    RECHECKED_TWICE = "recheck_twice", "Cases looked at twice."\n',
    ),
    "count": (
        "workers/timing/recheck.py",
        "        self._metrics.count(Metric.RECHECK_FAILED)",
        "        self._metrics.count(Metric.RECHECKED_TWICE)\n",
    ),
}
RECIPES = {
    "a role": ROLE,
    "a clock": CLOCK,
    "a marker": MARKER,
    "a marker that means high": HIGH_MARKER,
    "a thread question": QUESTION,
    "a reason to leave another way": REASON,
    "a word of /missing": WORD,
    "an event field": FIELD,
    "a metric": METRIC,
}
SCENARIO = """
id: school
start: 2026-03-02T13:40:00+00:00
people: {cal: [control_room], sam: [supervisor], fay: [fim], gus: [gold]}
steps:
  - at: 0m
    by: cal
    report:
      ref: LOG-1
      child: {name: Wren Hale, age: 12}
      category: missing
      reported_at: 0m
      why_worried: Never late before
      reporter: {name: Jo Lane, relationship: carer, phone: 07700 900003}
      markers: {suicidal_today: "yes", forced_marriage: "yes"}
  - at: 1m
    by: sam
    note: {text: Rang the school, heard_from: The caretaker}
until: 30m
expect:
  - page: {clock: school-told, role: supervisor, at: 5m}
"""


# What the product says of itself once all of it was followed.
SAYS = """
from pathlib import Path
from bot.store.codec import EntryCodec
from bot.store.memory import MemoryStores
from bot.views.lists.guide import guide
from bot.views.wording.delivery import because
from cli.watching import counted
from handlers.commands import WORDS
from handlers.forms.report.risk_page import PEOPLE

lines = Path("entries.jsonl").read_bytes().splitlines()
assert "hello" in WORDS and "/missing hello" in guide().text
assert "forced_marriage" in PEOPLE
assert because("asleep") == "they slept"
assert counted(MemoryStores())["counted"]["recheck_twice"] == 0
for line in lines:
    head, body = line.split(b'}, "body": ')
    EntryCodec().decode("MC-26-0001", head.removeprefix(b'{"head": ') + b"}\\n" + body[:-1])
"""


def copied(to: Path) -> Path:
    for room in PRODUCT:
        shutil.copytree(ROOT / room, to / room)  # compiled already, where the product was run before
    return to


@pytest.fixture
def product(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product with every recipe followed, but the marker that means high, which is on another list."""
    product = copied(tmp_path_factory.mktemp("product"))
    for recipe in RECIPES.values():
        if recipe is not HIGH_MARKER:
            follow(product, recipe.values())
    (product / "school.yaml").write_text(SCENARIO, encoding="utf-8")
    return product


def follow(product: Path, steps: Iterable[Edit]) -> None:
    for file, line, added in steps:
        text = (product / file).read_text(encoding="utf-8")
        assert text.count(line) == 1, (
            f"{file} is told otherwise now: mend this recipe, and the one in the docs"
        )
        (product / file).write_text(text.replace(line, added + line), encoding="utf-8")


def run(product: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=product,
        env={**os.environ, "PYTHONPATH": str(product)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_touches_three_files_of_the_product_at_most(name: str) -> None:
    files = {file for file, _, _ in RECIPES[name].values() if not file.startswith("config/")}
    assert len(files) <= 3


def test_a_role_stands_on_a_ladder_and_the_numbers_of_a_clock_are_a_policy(followed: Path) -> None:
    (followed / "force.toml").write_text('[clocks.review]\nladder = ["gold"]')
    checked = run(followed, "-m", "cli", "policy", "check", "force.toml")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_ladder_is_a_line_and_one_that_nobody_can_stand_on_is_named(followed: Path) -> None:
    (followed / "wrong.toml").write_text('digest_over = 8\n[clocks.review]\nladder = ["silver"]')
    checked = run(followed, "-m", "cli", "policy", "check", "wrong.toml")
    assert checked.returncode == 2
    assert "wrong.toml:3" in checked.stdout + checked.stderr


def test_a_clock_pages_a_marker_is_answered_and_a_field_is_recorded(followed: Path) -> None:
    played = run(followed, "-m", "cli", "replay", "school.yaml")
    assert played.returncode == 0, played.stdout + played.stderr


def test_a_question_is_understood_and_answered_and_a_field_is_quoted(followed: Path) -> None:
    asked = run(
        followed, "-m", "cli", "ask", "which school? timeline", "--scenario", "school.yaml", "--at", "2m"
    )
    assert "School: not recorded." in asked.stdout, asked.stdout + asked.stderr
    assert "added a note: Rang the school, The caretaker" in asked.stdout


def test_the_rest_is_there_and_old_events_are_read(followed: Path) -> None:
    shutil.copy(ROOT / "tests/contract/golden/entries-v1.jsonl", followed / "entries.jsonl")
    done = run(followed, "-c", SAYS)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("recipe", "forgotten", "imported", "said"),
    [
        (ROLE, "duty", "bot.domain.people", "a role without a rank"),
        (ROLE, "words", "bot.views.wording.words", "a role without words"),
        (CLOCK, "words", "bot.views.wording.clock_words", "a clock without words"),
        (CLOCK, "when it runs", "bot.domain.clocks.makers", "a clock that never runs"),
        (MARKER, "list", "handlers.forms.report.risk_page", "each marker is asked on one list, once"),
        (HIGH_MARKER, "asked first", "bot.views.wording.risk_questions", "what can mean high is asked first"),
        (
            QUESTION,
            "phrases",
            "bot.questions.phrasebook as book; book.shipped()",
            "no table for the question: school",
        ),
        (QUESTION, "answer", "bot.views.answering.answers", "a question without an answer"),
        (REASON, "words", "bot.views.wording.delivery", "a reason without words"),
        (WORD, "help", "handlers.commands", "help names every word that there is"),
    ],
)
def test_what_was_forgotten_stops_the_import(
    recipe: Recipe, forgotten: str, imported: str, said: str, product: Path
) -> None:
    follow(product, [edit for what, edit in recipe.items() if what != forgotten])
    done = run(product, "-c", f"import {imported}")
    assert done.returncode != 0
    assert said in done.stderr


def test_a_clock_without_numbers_is_no_policy(product: Path) -> None:
    follow(product, [edit for what, edit in CLOCK.items() if what != "numbers"])
    done = run(product, "-m", "cli", "policy", "check", "config/policy.toml")
    assert done.returncode == 2
    assert "no table for clock school-told" in done.stdout + done.stderr


def test_a_way_out_is_a_setting_and_one_that_cannot_be_used_is_refused() -> None:
    assert [way.name for way in Ways({"fim": {"pager": "pagerduty://integration@api"}}).all] == ["pager"]
    with pytest.raises(BadWay):
        Ways({"fim": {"pigeon": "pigeon://loft"}})


def sources(*rooms: str) -> str:
    return "\n".join(
        file.read_text(encoding="utf-8") for room in rooms for file in (ROOT / room).rglob("*.py")
    )


def test_each_metric_is_counted_somewhere() -> None:
    said = sources("workers", "handlers", "cli", "bot/store") + (ROOT / "bot/page_counts.py").read_text()
    named = [f"{type(each).__name__}.{each.name}" for each in (*Metric, *Timed, *Measured)]
    assert [name for name in named if not re.search(rf"\b{name}\b", said)] == []


def test_each_reason_to_leave_another_way_is_given() -> None:
    files = ("bot/outgoing.py", "bot/domain/beside.py")
    said = "".join((ROOT / file).read_text(encoding="utf-8") for file in files)
    assert [reason for reason in OutReason if not re.search(rf"OutReason\.{reason.name}\b", said)] == []


def test_slack_hints_at_each_word() -> None:
    manifest = yaml.safe_load((ROOT / "config/slack-manifest.yaml").read_text(encoding="utf-8"))
    (command,) = manifest["features"]["slash_commands"]
    assert set(re.findall(r"[a-z]+", command["usage_hint"])) == set(WORDS)


# Fields of a step that its event does not have, and why.
NOT_KEPT = {
    "Report.full": "what the force lets be typed, not what was said",
    "Report.grade": "an event of its own",
    "GradeCase.changed": "kept where the grade is below the running one",
    "AcceptHandover.number": "kept as whose offer it was",
}


def kept() -> Iterator[tuple[type[commands.Command], type[events.Event]]]:
    """Which event keeps which step, as the doors say it: `recorded(events.Told, command, …)`."""
    for file in (ROOT / "bot/domain/door").glob("*.py"):
        for door in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(door, ast.FunctionDef) and door.args.args and door.name != "recorded":
                step = ast.unparse(door.args.args[0].annotation or ast.Constant("")).rpartition(".")[2]
                for call in ast.walk(door):
                    if isinstance(call, ast.Call) and ast.unparse(call.func) == "recorded":
                        event = ast.unparse(call.args[0]).rpartition(".")[2]
                        yield getattr(commands, step), getattr(events, event)


def test_what_a_step_asks_is_kept_by_its_event() -> None:
    keeping = defaultdict(set)
    for step, event in kept():
        keeping[step] |= set(event.__struct_fields__)
    assert len(keeping) > 25
    lost = {
        f"{step.__name__}.{field.path[0]}"
        for step, fields in keeping.items()
        for field in leaves_of(step)
        if field.attribute not in fields and field.path[0] not in fields
    }
    assert lost - NOT_KEPT.keys() == set()


def test_a_sentence_is_written_once() -> None:
    """So that whoever changes it has changed it everywhere."""
    found = defaultdict(list)
    for file in [*(ROOT / "bot/views").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            is_said = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
            if is_said and node.value.strip().endswith(".") and len(node.value.split()) > 4:
                found[node.value.strip()].append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert {said: where for said, where in found.items() if len(where) > 1} == {}
