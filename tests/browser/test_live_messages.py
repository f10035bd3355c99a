"""Messages that come and change while people look: only what differs is drawn, and the focus is kept."""

from playwright.sync_api import expect
from slack_sdk import WebClient

from tests.browser.conftest import Opening
from tests.sandbox.lunch import button

MANY = 400
COUNT_REDRAWN = """() => {
  window.redrawn = new Set();
  const note = (changes) => changes.forEach((each) => {
    const row = each.target.parentElement?.closest?.('li.message') ?? each.target.closest?.('li.message');
    if (row) window.redrawn.add(row.dataset.ts);
  });
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(note).observe(document.querySelector('.messages'), all);
}"""


def offer(*buttons: str) -> list[dict[str, object]]:
    return [
        {"type": "actions", "block_id": "do", "elements": [button(each, each.title()) for each in buttons]}
    ]


def test_one_edit_among_hundreds_redraws_one_message(client: WebClient, opened: Opening) -> None:
    posted = [client.chat_postMessage(channel="kitchen", text=f"order {number:03}") for number in range(MANY)]
    ada = opened("ada")
    expect(ada.page.locator("li.message")).to_have_count(MANY)
    ada.page.evaluate(COUNT_REDRAWN)

    third = posted[2]
    client.chat_update(channel=str(third["channel"]), ts=str(third["ts"]), text="order gone")

    expect(ada.message("order gone")).to_contain_text("(edited)")
    assert ada.page.evaluate("[...window.redrawn]") == [third["ts"]]


def test_the_focus_stays_on_a_button_while_its_message_changes(client: WebClient, opened: Opening) -> None:
    card = client.chat_postMessage(channel="kitchen", text="Card", blocks=offer("accept", "decline"))
    ada = opened("ada")
    ada.button("Decline").focus()
    where = {"channel": str(card["channel"]), "ts": str(card["ts"])}

    client.chat_update(**where, text="Card", blocks=offer("later", "accept", "decline"))
    expect(ada.button("Later")).to_be_visible()
    expect(ada.button("Decline")).to_be_focused()

    client.chat_update(**where, text="Card", blocks=offer("later"))
    expect(ada.button("Decline")).to_have_count(0)
    expect(ada.page.locator("li.message")).to_be_focused()  # not the top of the page


def test_what_is_half_written_stays_when_messages_come(client: WebClient, opened: Opening) -> None:
    ada = opened("ada")
    ada.composer.fill("I was about to")
    client.chat_postMessage(channel="kitchen", text="Hello.")
    expect(ada.message("Hello.")).to_be_visible()
    expect(ada.composer).to_have_value("I was about to")
    expect(ada.composer).to_be_focused()


def test_the_list_stays_at_its_end_until_its_reader_looks_back(client: WebClient, opened: Opening) -> None:
    for number in range(40):
        client.chat_postMessage(channel="kitchen", text=f"order {number:03}")
    ada = opened("ada")
    expect(ada.message("order 039")).to_be_in_viewport()
    client.chat_postMessage(channel="kitchen", text="order 040")
    expect(ada.message("order 040")).to_be_in_viewport()

    ada.message("order 003").scroll_into_view_if_needed()
    expect(ada.message("order 040")).not_to_be_in_viewport()
    client.chat_postMessage(channel="kitchen", text="order 041")
    expect(ada.message("order 041")).to_be_attached()
    expect(ada.message("order 003")).to_be_in_viewport()


def test_a_screen_reader_is_told_of_what_came(client: WebClient, opened: Opening) -> None:
    ada = opened("ada")
    expect(ada.composer).to_be_visible()
    client.chat_postMessage(channel="kitchen", text="Soup is ready, <@U000000001>.")
    expect(ada.page.locator("[aria-live=polite]").first).to_contain_text("Lunch: Soup is ready")


def test_the_page_says_when_the_workspace_is_gone_and_comes_back(opened: Opening) -> None:
    ada = opened("ada")
    ada.page.route("**/_control/screen*", lambda route: route.abort())
    ada.say("Is anybody there?")
    expect(ada.page.locator(".toasts")).to_contain_text("does not answer")
    ada.page.unroute("**/_control/screen*")
    expect(ada.message("Is anybody there?")).to_be_visible()
    expect(ada.page.locator(".toasts")).not_to_contain_text("does not answer")
