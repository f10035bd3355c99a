"""A YAML file that somebody named: a seed, or an app's manifest."""

from pathlib import Path
from typing import Any

import yaml

from sandbox.errors import BadSeed


def read(path: Path) -> Any:
    """Raises BadSeed, in one sentence, where it is not there or no YAML."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as no:
        raise BadSeed(f"{path} cannot be read ({no.strerror}). Name a YAML file that is there.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as no:
        raise BadSeed(f"{path}{_line(no)} is no YAML. Mend it, or name another file.") from None


def _line(no: Exception) -> str:
    mark = getattr(no, "problem_mark", None)
    return f", line {mark.line + 1}," if mark else ""
