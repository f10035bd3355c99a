"""How it asks: in the caller's words as they stand, each risk once, and not where the clause says that it is not so."""

import pytest
from msgspec.structs import replace

from bot.files.risk_words_file import shipped
from bot.risk_words import Ask, RiskWords, Written


def asks(text: str) -> list[Ask]:
    return shipped().asks(text)


def test_the_words_are_quoted_as_they_stand() -> None:
    assert asks("He said: she wants to KILL  Herself, tonight") == [Ask("suicidal_today", "KILL  Herself")]


def test_each_risk_asks_once_by_its_first_words_in_the_order_of_the_text() -> None:
    found = asks(
        "Hasn't got her insulin. She says she'll kill herself. He's suicidal too. No insulin at home."
    )
    markers = [ask.marker for ask in found]
    assert markers.count("medication") == markers.count("suicidal_today") == 1
    assert markers.index("medication") < markers.index("suicidal_today")
    assert found[-1].words == "kill herself"


@pytest.mark.parametrize(
    "text",
    [
        "she's not answering and wants to die",
        "not answering she said she wants to die",
        "she doesn't want to live",
        "I don't know if she wants to die",
        "no answer on her phone, wants to die",
        "She's never said no to me but she wants to die",
        "DOESN’T WANT TO LIVE ANY MORE",
        "doesnt want to be here any more",
        "wants   to\u200b die",
    ],
)
def test_a_negation_reaches_no_further_than_its_clause(text: str) -> None:
    assert "suicidal_today" in {ask.marker for ask in asks(text)}


@pytest.mark.parametrize(
    "text",
    [
        "has never said she would kill herself",
        "no thoughts of suicide, self harm or overdose",
        "never self-harmed, or talked about suicide",
        "denies being suicidal",
        "Suicidal: no",
        "Self-harm - none",
        "suicidal? no",
        "Is she suicidal, no, no",
        "They asked me if she self harms and I said no",
        "her mum is suicidal",
        "his dad killed himself",
        "her friend's older brother killed himself",
        "It's not like her to talk of dying",
    ],
)
def test_what_is_said_not_to_be_so_or_of_somebody_else_asks_nothing(text: str) -> None:
    assert asks(text) == []


@pytest.mark.parametrize(
    "text",
    ["hasn't got her insulin", "no inhaler with him", "she's without her medication", "not had his meds"],
)
def test_a_medicine_that_is_not_there_is_a_risk(text: str) -> None:
    assert "medication" in {ask.marker for ask in asks(text)}


@pytest.mark.parametrize("text", ["takes no medication", "her mum is on insulin", "I am diabetic myself"])
def test_a_medicine_that_is_not_needed_is_none(text: str) -> None:
    assert asks(text) == []


@pytest.mark.parametrize(
    "typed", ["self harm", "selfharm", "self-harm", "SELF‑HARM", "self harming", "Self-harmed"]
)
def test_hyphens_gaps_and_capitals_do_not_matter(typed: str) -> None:
    assert [ask.marker for ask in asks(f"She {typed} last week")] == ["self_harm"]


@pytest.mark.parametrize(
    ("typed", "marker"),
    [("sucidal", "suicidal_today"), ("medciation", "medication"), ("epilespy", "medical")],
)
def test_a_slip_of_the_keys_is_read(typed: str, marker: str) -> None:
    assert marker in {ask.marker for ask in asks(f"he is {typed}")} | {
        ask.marker for ask in asks(f"on {typed}")
    }


def markers_of(text: str) -> set[str]:
    return {ask.marker for ask in asks(text)}


@pytest.mark.parametrize(
    "text", ["curfew", "Gifts, older man", "possible drug debt", "upset; second phone; cash"]
)
def test_a_note_of_a_word_or_two_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["her curfew is nine", "he paid cash at the shop"])
def test_the_words_of_a_note_within_a_sentence_ask_nothing(text: str) -> None:
    assert asks(text) == []


@pytest.mark.parametrize("text", ["his arms are slashed to bits", "slashes right down both of his arms"])
def test_two_things_said_near_each_other_ask_in_either_order(text: str) -> None:
    assert "self_harm" in markers_of(text)


@pytest.mark.parametrize(
    "text", ["my asthma is playing up", "his best friend self-harms", "my insulin is in the fridge"]
)
def test_what_the_caller_or_a_friend_has_asks_nothing(text: str) -> None:
    assert asks(text) == []


def test_the_callers_child_is_no_caller() -> None:
    assert "medical" in markers_of("my diabetic son has gone")


@pytest.mark.parametrize(
    ("words", "marker"),
    [
        ("wants to end it", "suicidal_today"),
        ("insulin", "medication"),
        ("older man", "cse"),
        ("county lines", "cce"),
        ("knife", "serious_violence"),
    ],
)
def test_a_bare_phrase_asks(words: str, marker: str) -> None:
    assert marker in markers_of(words)


@pytest.mark.parametrize(
    "text",
    [
        "a knife, fork and spoon",
        "He took a knife, fork, and a plate for camp",
        "her coat, her hat, keys, a bottle",
        "his bat, pads and gloves",
    ],
)
def test_a_list_of_things_of_every_day_asks_nothing(text: str) -> None:
    assert asks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        ", a knife, a balaclava",
        "a knife, his phone and a balaclava",
        "took his coat, she wants to die",
        "gifts, hotels, older man",
    ],
)
def test_a_list_hides_no_risk(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "delicious home cooking",
        "he has gone camping",
        "she was relieved",
        "they are clever",
        "attached to her gran",
        "clothing",
    ],
)
def test_a_word_of_every_day_is_no_slip_of_a_risk_word(text: str) -> None:
    assert asks(text) == []


def written(**lines: list[str]) -> Written:
    """A file of these lines and no more."""
    return Written(
        same={"will": "wo"},
        leave=[],
        classes={name: ["mum"] for name in ("lead", "tail", "kin", "sibling", "child_word")},
        governs=["not"],
        governs_not=["not sure"],
        ends=["and"],
        subjects=["she"],
        tells=["say"],
        third=["is"],
        beside=[],
        ordinary=lines.get("ordinary", ["whatever it may be"]),
        everyday=["coat"],
        asks={"self_harm": lines["asks"]},
        stands={},
        alone={},
    )


@pytest.mark.parametrize("text", ["he cuts", "he is cutting", "he cut"])
def test_a_form_of_its_own_in_one_line_takes_it_from_no_other(text: str) -> None:
    assert RiskWords(written(asks=["cut", "=cuts (arm|leg)"])).asks(text)


def test_a_form_of_its_own_is_found_in_no_other() -> None:
    only = RiskWords(written(asks=["=cutting"]))
    assert only.asks("he is cutting") and not only.asks("he cuts his hair")


@pytest.mark.parametrize(
    "text",
    [
        "He had asthma as a toddler",
        "She had asthma when she was little but she grew out of it",
        "taken to hospital as a baby with croup, nothing since",
        "They are learning about the slave trade",
        "he gets kidnapped in the school play",
        "his favourite game has guns in it",
        "she left school early for the dentist, I signed her out",
        "Her dad left home years ago",
        "The dog ran off in the woods",
        "The inhaler in the bag is her sister's, not hers",
        "He's got a set of knives for his food tech lesson",
        "There was a stabbing on the news",
    ],
)
def test_what_is_over_or_made_up_or_was_allowed_or_others_did_asks_nothing(text: str) -> None:
    assert asks(text) == []


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("He had asthma as a toddler and has epilepsy", "medical"),
        ("She had asthma when she was little and still has it", "medical"),
        ("diagnosed with epilepsy when she was four", "medical"),
        ("left school for the dentist and he's got a knife", "serious_violence"),
        ("he was watching a film and then took a knife out", "serious_violence"),
        ("gave her dad the slip", "adverse_event"),
        ("She wants to kill herself, no, she said it to her friend", "suicidal_today"),
        ("Has she got her inhaler, no", "medication"),
        ("He's been stabbed, not his first time", "serious_violence"),
        ("A woman collected him saying she was his aunt, she isn't", "abduction"),
        ("He walked out of lesson without anyone signing him out", "adverse_event"),
        ("She left school early. I signed her out last week", "adverse_event"),
    ],
)
def test_what_takes_a_phrase_back_reaches_no_further_than_its_own_part(text: str, marker: str) -> None:
    assert marker in markers_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "a knife missing from the kitchen drawer",
        "a hotel with older men and her family",
        "knife at his neck, fork",
    ],
)
def test_an_ordinary_expression_hides_no_risk_in_its_gaps_or_beside_it(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("typed", ["he won't eat", "he will not eat", "he won’t eat"])
def test_a_phrase_may_be_written_as_it_is_said(typed: str) -> None:
    assert RiskWords(written(asks=["won't eat"])).asks(typed)


def test_what_is_said_in_two_clauses_of_one_sentence_asks_and_in_two_sentences_not() -> None:
    wide = RiskWords(written(asks=["boyfriend & thirties"]))
    assert wide.asks("her boyfriend picks her up, he is in his thirties")
    assert not wide.asks("her boyfriend picks her up. Her mum is in her thirties")


def test_a_form_of_an_irregular_word_is_one_of_its_own_too() -> None:
    gone = RiskWords(replace(written(asks=["=gone home"]), same={"go": "went gone", "will": "wo"}))
    assert gone.asks("he has gone home") and not gone.asks("he went home")
