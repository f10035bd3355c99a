"""The command line as people run it, on a real server, and no Slack anywhere.

`start` is a process of its own, for two people at once and for a person at a screen; else the command runs in the
tests' own process, from the words typed to the exit code: what it loads takes a second each time.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import Struct

from bot.directory_document import save
from bot.domain.declared import STEPS, leaves_of
from bot.domain.people import Role
from bot.ports.stores import Stores
from bot.store.redis_stores import RedisStores
from cli import main
from cli.terminal.command_line import option_of
from cli.terminal.prompting import STDIN
from cli.terminal.signing import SURFACE, machine_user
from tests.world import PEOPLE, listed, this_years

NAMES = {"fay": "Fay Marsh", "sam": "Sam Doyle", "sid": "Sid Penn", "ola": "Ola Brandt", "oz": "Oz Teal"}
REPORTED = (
    "report --incident LOG-1042 --child-age 13 --category missing --markers suicidal_today,self_harm "
    "--whereabouts-known no --adverse-event no --last-seen-at now --reported-at now"
)
A_TIME = r"(\d+ \w+ (\d{4} )?)?\d\d:\d\d"  # the machine's own clock: an hour ago may have been yesterday
IN_THEIR_WORDS = (
    "Rowan Pike\nHe texted that he wants to end it\nAvonmead School\nTom Pike\n07700 900001\nfather\n"
)


class Outcome(Struct, frozen=True):
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


class Terminal:
    """Anybody's terminal on one machine."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        self.surroundings = {**os.environ, **surroundings}

    def start(self, person: str, typed: str, *, stdin: int = subprocess.PIPE) -> "subprocess.Popen[str]":
        """`typed` as behind `missing-bot`; words that hold spaces are joined by _."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *words_of(person, typed)],
            env=self.surroundings,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, person: str, typed: str, lines: str = "") -> Outcome:
        words, said = _said(words_of(person, typed))
        assert not (said and lines), "what - takes, and then what is asked: leave the option out"
        return self.run_as_typed(words, "".join(f"{each}\n" for each in said) or lines)

    def run_as_typed(self, words: list[str], lines: str = "") -> Outcome:
        ended = CliRunner(env=self.surroundings).invoke(main, words, input=lines)
        if ended.exception and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        return Outcome(ended.exit_code, ended.stdout, ended.stderr)

    def case(self, person: str, typed: str, lines: str = "") -> Outcome:
        return self.run(person, f"case {typed}", lines)

    def done(self, person: str, typed: str, lines: str = "") -> str:
        """What was printed; fails where it was not done."""
        outcome = self.case(person, typed, lines)
        assert outcome.code == 0, outcome
        return outcome.out

    def refused(self, person: str, typed: str, lines: str = "") -> str:
        """The sentence; fails where it was taken."""
        outcome = self.case(person, typed, lines)
        assert (outcome.code, outcome.out) == (1, ""), outcome
        return outcome.err.strip()

    def reported(self) -> str:
        """Rowan Pike, 13, by Cal Reeve."""
        self.done("cal", REPORTED, IN_THEIR_WORDS)
        return this_years(1)

    def shown(self) -> Any:
        return self.case("cal", "show LOG-1042 --json").document


def words_of(person: str, typed: str) -> list[str]:
    words = [word.replace("_", " ") if "_" in word and not word.islower() else word for word in typed.split()]
    return [*words, *(["--as", person] if person else [])]


PERSONAL = {option_of(leaf) for kind in STEPS for leaf in leaves_of(kind) if leaf.is_personal}


def _said(words: list[str]) -> tuple[list[str], list[str]]:
    """What is personal is said on standard input: `--text Seen` is `--text -`, with "Seen" as a line."""
    said = [
        at
        for at, (option, value) in enumerate(pairwise(words), 1)
        if option in PERSONAL and not is_code(value)
    ]
    return [STDIN if at in said else word for at, word in enumerate(words)], [words[at] for at in said]


def is_code(value: str) -> bool:
    """As tests write them: a list of codes is in small letters."""
    return value == STDIN or re.fullmatch(r"[a-z_,]+", value) is not None


HERE = f"{SURFACE}:{machine_user()}"
"""The surface of all that is done here: as somebody else, by whoever runs the tests."""


def known_to(stores: Stores) -> None:
    """The people of `tests.world`, on duty."""
    save(
        stores.documents,
        listed(
            holders={role: frozenset(who for who, has in PEOPLE.items() if role in has) for role in Role},
            names={person: NAMES.get(person, person.title()) for person in PEOPLE},
        ),
    )


@pytest.fixture
def surroundings(redis_url: str, prefix: str, redis_stores: RedisStores) -> Mapping[str, str]:
    known_to(redis_stores)
    return surroundings_of(redis_url, prefix)


def surroundings_of(redis_url: str, prefix: str) -> Mapping[str, str]:
    return {
        "REDIS_URL": redis_url,
        "MISSING_PREFIX": prefix,
        "MISSING_RECORD_KEY": "ab" * 32,
        "MISSING_CHANNELS__CASES": "C1",
        "MISSING_CHANNELS__FIM": "C2",
        "MISSING_CONTENT": "full",
        "MISSING_TERMINAL__AS_OTHERS": "true",  # many people, and one user of this machine
        "SLACK_BOT_TOKEN": "xoxb-nobody-there",
        "MISSING_SLACK_BASE_URL": "http://127.0.0.1:9/api/",
    }


@pytest.fixture
def terminal(surroundings: Mapping[str, str]) -> Terminal:
    return Terminal(surroundings)


@pytest.fixture
def discreet(surroundings: Mapping[str, str]) -> Terminal:
    """Reference-only: the default in production."""
    return Terminal({**surroundings, "MISSING_CONTENT": "reference"})
