"""The clock of one machine, as a fault sets it: every Python process of it runs this first (PYTHONPATH).

`SOAK_CLOCK` names a file with the seconds to add to the real time; without the file the clock is right.
"""

import os
import time
from pathlib import Path

_real = time.time
_file = Path(os.environ.get("SOAK_CLOCK", ""))


def _shown() -> float:
    try:
        return _real() + float(_file.read_bytes())
    except (OSError, ValueError):
        return _real()


if "SOAK_CLOCK" in os.environ:
    time.time = _shown
