"""What an app is handed for a short while: trigger ids and response urls."""

from dataclasses import dataclass, field

from sandbox.errors import ApiError


@dataclass
class Trigger:
    id: str
    app_id: str
    user: str
    expires: float
    from_view: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    id: str
    app_id: str
    channel: str
    user: str
    expires: float
    uses_left: int
    message_ts: str | None = None


@dataclass
class Passes:
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def take_trigger(self, trigger_id: str, app_id: str, now: float) -> Trigger:
        trigger = self.triggers.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if now > trigger.expires:
            raise ApiError("expired_trigger_id")
        trigger.used = True
        return trigger

    def take_response_url(self, url_id: str, now: float) -> ResponseUrl:
        url = self.response_urls.get(url_id)
        if url is None or now > url.expires:
            raise ApiError("expired_url")
        if url.uses_left == 0:
            raise ApiError("used_url")
        url.uses_left -= 1
        return url
