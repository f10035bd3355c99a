"""What a power cut leaves at the end of the record's file: a step that was never acknowledged, and zeros.

File systems grow a file before they write into it. A server leaves out a half-written step by itself, and refuses to
start on zeros. Its own tool cuts them off; it would cut off everything after any damage just as well, acknowledged or
not. So it is let do that only where nothing but a cut-short step and zeros goes, and after a copy was kept.
"""

import re
import shutil
import subprocess
from itertools import count
from pathlib import Path

from bot.store.errors import ServerTrouble
from bot.store.server_program import identify


def mend_padding(program: Path, data: Path) -> Path | None:
    """The copy that was kept, where something was mended. Raises ServerTrouble where it is damaged otherwise."""
    file = newest_file(data)
    if file is None or not _ends_with_zero(file):
        return None
    good = _good_up_to(program, file)
    if not is_cut_short(_after(good, file).rstrip(b"\0")):
        raise ServerTrouble(_damaged(program, file, good))
    kept = _keep(file, data)
    _run_tool(program, "--fix", str(file))
    if file.stat().st_size != good:
        raise ServerTrouble(_damaged(program, file, good))
    return kept


def damage(program: Path, data: Path) -> str:
    """What is wrong with the newest file and how to mend it; "" where its tool finds nothing."""
    file = newest_file(data)
    if file is None:
        return ""
    good = _good_up_to(program, file)
    return "" if good >= file.stat().st_size else _damaged(program, file, good)


def newest_file(data: Path) -> Path | None:
    """The one that steps are appended to: as the manifest says, or the only one of a server before 7.0."""
    folder = data / "appendonlydir"
    for manifest in folder.glob("*.manifest"):
        names = re.findall(r"^file (\S+) seq \d+ type i", manifest.read_text(encoding="utf-8"), re.MULTILINE)
        if names:
            return folder / str(names[-1])
    single = data / "appendonly.aof"
    return single if single.is_file() else None


def is_cut_short(body: bytes) -> bool:
    """Whether these are whole commands and at most one that ends too early, in the server's protocol."""
    at = 0
    while at < len(body):
        head = re.compile(rb"\*(\d+)\r\n").match(body, at)
        if head is None:
            return _begins(rb"\*\d*\r?", body, at)
        at = head.end()
        for _ in range(int(head[1])):
            size = re.compile(rb"\$(\d+)\r\n").match(body, at)
            if size is None:
                return _begins(rb"(\$(\d+\r?)?)?", body, at)
            end = size.end() + int(size[1])
            if not b"\r\n".startswith(body[end : end + 2]):
                return False
            at = end + 2
    return True


def _begins(pattern: bytes, body: bytes, at: int) -> bool:
    return re.compile(pattern).fullmatch(body, min(at, len(body))) is not None


def _ends_with_zero(file: Path) -> bool:
    with file.open("rb") as content:
        content.seek(max(0, file.stat().st_size - 1))
        return content.read(1) == b"\0"


def _after(good: int, file: Path) -> bytes:
    with file.open("rb") as content:
        content.seek(good)
        return content.read()


def _good_up_to(program: Path, file: Path) -> int:
    """Bytes. The tool is asked for this one file: that of Valkey 9 does not know the files of Valkey 9 beside it."""
    found = re.search(r"ok_up_to=(\d+)", _run_tool(program, str(file)))
    return int(found[1]) if found else file.stat().st_size


def _run_tool(program: Path, *arguments: str) -> str:
    """Each server is its own tool, under another name."""
    command = [_tool(program), *arguments]
    done = subprocess.run(  # nosec B603 # the server's own tool, with a file of its own folder
        command,
        executable=program,
        input="y\n",
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return done.stdout


def _tool(program: Path) -> str:
    return f"{identify(program).kind}-check-aof"


def _keep(file: Path, data: Path) -> Path:
    """Raises OSError where there is no room: then nothing is mended."""
    places = (data / f"before-mending-{number}" for number in count(1))
    kept: Path = next(place for place in places if not place.exists())
    kept.mkdir(mode=0o700)
    shutil.copy2(file, kept)
    return kept


def _damaged(program: Path, file: Path, good: int) -> str:
    cut = f"bash -c 'exec -a {_tool(program)} {program} --fix {file}'"
    return (
        f"The record's file {file} is damaged after byte {good} of {file.stat().st_size}, and not by a power cut "
        "alone. Nothing was changed. Put a backup back; or keep a copy of the folder, then cut off everything from "
        f"there with: {cut}. Until then: the paper log, and ring FIM."
    )
