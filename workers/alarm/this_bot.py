"""What a bot is called where it alone can tell of something: a process, under the name of its machine."""

import os
import re
from socket import gethostname


def this_bot() -> str:
    return f"{gethostname()}, process {os.getpid()}"


def has_ended(name: str) -> bool:
    """Where it was one of this machine's. Of another machine nobody here knows."""
    found = re.fullmatch(rf"{re.escape(gethostname())}, process (\d+)", name)
    return found is not None and not _is_there(int(found[1]))


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
