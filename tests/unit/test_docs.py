"""What the documents name is there: each path, each room's contents, each dotted name, each name in the code."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.views.plain import permission_table

ROOT = Path(__file__).parents[2]
# What changed once keeps its old names: CHANGELOG.md is not asked.
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    *(f"docs/{file.name}" for file in ROOT.glob("docs/*.md")),
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
MADE = ("build/", ".venv")  # by a command, so that a fresh clone has none of it

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
