"""How long a person waits for each surface while 500 cases are open: home per role, list, board, open case.

    .venv/bin/python -m benchmarks.many_open_cases [OPEN] [SAMPLES]

In one process: reading the record (a real server, beside it) and drawing. In Slack: from the press to the sight of it,
with the whole installation on this machine and the local Slack. Prints the sample size, median and slowest, the slowest
as a share of the second that a person is promised, and the size of each payload.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from benchmarks.installation import Installation, running
from bot.domain.people import Actor, Role
from bot.views import limits
from bot.views.lists.home_page import home
from bot.views.lists.listing import Shown, listing
from bot.views.lists.wall_board import board

PROMISED = 1.0  # seconds


def main(how_many: int, samples: int) -> None:
    with running(rate_limits=False) as ours:
        told = ours.now() - timedelta(minutes=12)
        for number in range(how_many):
            ours.report(told + timedelta(seconds=number))
        print(f"{how_many} open cases, {samples} samples of each")
        _in_one_process(ours, samples)
        _in_slack(ours, samples)


def _in_one_process(ours: Installation, samples: int) -> None:
    bot = ours.bot
    bot.watchdog.look()

    def drawn(role: Role) -> int:
        viewer = Actor(id="somebody", roles=frozenset({role}))
        screen, pulse = bot.setting.at(ours.now()), bot.watchdog.pulse()
        view = home(bot.book.look(), viewer, Shown(), pulse, screen, first_run=True).view
        return limits.size(view["blocks"])

    def posted() -> int:
        screen = bot.setting.at(ours.now())
        return limits.size(board(bot.book.look(), bot.watchdog.pulse(), screen).message.blocks)

    def listed() -> int:
        screen = bot.setting.at(ours.now())
        return limits.size(listing(bot.book.look(), "somebody", Shown(), screen).blocks)

    _measured("looking alone", lambda: len(bot.book.look().outlines) and 0, samples)
    for role in (Role.FIM, Role.SUPERVISOR, Role.OFFICER, Role.CONTROL_ROOM, Role.DUTY_INSPECTOR):
        _measured(f"home, {role.value}", partial(drawn, role), samples)
    _measured("list", listed, samples)
    _measured("board", posted, samples)


def _in_slack(ours: Installation, samples: int) -> None:
    workspace = ours.workspace
    fay, control = workspace.person("fay"), "missing-cases"

    def opened() -> int:
        before = len(workspace.calls("views.publish"))
        fay.open_home()
        workspace.wait_for(lambda: len(workspace.calls("views.publish")) > before, "the home page")
        return 0

    def typed(words: str) -> int:
        assert fay.type(f"/missing {words}", control).acked
        return 0

    def case() -> int:
        page = fay.home
        assert page is not None, "opened above"
        rows = [block for block in page.blocks if block.get("accessory", {}).get("action_id") == "open_case"]
        fay.click("open_case", home=True, block_id=rows[0]["block_id"])
        workspace.wait_for(lambda: fay.modal, "the open case")
        fay.close()
        return 0

    _measured("in Slack: home", opened, samples)
    _measured("in Slack: /missing list", lambda: typed("list"), samples)
    _measured("in Slack: /missing mine", lambda: typed("mine"), samples)
    _measured("in Slack: open case from home", case, samples)


def _measured(what: str, surface: Callable[[], int], samples: int) -> None:
    seconds, size = [], 0
    for _ in range(samples):
        began = time.perf_counter()
        size = surface()
        seconds.append(time.perf_counter() - began)
    median, slowest = statistics.median(seconds) * 1000, max(seconds) * 1000
    takes = f"; {size:,} characters" if size else ""
    share = slowest / PROMISED / 1000
    print(
        f"{what:32} median {median:5.0f} ms, slowest {slowest:5.0f} ms, {share:.2f} of the second{takes}",
        flush=True,
    )


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(given[0] if given else 500, given[1] if len(given) > 1 else 30)
