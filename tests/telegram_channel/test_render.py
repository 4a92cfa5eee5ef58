from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Button, Message, Role, Section
from handlers.telegram.render import html, keyboard

lines = st.lists(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    min_size=1,
    max_size=4,
).map(tuple)
messages = st.builds(
    Message,
    lead=lines,
    title=st.none() | st.text(min_size=1, max_size=10),
    details=st.lists(st.builds(Section, title=st.text(max_size=10), lines=lines), max_size=3).map(tuple),
    footer=st.just(()) | lines,
)


class Balance(HTMLParser):
    """Which tags are open; fails on a stray end tag or a tag Telegram does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in {"b", "i", "blockquote"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(messages)
def test_every_message_is_whole_html(message: Message) -> None:
    parser = Balance()
    parser.feed(html(message))
    parser.close()
    assert parser.open == []


def test_escapes_knowledge_text() -> None:
    assert html(Message(lead=("a < b & c",), title="<i>")) == "<b>&lt;i&gt;</b>\na &lt; b &amp; c"


def test_short_buttons_share_a_row_and_long_ones_do_not() -> None:
    texts = ["Giấy tờ", "Lệ phí", "Thời gian", "Đăng ký khai sinh quá hạn", "Nộp ở đâu"]
    buttons = tuple(Button(text, "a", None, Role.FAMILY) for text in texts)
    markup = keyboard(Message(lead=("x",), buttons=buttons))
    assert markup is not None
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [
        ["Giấy tờ", "Lệ phí"], ["Thời gian"], ["Đăng ký khai sinh quá hạn"], ["Nộp ở đâu"]
    ]  # fmt: skip


def test_no_buttons_no_keyboard() -> None:
    assert keyboard(Message(lead=("x",))) is None
