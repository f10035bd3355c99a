"""Each mutant can still be made of the product, and says who is to notice it. `make mutants` tries them all."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATCHES = sorted((ROOT / "tests/mutations").glob("*.patch"))


def test_there_are_enough() -> None:
    assert len(PATCHES) >= 15


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_it_applies_and_names_who_catches_it(patch: Path) -> None:
    head = patch.read_text().partition("\ndiff ")[0].splitlines()
    assert head[0].endswith("."), "what it breaks, in a sentence"
    tests = [test for line in head if line.startswith("Tests: ") for test in line.split()[1:]]
    assert tests or any(line.startswith("Seeds: ") for line in head)
    assert all((ROOT / test.partition("::")[0]).is_file() for test in tests)
    subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, check=True)
