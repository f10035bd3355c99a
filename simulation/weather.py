"""What may go wrong in one night, and how often: drawn from the seed. Most nights have some kinds of faults and not
others, since a fault that is always there hides those that need it to be absent."""

from random import Random

from msgspec import Struct

# Chance of each at one call to the outside, or for one message, before the night's own share of it.
_RATES = {
    "dies before": 0.0006,
    "dies after": 0.0006,
    "stopped": 0.0002,  # the process stands still, as by SIGSTOP or a machine put to sleep
    "slow": 0.03,
    "record refuses": 0.002,
    "record loses the answer": 0.002,
    "limited": 0.04,
    "500": 0.02,
    "500, taken": 0.02,
    "html": 0.01,
    "html, taken": 0.01,
    "no answer": 0.015,
    "no answer, taken": 0.02,
    "taken late": 0.01,  # what was sent comes after its sender has given up
    "refuses for now": 0.01,  # ok: false, with a code of Slack's own trouble
    "refuses this": 0.01,  # ok: false, with a code of this one message
    "hides the post": 0.03,  # for a while nobody finds it in the channel
    "request lost": 0.03,
    "request doubled": 0.1,
    "request late": 0.1,
    "answer lost": 0.03,  # Slack does not hear the acknowledgement
    "ring lost": 0.1,  # for one rest of a timer, the bell is not heard
    "job lost": 0.03,
    "job doubled": 0.05,
    "pager refuses": 0.2,
    "pager loses the answer": 0.1,
}
# At most so many of each in one night.
_SPELLS = {
    "record away": 2,
    "Slack away": 2,
    "place shut": 2,
    "clock jumps": 3,
    "host dies": 1,
}
_NONE_AS_OFTEN_AS = (0.0, 0.0, 0.5, 1.0, 2.0)


class Weather(Struct, frozen=True, kw_only=True):
    rates: dict[str, float]
    spells: dict[str, int]

    @classmethod
    def of(cls, chance: Random) -> "Weather":
        wild = chance.choice((0.5, 1.0, 2.0))
        return cls(
            rates={kind: rate * wild * chance.choice(_NONE_AS_OFTEN_AS) for kind, rate in _RATES.items()},
            spells={kind: chance.choice((0, 0, *range(1, most + 1))) for kind, most in _SPELLS.items()},
        )


CALM = Weather(rates=dict.fromkeys(_RATES, 0.0), spells=dict.fromkeys(_SPELLS, 0))
