"""What travels: JSON objects, and the one place where they are written."""

import json
from typing import Any, TypeAlias

JSON: TypeAlias = dict[str, Any]


def dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def copy_of(value: Any) -> Any:
    """JSON in, JSON out: nobody outside can change what the workspace holds."""
    return json.loads(json.dumps(value))
