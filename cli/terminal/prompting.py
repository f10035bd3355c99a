"""What was left out of a command: asked for at a terminal, field by field; elsewhere a line each from standard input.

So nobody's name or words need stand on a command line, where the shell keeps them.
"""

import sys
from collections.abc import Callable, Iterable, Mapping

import click
from msgspec import Struct

from bot.domain.likeness import words_of
from bot.typed_values import NotReadable
from handlers.errors import NotDone

STDIN = "-"
"""In the place of what is said on standard input."""

_TRIES = 5


class Asker(Struct, frozen=True):
    """`ask` gives the next answer, or None where nobody is there to give one."""

    ask: Callable[[str], str | None]
    is_person: bool  # who can be asked again

    def until_readable(self, prompt: str, read: Callable[[str], object]) -> object:
        """What was answered; None where nothing was. Raises NotReadable where nobody can be asked again."""
        for _ in range(_TRIES if self.is_person else 1):
            typed = self.ask(prompt)
            if typed is None:
                return None
            try:
                return read(typed)
            except NotReadable as what:
                if not self.is_person:
                    raise
                click.echo(str(what), err=True)
        raise NotReadable("That was tried five times. Nothing was done.")


def asker_here() -> Asker:
    return Asker(_at_terminal, True) if sys.stdin.isatty() else Asker(_from_lines, False)


def _at_terminal(prompt: str) -> str | None:
    try:
        return str(click.prompt(prompt, default="", show_default=False, err=True)).strip()
    except click.Abort:  # Ctrl-C, Ctrl-D: stop, and nothing is done
        click.echo(err=True)
        raise


def _from_lines(_: str) -> str | None:
    line = sys.stdin.readline()
    return line.strip() if line else None


def all_of_stdin() -> str:
    """For an option whose value is `-`."""
    return sys.stdin.read().strip()


def menu(choices: Iterable[tuple[str, str]]) -> tuple[str, Callable[[str], str]]:
    """Codes with their words → what to show, and how to read an answer: by number, or by code."""
    known = list(choices)
    shown = "\n".join(f"  {number} {words}" for number, (_, words) in enumerate(known, 1))

    def read(typed: str) -> str:
        codes = [code for code, _ in known]
        if typed.isdigit() and 1 <= int(typed) <= len(codes):
            return codes[int(typed) - 1]
        if typed not in codes:
            raise NotReadable(f"One of: {', '.join(codes)}.")
        return typed

    return shown, read


# Who is meant by what was typed: an id, a name, or enough of one.


def find(typed: str, names: Mapping[str, str]) -> str | None:
    """The person's id; None where nobody is meant. Raises NotDone where several may be."""
    wanted = typed.strip().casefold()
    if not wanted:
        return None
    for matches in (_is, _is_part_of):
        found = [
            person for person, name in names.items() if matches(wanted, person.casefold(), name.casefold())
        ]
        if len(found) > 1:
            several = ", ".join(f"{names[person]} ({person})" for person in found[:5])
            raise NotDone(f"Not done. Several people are called that: {several}. Type the one in brackets.")
        if found:
            return found[0]
    return None


def _is(wanted: str, person: str, name: str) -> bool:
    return wanted in (person, name) or sorted(words_of(wanted)) == sorted(words_of(name))


def _is_part_of(wanted: str, _: str, name: str) -> bool:
    """By the letters that are on the keyboard: Głowacki is glowacki."""
    words = words_of(wanted)
    return bool(words) and set(words) <= set(words_of(name))
