"""A story in which a role changes hands, played by real processes and told in the terminal."""

from pathlib import Path

import pytest

from tests.demo.test_demo import demo

pytestmark = pytest.mark.slow

FAST = "600"  # time stands while somebody acts: nobody is too slow for it
STORY = """
id: D02
start: 2026-03-02T13:40:00+00:00
people: {cal: [control_room], fay: [fim], sam: [supervisor], kim: [officer]}
steps:
  - {at: 1m, by: sam, offer_handover: {role: fim, to: kim}}
  - {at: 2m, by: fay, offer_handover: {role: fim, to: kim}}
  - {at: 4m, by: kim, accept_handover: {role: fim}}
  - at: 5m
    by: cal
    report:
      child: {name: Abi Wood, age: 16}
      category: missing
      why_worried: She was put into a car
      reporter: {name: Zoe Wood, relationship: sister, phone: 07700 900030}
      markers: {abduction: yes}
  - {at: 7m, by: kim, acknowledge: {}}
expect:
  - refused: {step: 1, because: not-permitted}
until: 8m
"""


def test_it_is_offered_accepted_and_the_pages_go_to_who_took_it(tmp_path: Path) -> None:
    story = tmp_path / "story.yaml"
    story.write_text(STORY)
    with demo("--until-end", "--speed", FAST, "--story", str(story)) as (process, _):
        told, _ = process.communicate(timeout=180)
    assert process.returncode == 0
    in_order = [
        "Sam Doyle (supervisor) could not: the form is another: Hand over supervisor",
        "Fay Marsh (FIM) offers the role of FIM to Kim Rudd: handed over once Kim Rudd accepts",
        "Kim Rudd (officer) accepts the role of FIM, and says back what comes first",
        "@Kim Rudd May be abducted.",
        "Kim Rudd is aware",
    ]
    places = [told.find(words) for words in in_order]
    assert -1 not in places, f"not told: {in_order[places.index(-1)]}\n{told}"
    assert places == sorted(places)
    assert "to Kim Rudd\n         Hand-over " in told, "a direct message is told by whom it is for"
