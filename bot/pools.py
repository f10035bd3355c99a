"""Where work is done that nobody waits for, or waits for a while only."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor

Pools = Callable[[int, str], Executor]
"""How many at once, and their name for a debugger → a pool. One who plays processes in virtual time has its own."""

THREADS: Pools = ThreadPoolExecutor
