"""Neighbouring forces, and under which code each of them files a missing child.

A log that was passed on vanished because its category had no mapping there (IOPC, Wiltshire / Avon & Somerset, 2026).
"""

from collections.abc import Mapping

from msgspec import Struct

from bot.views.wording import reasons


class Force(Struct, frozen=True):
    name: str
    missing_child: str  # its own code, as their control room reads it; empty where none is known


class Forces(Struct, frozen=True):
    """By the code of the coded reasons' list `transfer`."""

    known: Mapping[str, Force]

    def names(self) -> dict[str, str]:
        return {code: force.name for code, force in self.known.items()}

    def of(self, said: str) -> Force | None:
        """The force that was named, by its code or its name; None where the table has none of that name."""
        coded = reasons.read(said)
        if coded:
            return self.known.get(coded.code)
        named = said.strip().casefold()
        found = (
            force for code, force in self.known.items() if named in (code.casefold(), force.name.casefold())
        )
        return next(found, None)
