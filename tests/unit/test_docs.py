"""What the documents name is there: each path, each room's contents, each dotted name, each name in the code."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from bot.views.plain import permission_table
from cli import main

ROOT = Path(__file__).parents[2]
# What changed once keeps its old names: CHANGELOG.md is not asked.
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(file.relative_to(ROOT).as_posix() for file in sorted(ROOT.glob("docs/**/*.md"))),
)
ROOMS = (
    "bot",
    "cli",
    "handlers",
    "workers",
    "config",
    "sandbox",
    "benchmarks",
    "simulation",
    "scripts",
    "scenarios",
)
SOURCES = (".py", ".toml", ".lua", ".js", ".yaml", ".conf")
MADE = ("build/", ".venv", "var/")  # by a command, so that a fresh clone has none of it

_LINK = re.compile(r"\]\(([^)#\s]+)")
_QUOTED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
_FILE = re.compile(r"\.(py|toml|lua|md|yaml|conf|txt|json|html|js|webp)$")
_DOTTED = re.compile(rf"({'|'.join(ROOMS[:8])})(\.\w+)+")
_TOLD = re.compile(r"(?:class|def) (\w+)|(\w+)[\"']?\s*[:=]|[\"'](\w+)[\"']|^\s*(\w+),$", re.MULTILINE)
_NAME = re.compile(r"(?:[A-Z]\w*[a-z]\w*|[A-Za-z]\w*_\w+|[A-Z]{4,})(?:\.[a-z]\w*)?")


def words_in(document: str) -> Iterator[tuple[int, str, str]]:
    """Each quoted word of a document: its line's number, the room that the line is about, and the word."""
    for number, line in enumerate((ROOT / document).read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("    "):  # an example, which has names of its own
            continue
        cells = line.split(" | ") if line.startswith("| `") else []
        for word in _QUOTED.findall(line):
            room = _QUOTED.findall(cells[0])[0] if cells and word not in _QUOTED.findall(cells[0]) else ""
            yield number, room if (ROOT / room).is_dir() else "", word


@cache
def told_in(place: str) -> frozenset[str]:
    """Names that a file, or everything in a room, defines, gives a value, or says as a string."""
    found = [ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*")
    texts = (file.read_text(encoding="utf-8") for file in found if file.suffix in SOURCES)
    return frozenset(next(filter(None, told)) for text in texts for told in _TOLD.findall(text))


def is_told(name: str, *places: str) -> bool:
    return all(any(part in told_in(place) for place in places) for part in name.split("."))


def is_module_or_in_it(dotted: str) -> bool:
    folder, _, name = dotted.rpartition(".")
    place = folder.replace(".", "/")
    return stands(dotted.replace(".", "/")) or (stands(place) and is_told(name, f"{place}.py", place))


def stands(path: str) -> bool:
    return (ROOT / path).exists() or (ROOT / f"{path}.py").exists()


def is_there(path: str, document: str, room: str) -> bool:
    """From the root, beside the document, within the line's room; a file named shortly, anywhere in the product."""
    if path.startswith(MADE) or any((base / path).exists() for base in (ROOT, (ROOT / document).parent)):
        return True
    if room:
        return any(True for _ in (ROOT / room).rglob(path.rstrip("/")))
    return bool(_FILE.search(path)) and any(True for each in ROOMS for _ in (ROOT / each).rglob(path))


def is_setting(name: str) -> bool:
    """MISSING_USER_GROUPS__fim: fields of the settings, and what they hold."""
    return all(is_told(part.lower(), *ROOMS) for part in name.removeprefix("MISSING_").split("__"))


def is_true(word: str, document: str, room: str) -> bool:
    if word.startswith("MISSING_"):
        return is_setting(word)
    if _DOTTED.fullmatch(word) and not _FILE.search(word):
        return is_module_or_in_it(word)
    if _PATH.fullmatch(word) and ("/" in word or _FILE.search(word)):
        return is_there(word, document, room)
    if room and re.fullmatch(r"[a-z_]+", word):
        return any(is_there(each, document, room) for each in (word, f"{word}.py")) or is_told(word, room)
    return is_told(word, *ROOMS) if _NAME.fullmatch(word) else True


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_names_is_there(document: str) -> None:
    said = [
        f"{document}:{number}: {word}"
        for number, room, word in words_in(document)
        if not is_true(word, document, room)
    ]
    assert said == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_where_a_document_leads_is_something(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = [link for link in _LINK.findall(text) if "://" not in link]
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


@pytest.mark.parametrize(
    ("word", "room"),
    [
        ("bot/nowhere.py", ""),
        ("bot.desk.Nothing", ""),
        ("forms/", "bot/views/"),
        ("NoSuchClass", ""),
        ("no_such_name", ""),
        ("MISSING_NO_SUCH_THING", ""),
        ("nowhere", "bot/domain/"),
    ],
)
def test_what_is_not_there_is_found_out(word: str, room: str) -> None:
    assert not is_true(word, "docs/architecture.md", room)


# What is typed, and what is pressed.

_TYPED = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?missing-bot((?: +(?:[a-z][\w-]*|--[a-z-]+))+)")
_EXPORTED = re.compile(r"\b(MISSING_[A-Z_]+[A-Za-z_]*)=")
_PRESSED = re.compile(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)")
_NOT_PRESSED = {"Home"}  # Slack's own
_SECTIONS = re.compile(r"\]\(([^)#\s]*)#([^)\s]+)\)")


def typed_in(text: str) -> Iterator[list[str]]:
    yield from (found.split() for found in _TYPED.findall(text))


def is_command(words: list[str]) -> bool:
    """As many words as name a command, and after them only options that it has."""
    command: click.Command = main
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("--"):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return False
            command = found
        elif word.startswith("--") and not any(
            word in (*known.opts, *known.secondary_opts) for known in command.params
        ):
            return word == "--help"
    return True


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_has_people_type_is_a_command_with_those_options(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [" ".join(words) for words in typed_in(_in_code(text)) if not is_command(words)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_an_example_sets_is_a_setting(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [name for name in _EXPORTED.findall(text) if not is_setting(name.removesuffix("_FILE"))] == []


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if name.startswith("docs/roles/")])
def test_what_a_role_is_told_to_press_is_on_a_screen(document: str) -> None:
    said = set(_PRESSED.findall((ROOT / document).read_text(encoding="utf-8"))) - _NOT_PRESSED
    sources = [file.read_text(encoding="utf-8") for file in ROOT.glob("bot/views/**/*.py")]
    sources.append((ROOT / "config/slack-manifest.yaml").read_text(encoding="utf-8"))
    assert sorted(word for word in said if not any(word in source for source in sources)) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_section_that_is_led_to_is_there(document: str) -> None:
    lost = []
    for place, section in _SECTIONS.findall((ROOT / document).read_text(encoding="utf-8")):
        file = (ROOT / document).parent / place if place else ROOT / document
        if "://" not in place and section not in _sections_of(file):
            lost.append(f"{place}#{section}")
    assert lost == []


def _in_code(text: str) -> str:
    """What is indented or quoted: elsewhere the product's name is a word like any other."""
    lines = [line for line in text.splitlines() if line.startswith("    ")]
    return "\n".join([*lines, *_QUOTED.findall(text)])


def _sections_of(file: Path) -> set[str]:
    """As GitHub names them."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("typed", ["nowhere", "verify --nowhere", "keys turn"])
def test_what_cannot_be_typed_is_found_out(typed: str) -> None:
    assert not is_command(typed.split())


def test_each_room_is_in_the_architecture() -> None:
    """Each package of the product with its own files, but for those that are named within the row of theirs."""
    said = {word.rstrip("/") for _, _, word in words_in("docs/architecture.md")}
    said |= {
        f"{room.rstrip('/')}/{word.rstrip('/')}" for _, room, word in words_in("docs/architecture.md") if room
    }
    packages = {
        file.parent.relative_to(ROOT).as_posix()
        for room in ("bot", "cli", "handlers", "workers", "config", "sandbox")
        for file in (ROOT / room).glob("*/__init__.py")
    }
    assert sorted(room for room in packages if not room.startswith("sandbox/") and room not in said) == []


def test_the_permission_table_is_printed_as_it_is() -> None:
    assert (ROOT / "docs/permissions.md").read_text().endswith(f"\n\n{permission_table.page()}")
