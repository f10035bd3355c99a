"""The twelve cases of `cases/`, replayed and audited at the end of each scenario; and the answers beside them."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.audit.case_audit import CaseAudit, audited
from bot.replay.engine import replay
from bot.replay.scenario import load
from bot.store.memory import MemoryStores

ANSWERS = sorted(Path(__file__).parent.glob("cases/*.audit.yaml"))


def expected(file: Path) -> dict[str, Any]:
    answer = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(answer, dict)
    return answer


@cache
def seen(file: Path) -> tuple[CaseAudit, datetime]:
    """The audit of that case at the end of its scenario, and when the scenario began."""
    scenario = load(file.with_name(file.name.replace(".audit", "")))
    stores = MemoryStores()
    replay(scenario, stores)
    ref = stores.cases.find_incident(scenario.only_ref)
    assert ref is not None
    return audited(stores.cases.entries(ref), scenario.policy, scenario.until), scenario.start
