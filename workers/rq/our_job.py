"""What a job may make a worker do: call one of our two functions with a list of names, once.

RQ imports and calls whatever a job names: as its function, as a callback (also of a job that it finds abandoned), as a
web hook; and repeats it as often as the job says. So whoever can write to Redis would decide what this machine runs.
"""

from collections.abc import Callable
from typing import Any

from rq.exceptions import DeserializationError
from rq.job import Job

from workers.rq.job_functions import JOBS

_FAILED_KEPT = 3600  # seconds for which a failed job can be looked at, whatever it says of itself
_SHOWN = 80  # characters of a name that somebody else chose


class JobRefused(Exception):
    """The job asks for something that no job of ours asks for."""


class OurJob(Job):
    def restore(self, raw_data: Any) -> None:
        """Forgets all that a job of ours never carries."""
        super().restore(raw_data)
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []
        self.retries_left = self.repeats_left = None
        self.failure_ttl = _FAILED_KEPT

    @property
    def func(self) -> Callable[..., Any]:
        """Raises JobRefused. RQ calls nothing that does not come from here."""
        if why := self.refusal:
            raise JobRefused(why)
        return JOBS[str(self.func_name)]

    @property
    def refusal(self) -> str:
        """Why no worker runs it; "" for a job of ours."""
        try:
            name, instance, args, kwargs = self.func_name, self.instance, self.args, self.kwargs
        except DeserializationError:
            return "it cannot be read"
        if not isinstance(name, str) or name not in JOBS or instance is not None:
            return f"it names {name!r:.{_SHOWN}}"
        return "" if _is_list_of_names(args) and not kwargs else "it names what is ours, for what is not"


def _is_list_of_names(args: Any) -> bool:
    match args:
        case [list(names)]:
            return all(isinstance(name, str) for name in names)
        case _:
            return False
