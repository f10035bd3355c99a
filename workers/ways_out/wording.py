"""What leaves by SMS or e-mail: the line that a locked phone would show for the page, and why it comes this way.

It has a reference, an age, what to do and by when; no name, place or word that anybody typed, in either mode.
"""

from collections.abc import Sequence

from msgspec import Struct

from bot.domain.policy import Policy
from bot.views.blocks import MARKING
from bot.views.message import Renderer
from bot.views.wording import words
from workers.ways_out.leaving import Leaving

_NAMED = 40  # references in one message; the rest is counted
_WHY = {
    "slack": "Slack has not taken this page. Ring the control room",
    "silent": "Nobody has acknowledged it. Open Slack, or ring the control room",
    "nobody": "Nobody is on duty for it. Open Slack, or ring the control room",
}


class Text(Struct, frozen=True, kw_only=True):
    title: str
    body: str


def of(pages: Sequence[Leaving], renderer: Renderer, policy: Policy) -> Text:
    """One message for all of them. `pages` are of one role."""
    first = pages[0]
    refs = list(dict.fromkeys(page.case.ref for page in pages))
    named = f"{words.grade(first.case.running_grade)} {refs[0]}" if len(refs) == 1 else f"{len(refs)} cases"
    if len(refs) > policy.digest_over:
        cases = {page.case.ref: page.case for page in pages}
        said = [renderer.digest(list(cases.values()), first.role).text, _listed(refs)]
    else:
        said = [renderer.page(page.case, page.entries, page.role, page.lines).text for page in pages]
    why = " ".join(f"{_WHY[code]}." for code in dict.fromkeys(page.why for page in pages))
    body = "\n".join([*dict.fromkeys(said), why, MARKING])
    return Text(title=f"{words.sentence(words.ROLES[first.role])}: act on {named}", body=body)


def _listed(refs: Sequence[str]) -> str:
    more = len(refs) - _NAMED
    return ", ".join(refs[:_NAMED]) + (f", and {more} more" if more > 0 else "") + "."
