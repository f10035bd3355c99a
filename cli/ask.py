"""`missing-bot ask`: what the bot answers at a moment of a scenario, without Slack."""

import json
import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from msgspec import Struct

from bot.domain.case import Case
from bot.files import forces_file, reasons_file
from bot.files.invalid import FileInvalid
from bot.ports.stores import Stores
from bot.questions import Intent, cases_named, understand
from bot.replay.engine import Stood, stop_at
from bot.replay.scenario import Scenario, load
from bot.replay.values import moment, moment_from
from bot.store.memory import MemoryStores
from bot.views.answering import answers
from bot.views.answering.known_risk import About, names_in
from bot.views.screen import Screen, Setting
from cli.plainly import FILE, NotValid
from config.settings import Settings

_NAMED_AT_MOST = 6


class NotAsked(click.ClickException):
    """The question cannot be put to this file: one sentence, and what to do."""

    exit_code = 2


class Answered(Struct, frozen=True):
    intents: tuple[Intent, ...]
    answer: str


@click.command()
@click.argument("text")
@click.option("--scenario", "file", type=FILE, required=True, help="The scenario FILE that tells the case.")
@click.option("--case", "name", help="Which case, where the file tells several: its name there.")
@click.option("--at", required=True, help="When: 20m, 1h30m from the start, or a time with its offset.")
@click.option("--policy", type=FILE, help="A force's policy in place of the shipped one.")
@click.option("--json", "as_json", is_flag=True, help="The intents that were understood, and the answer.")
def ask(text: str, file: Path, name: str | None, at: str, policy: Path | None, as_json: bool) -> None:
    """Answer TEXT about a case as it stands at a moment of a scenario.

    Nothing after that moment has happened. Exits 2 where the file, the case or the time is not valid.
    """
    scenario = _loaded(file, policy)
    told = _told(text, scenario, name, _moment(at, scenario))
    said = {"intents": [intent.value for intent in told.intents], "answer": told.answer}
    click.echo(json.dumps(said, ensure_ascii=False) if as_json else told.answer)


def _loaded(file: Path, policy: Path | None) -> Scenario:
    try:
        return load(file, policy)
    except FileInvalid as error:
        raise NotValid([error]) from None


def _moment(written: str, scenario: Scenario) -> datetime:
    try:
        return moment_from(scenario.start, moment(written))
    except ValueError as wrong:
        raise NotAsked(f"--at: expected {wrong}.") from None
    except OverflowError:
        raise NotAsked(
            f"--at: {written} is further than a calendar goes. Say a time of this scenario."
        ) from None


def _told(text: str, scenario: Scenario, name: str | None, at: datetime) -> Answered:
    stores = MemoryStores()
    chosen = _chosen(text, scenario, name)
    stood = stop_at(scenario, stores, at)
    case = _case(chosen, stood, stores)
    screen = _screen(scenario, stood)
    asked = understand(text, cases=[*scenario.refs, case.ref, case.incident], people=names_in(case, screen))
    if not asked:
        return Answered((), answers.NOT_UNDERSTOOD)
    person_ref = case.child.person_ref
    others, unread = stores.cases.readable(stores.cases.episodes(person_ref) if person_ref else [])
    about = About(case, stores.cases.entries(case.ref), others, unread)
    return Answered(asked, _in_its_names(answers.in_plain_words(asked, about, screen), stood))


def _chosen(text: str, scenario: Scenario, name: str | None) -> str:
    """The scenario's name of the case: given, named in the text, or the only one."""
    by_name = {ref.lower(): ref for ref in scenario.refs}
    if name is not None:
        if name.lower() not in by_name:
            raise NotAsked(f"--case: no case {name!r} in this file. It has: {_some(scenario)}.")
        return by_name[name.lower()]
    words = [*cases_named(text), *re.findall(r"[\w/-]+", text)]
    named = {by_name[word.lower()] for word in words if word.lower() in by_name}
    if len(named) == 1:
        return named.pop()
    if len(scenario.refs) != 1:
        raise NotAsked(f"Say which case, by --case or in the text. This file has: {_some(scenario)}.")
    return scenario.only_ref


def _some(scenario: Scenario) -> str:
    more = len(scenario.refs) - _NAMED_AT_MOST
    shown = ", ".join(scenario.refs[:_NAMED_AT_MOST]) or "none"
    return f"{shown}, and {more} more" if more > 0 else shown


def _case(name: str, stood: Stood, stores: Stores) -> Case:
    case = stores.cases.load(stood.refs[name]) if name in stood.refs else None
    if case is None:
        raise NotAsked(f"{name} is not reported by then. Say a later --at.")
    return case


def _screen(scenario: Scenario, stood: Stood) -> Screen:
    """Full content, as scenarios run; times in the zone that the bot shows unless a force says otherwise."""
    setting = Setting(
        policy=scenario.policy,
        directory=stood.people,
        zone=ZoneInfo(Settings.model_fields["zone"].default),
        reasons=reasons_file.load(),
        forces=forces_file.load(),
        full=True,
    )
    return setting.at(stood.now)


def _in_its_names(answer: str, stood: Stood) -> str:
    """The cases as the file calls them."""
    names = {ref: name for name, ref in stood.refs.items()}
    return re.sub(r"(?:MC|TRAINING)-\d{2}-\d{4,}", lambda found: names.get(found[0], found[0]), answer)
