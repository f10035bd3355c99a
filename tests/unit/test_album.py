"""Each step of the stories in the browser has its place in the album of pictures, and each picture a caption."""

from scripts.pictures.album import ALBUM, OF_STEPS
from tests.browser.evening.verbs import STORIES


def test_each_step_of_a_story_is_named_or_left_out_of_the_album() -> None:
    assert {told: len(names) for told, names in OF_STEPS.items()} == {
        told: len(list(acts)) for told, acts in STORIES.items()
    }


def test_each_picture_of_a_step_has_a_caption() -> None:
    captions = {name for pictures in ALBUM.values() for name in pictures}
    assert {name for names in OF_STEPS.values() for name in names if name} <= captions
