"""The keys that a post carries in its metadata, by which it is found again where nobody knows whether Slack took it.
Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from msgspec import Struct

_EVENT = "missing_bot"
_ALSO = 100  # keys besides the first by which a message can be found: Slack takes little with it


class Posted(Struct, frozen=True, kw_only=True):
    """One message of ours."""

    ts: str
    first: str  # its key, or the first of several
    also: Sequence[str] = ()  # of several: the name of all together, then each of the others, shortened
    cases: int = 1  # that they are of; 0 where an earlier release has not said

    def carries(self, key: str) -> bool:
        return key == self.first or _shortened(key) in self.also


def metadata(keys: Sequence[str]) -> dict[str, Any]:
    """At least one."""
    first, *others = keys
    payload: dict[str, Any] = {"id": first}
    if others:
        payload["also"] = " ".join([_all_of(keys), *map(_shortened, others[:_ALSO])])
        payload["cases"] = len({key.partition(":")[0] for key in keys})
    return {"event_type": _EVENT, "event_payload": payload}


def posted_in(messages: Iterable[Mapping[str, Any]]) -> Iterator[Posted]:
    """Of what a channel holds that which is ours."""
    for message in messages:
        said = message.get("metadata") or {}
        if said.get("event_type") == _EVENT:
            payload = said["event_payload"]
            also = payload.get("also", "").split()
            cases = int(payload.get("cases", 0 if also else 1))
            yield Posted(ts=str(message["ts"]), first=str(payload["id"]), also=also, cases=cases)


class FoundPosts:
    def __init__(self, posts: Iterable[Posted] = ()) -> None:
        """The newest of each key."""
        self._posts = {post.ts: post for post in posts}
        self.at = dict[str, str]()  # key, or name of several together → `ts`
        for ts in sorted(self._posts, key=float):
            self.at |= dict.fromkeys((self._posts[ts].first, *self._posts[ts].also), ts)

    def place_of(self, keys: Sequence[str]) -> str | None:
        """The `ts` of the post that was made with just these keys; of one key, by itself or with others."""
        if len(keys) > 1:
            return self.at.get(_all_of(keys))
        return self.at.get(keys[0]) or self.at.get(_shortened(keys[0]))

    def is_digest(self, ts: str) -> bool:
        """Of several cases, whichever of them was looked for."""
        return self._posts[ts].cases > 1


def _all_of(keys: Sequence[str]) -> str:
    return _shortened(" ".join(sorted(keys)))


def _shortened(key: str) -> str:
    return blake2b(key.encode(), digest_size=6).hexdigest()
