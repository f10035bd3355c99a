"""Given a force's file, then `policy show` marks what is the force's own, and `policy check` has drawn every ladder."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.domain.people import Role
from bot.files import policy_file
from bot.views.wording import words
from cli.policy_command import policy

MARK = "← shipped: "


def asked(folder: Path, verb: str, text: str) -> Result:
    file = folder / "force.toml"
    file.write_text(text)
    return CliRunner().invoke(policy, [verb, str(file)])


def marked(shown: str) -> list[str]:
    return [line for line in shown.splitlines() if MARK in line]


def test_what_differs_is_marked_with_what_is_shipped(tmp_path: Path) -> None:
    shown = asked(tmp_path, "show", 'digest_over = 8\n[clocks.review]\nlow = "none"\n').output
    assert [" ".join(line.split()) for line in marked(shown)] == [
        "one digest for more than 8 cases ← shipped: for more than 5 cases",
        "review 1h / 4h / – supervisor → fim ← shipped: 1h / 4h / 8h supervisor → fim",
    ]


def test_nothing_is_marked_where_nothing_differs(tmp_path: Path) -> None:
    shipped = CliRunner().invoke(policy, ["show"]).output
    assert not marked(shipped)
    assert asked(tmp_path, "show", 'digest_over = 5\n[slow]\nmedium = "60m"').output == shipped


OTHER: dict[type, Any] = {int: 99, str: "77m", bool: False, list: ["mpc"]}


def numbers(tables: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tables.items():
        if isinstance(value, dict):
            yield from numbers(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


SHIPPED = dict(numbers(tomllib.loads(policy_file.DEFAULT.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("name", SHIPPED)
def test_each_number_is_shown_so_that_its_change_is_marked(tmp_path: Path, name: str) -> None:
    other = OTHER[type(SHIPPED[name])]
    if name == "shifts":
        other = ["06:00"]
    if name.startswith("floors."):
        other = "high"
    said = str(other).lower() if isinstance(other, bool) else repr(other)
    shown = asked(tmp_path, "show", f"{name} = {said}")
    assert shown.exit_code == 0, shown.output
    assert len(marked(shown.output)) == 1


def test_a_clock_without_any_deadline_is_not_said_to_have_one_of_its_own(tmp_path: Path) -> None:
    shown = asked(
        tmp_path, "show", "[clocks.ppn]\n" + "\n".join(f'{g} = "none"' for g in ("high", "medium", "low"))
    )
    assert "no deadline" in marked(shown.output)[0]
    assert shown.output.count("its own due time") == 1  # each line of enquiry carries one


EVERY_ROLE = f"ladder = [{', '.join(repr(role.value) for role in Role)}]"


def test_check_takes_a_ladder_of_every_role(tmp_path: Path) -> None:
    result = asked(tmp_path, "check", f"[clocks.review]\n{EVERY_ROLE}")
    assert result.exit_code == 0, result.output


def test_check_refuses_a_ladder_that_a_screen_cannot_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if somebody had added a role and forgotten its words."""
    monkeypatch.setattr(
        words, "ROLES", {role: said for role, said in words.ROLES.items() if role is not Role.MPC}
    )
    result = asked(tmp_path, "check", '\n[clocks.review]\nlow = "6h"\nladder = ["supervisor", "mpc"]')
    assert result.exit_code == 2
    assert "force.toml:4: clocks.review.ladder: expected roles that can be shown: " in result.output
    assert "KeyError" in result.output
