"""What stood on the command line: each option as it was given, `-` read from standard input, and nothing personal.

Every user of a machine can read the arguments of whatever runs there, and the shell keeps them.
"""

from collections.abc import Iterator, Mapping, Sequence

import click
from msgspec import Struct

from bot.domain.declared import Field, FieldKind
from bot.domain.door import allowed
from bot.domain.facts import Answer
from bot.typed_values import NotReadable, NotTakable
from bot.views.screen import Screen
from bot.views.wording import naming
from cli.terminal.prompting import STDIN, Asker, all_of_stdin

_NOT_THERE = (
    "Every user of this machine can read a command line, and the shell keeps it: {option} is not taken from "
    "there. {instead} Take what you typed out of the shell's history."
)
_FROM_STDIN = "Give it as {option} -, and say it on standard input."
_OR_ASKED = "Leave it out and you are asked for it, or give it as {option} - and say it on standard input."

Line = Mapping[Field, Sequence[str]]
"""Options in the order in which they were typed."""


def option_of(field: Field) -> str:
    return "--" + "-".join(field.path).replace("_", "-")


class CommandLine(Struct, frozen=True):
    line: Line
    screen: Screen

    def values(self, asker: Asker) -> dict[Field, str]:
        """Raises NotTakable where something personal stands there, and NotReadable where standard input ends early."""
        for field, said in self.line.items():
            if any(self._is_kept_off(field, each) for each in said):
                instead = _OR_ASKED if field.prompt else _FROM_STDIN
                option = option_of(field)
                raise NotTakable(_NOT_THERE.format(option=option, instead=instead.format(option=option)))
        read = self._from_stdin(asker)
        return {
            field: ",".join(next(read) if each == STDIN else each for each in said)
            for field, said in self.line.items()
        }

    def _from_stdin(self, asker: Asker) -> Iterator[str]:
        """All of it where one option asks for it; else a line each, in the order in which they were typed."""
        asking = [field for field, said in self.line.items() for each in said if each == STDIN]
        if len(asking) == 1:
            if asker.is_person:
                click.echo(f"{option_of(asking[0])}: type it; Ctrl-D on a line of its own ends it.", err=True)
            yield all_of_stdin()
            return
        for field in asking:
            typed = asker.ask(option_of(field))
            if typed is None:
                raise NotReadable(
                    f"Standard input ended before the line for {option_of(field)}. Nothing was done."
                )
            yield typed

    def _is_kept_off(self, field: Field, typed: str) -> bool:
        if typed == STDIN:
            return False
        if field.kind is FieldKind.AGE:
            return not typed.strip().isdigit()  # a birth date
        return field.is_personal and not self._is_coded(field, typed)

    def _is_coded(self, field: Field, typed: str) -> bool:
        """One of a list that everybody knows, and so nobody's own words."""
        if field.kind is FieldKind.TOLD:
            return all(naming.is_listed(_as_code(each)) for each in typed.split(","))
        if field.kind is FieldKind.CORRECTION:
            wrong = next((said[0] for other, said in self.line.items() if other.path == ("field",)), "")
            return not allowed.is_personal(_as_code(wrong))
        question = field.prompt.coded if field.prompt else ""
        return bool(question) and (
            typed in self.screen.reasons.of(question) or _as_code(typed) == Answer.NOT_KNOWN.value
        )


def _as_code(typed: str) -> str:
    return typed.strip().lower().replace(" ", "_")
