"""A case's evening on one time axis: what is told, where it stands, and that no words run into each other."""

import unicodedata
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import combinations
from zoneinfo import ZoneInfo

import fontpkg
import pytest
from PIL import Image, ImageDraw, ImageFont

from bot.domain.commands import Accept, Assign, FinishEnquiry, SetEnquiry, Take
from bot.views.lettering import drawable
from bot.views.timeline_picture.drawing import Layout, PlacedWords, draw, layout
from bot.views.timeline_picture.spans import Kind, Lane, Span, Story, story
from tests.unit.views.busy import busy
from tests.unit.views.story import Told, rowan
from tests.world import TOLD, minutes

LONDON = ZoneInfo("Europe/London")
SENTINEL = "Zebedee"


def width(says: str) -> float:
    return 10.0 * len(says)


def of(told: Told) -> Story:
    return story(told.case(), told.record, told.screen)


def drawn(told: Story) -> Layout:
    return layout(told, LONDON, width)


def lane(told: Story, title: str) -> Lane:
    return next(each for each in told.lanes if each.title.startswith(title))


def evening() -> Told:
    told = rowan()
    told.until(10)
    told.do(12, "sam", Assign(to="ola"))
    told.do(15, "ola", Accept())
    told.do(20, "sam", SetEnquiry(id="e1", text="CCTV", owner="ola", due_at=TOLD + minutes(40)))
    told.until(50)
    return told


def test_the_owner_is_nobody_until_somebody_accepts() -> None:
    assert lane(of(evening()), "Owner").fact == "Owner: no owner from 13:40; Ola Brandt from 13:55."


def test_every_page_is_a_mark_in_the_lane_of_its_role() -> None:
    told = rowan()
    told.until(11)
    assert lane(of(told), "FIM paged").fact == "FIM paged: 13:41, 13:45."


def test_an_enquiry_is_late_from_its_due_time_until_it_is_done() -> None:
    told = evening()
    assert lane(of(told), "Enquiry 1").fact == "Enquiry 1: Ola Brandt, set 14:00, due 14:20, LATE."
    told.do(55, "ola", FinishEnquiry(id="e1", result="Nothing seen"))
    (span,) = lane(of(told), "Enquiry 1").spans
    assert (span.says, span.kind) == ("Ola Brandt, due 14:20, DONE LATE 14:35", Kind.LATE)


def test_a_long_word_in_a_short_time_gives_way_to_a_short_one() -> None:
    start = datetime(2026, 3, 2, 13, 40, tzinfo=UTC)
    spans = tuple(
        Span(
            start=start + minutes(10 * n),
            end=start + minutes(10 * n + 10),
            says=says,
            kind=Kind.PLAIN,
            short="x",
        )
        for n, says in enumerate(["a" * 80, "b" * 80, "c"])
    )
    told = Story(
        title="T",
        during="D",
        start=start,
        end=start + minutes(30),
        lanes=(Lane(title="Case", spans=spans, fact=""),),
    )
    assert [word.says for word in drawn(told).words if word.on] == ["x", "x", "c"]


@pytest.mark.parametrize("hours", [0.1, 1, 8, 30, 24 * 40])
def test_no_words_overlap_however_long_it_is(hours: float) -> None:
    told = busy("x", full=True)
    told.until(100 + hours * 60)
    placed = drawn(of(told))
    assert [pair for pair in combinations(placed.words, 2) if overlap(*pair)] == []
    assert all(word.x >= 0 and word.x + width(word.says) <= placed.width for word in placed.words)


def overlap(one: PlacedWords, two: PlacedWords) -> bool:
    if abs(one.y - two.y) > 12:
        return False
    return one.x < two.x + width(two.says) and two.x < one.x + width(one.says)


def test_the_first_time_and_each_new_day_have_their_date() -> None:
    start = datetime(2026, 3, 2, 21, 40, tzinfo=UTC)
    told = Story(title="T", during="D", start=start, end=start + timedelta(hours=5), lanes=())
    said = [word.says for word in drawn(told).words]
    assert said == ["2 Mar 22:00", "23:00", "3 Mar 00:00", "01:00", "02:00"]


@pytest.mark.parametrize("full", [True, False])
def test_nobodys_words_and_no_childs_name_are_in_it_in_any_mode(full: bool) -> None:
    told = of(busy(SENTINEL, full=full))
    shown = [*told.facts, *(word.says for word in drawn(told).words)]
    assert [each for each in shown if SENTINEL in each] == []


def test_it_is_a_picture_at_once_wide_and_small() -> None:
    told = rowan()
    told.do(5, "ola", Take())
    png = draw(of(told), LONDON)
    with Image.open(BytesIO(png)) as image:
        assert (image.format, image.width) == ("PNG", 1280)
    assert len(png) < 400_000


@pytest.mark.parametrize(
    "name",
    [
        "Michał Głowacki",
        "Zoë Siân D’Souza–Ñandú £",
        "Ľubica Ďurčová, Őze Ţîrcă",
        "Þóra Guðrún Ærø, Đorđe",
        "Işıl Şahin Əliyev",
        "Nguyễn Thị Ánh",
        "Ελένη Παπαδοπούλου",
        "Наталія Ґудзь, Ђорђе Љубић",
        "Zoe\u0308 Gl\u0328",  # accents that were typed apart
    ],
)
def test_every_letter_of_a_name_is_drawn_and_none_is_a_box(name: str) -> None:
    assert drawable(name) == unicodedata.normalize("NFC", name)
    assert not any(is_box(letter) for letter in unicodedata.normalize("NFC", name))


@pytest.mark.parametrize("name", ["محمد علي", "林小明", "עברית", "ქართული ენა"])
def test_a_name_that_cannot_be_drawn_is_said_to_be_in_the_text(name: str) -> None:
    assert all(is_box(letter) for letter in name if letter != " ")
    assert drawable(f"owner {name} 13:40") == "owner (see text) 13:40"
    span = Span(start=TOLD, end=TOLD + minutes(30), says=name, kind=Kind.GOOD)
    told = Story(
        title="Timeline",
        during="a while",
        start=TOLD,
        end=TOLD + minutes(30),
        lanes=(Lane(title="Owner", spans=(span,), fact=f"Owner: {name} from 13:40."),),
    )
    assert name in str(told.facts)
    with Image.open(BytesIO(draw(told, LONDON))) as picture:
        assert picture.width > 0


def is_box(letter: str) -> bool:
    """Whether the font draws for it what it draws for everything that it lacks."""
    font = ImageFont.truetype(fontpkg.path("Noto Sans"), 60)
    pictures = []
    for each in (letter, "\U000fffff"):
        image = Image.new("L", (160, 160))
        ImageDraw.Draw(image).text((20, 20), each, fill=255, font=font)
        pictures.append(image.tobytes())
    return pictures[0] == pictures[1]
