import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Button, Message, Open, Rate, Role, Section
from bot.text.units import units
from bot.verdicts import Verdict
from handlers.telegram.render import MOST_UNITS, button_rows, letters
from tests.fakes.rules import problems

words = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)
lines = st.lists(words, min_size=1, max_size=4).map(tuple)
long_lines = st.lists(
    st.builds(lambda text, times: (text + " ") * times, words, st.integers(1, 400)), min_size=1, max_size=8
).map(tuple)


def messages(of: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[Message]:
    return st.builds(
        Message,
        lead=of,
        notice=st.none() | words,
        title=st.none() | st.text(alphabet="aệ<&>", min_size=1, max_size=10),
        details=st.lists(st.builds(Section, title=words, lines=of), max_size=3).map(tuple),
        footer=st.just(()) | lines,
        buttons=st.just((Button("Giấy tờ", Open("a", None, Role.FACET)),)),
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


@given(messages(lines) | messages(long_lines))
def test_every_letter_is_whole_html_of_at_most_one_message(message: Message) -> None:
    for letter in letters(message):
        parser = Balance()
        parser.feed(letter.html)
        parser.close()
        assert parser.open == []
        assert units(letter.plain) <= MOST_UNITS
        shown = unescape(re.sub(r"<[^>]*>", "", letter.html))
        assert units(shown) <= MOST_UNITS
        if letter.plain.strip():
            values = {"chat_id": "7", "text": letter.html, "parse_mode": "HTML"}
            assert problems("sendMessage", values) == []


@given(messages(long_lines))
def test_splitting_loses_no_word_and_keeps_their_order(message: Message) -> None:
    whole = [message.announced or "", message.title or "", *message.lead]
    for section in message.details:
        whole += [section.title, *section.lines]
    whole += message.footer
    told = " ".join(letter.plain for letter in letters(message))
    assert "".join(told.split()) == "".join("".join(whole).split())


@given(messages(long_lines))
def test_the_buttons_are_under_the_last_letter_only(message: Message) -> None:
    parts = letters(message)
    assert [bool(part.rows) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_a_text_of_exactly_the_limit_is_one_letter_and_one_more_is_two() -> None:
    assert len(letters(Message(lead=("ệ" * (MOST_UNITS - 1),)))) == 1
    assert len(letters(Message(lead=("ệ" * (MOST_UNITS + 1),)))) == 2
    assert len(letters(Message(lead=("😀" * (MOST_UNITS // 2 + 1),)))) == 2


def test_never_cuts_a_character_of_two_units() -> None:
    for letter in letters(Message(lead=("a" + "😀" * MOST_UNITS,))):
        assert set(letter.plain) <= {"a", "😀"}


def test_escapes_knowledge_text() -> None:
    (letter,) = letters(Message(lead=("a < b & c",), title="<i>"))
    assert letter.html == "<b>&lt;i&gt;</b>\na &lt; b &amp; c"
    assert letter.plain == "<i>\na < b & c"


def test_a_notice_stands_above_the_title_in_a_paragraph_of_its_own() -> None:
    (letter,) = letters(Message(lead=("x",), title="Khai sinh", notice="Nghỉ <28/11> & 29/11."))
    assert letter.html == "📢 Nghỉ &lt;28/11&gt; &amp; 29/11.\n\n<b>Khai sinh</b>\nx"
    assert letter.plain == "📢 Nghỉ <28/11> & 29/11.\n\nKhai sinh\nx"


def test_short_buttons_share_a_row_long_ones_do_not_and_ratings_stand_apart() -> None:
    texts = ["Giấy tờ", "Lệ phí", "Thời gian", "Đăng ký khai sinh quá hạn", "Nộp ở đâu"]
    buttons = [Button(text, Open("a", None, Role.FAMILY)) for text in texts]
    buttons += [Button("👍", Rate("a", None, Verdict.GOOD)), Button("👎", Rate("a", None, Verdict.BAD))]
    assert [[text for text, _ in row] for row in button_rows(buttons)] == [
        ["Giấy tờ", "Lệ phí"], ["Thời gian"], ["Đăng ký khai sinh quá hạn"], ["Nộp ở đâu"], ["👍", "👎"]
    ]  # fmt: skip


def test_no_buttons_no_keyboard() -> None:
    assert letters(Message(lead=("x",)))[0].markup() is None
