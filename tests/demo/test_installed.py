"""Installed away from its folder, the demo has what it plays."""

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import config
from cli.demo.demo_command import STORY

ROOT = Path(config.__file__).parent.parent
_FROM = ("bot", "cli", "config", "handlers", "sandbox", "scenarios", "workers")
_BUILD = "import setuptools.build_meta as build; build.build_wheel('dist')"


def test_the_story_is_among_what_is_installed(tmp_path: Path) -> None:
    for room in _FROM:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    subprocess.run([sys.executable, "-c", _BUILD], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with ZipFile(wheel) as packed:
        held = packed.namelist()
    assert STORY.relative_to(ROOT).as_posix() in held
    assert "config/slack-manifest.yaml" in held and "sandbox/page/index.html" in held
