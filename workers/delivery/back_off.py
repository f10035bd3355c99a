"""A lane that Slack, or a way out, does not take is put down for longer each time."""

from bot.ports.rate_limits import RateLimits


def back_off(
    rate_limits: RateLimits, lane: str, machine_now: float, *, soonest: float, latest: float
) -> None:
    """Puts the lane down: twice as long each time in a row."""
    doublings = min(rate_limits.fell(lane) - 1, 10)
    rate_limits.hold(lane, machine_now + min(soonest * 2**doublings, latest))
