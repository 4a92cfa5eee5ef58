import pytest

from bot.answering import Composer, Explain
from bot.answering.glossary import Glossary
from bot.assistant import Assistant
from bot.knowledge import Knowledge
from bot.knowledge.language import Term
from bot.outcomes import Outcome
from tests.conftest import NOW

TERMS = (
    Term(term="trích lục", means="giấy ghi lại"),
    Term(term="trích lục khai tử", means="giấy ghi việc khai tử", also=("giấy khai tử",)),
    Term(term="AI", means="máy"),
    Term(term="UBND", instead="Ủy ban nhân dân"),
)


def glossary(knowledge: Knowledge, terms: tuple[Term, ...] = TERMS) -> Glossary:
    language = knowledge.language.model_copy(update={"terms": terms})
    return Glossary(
        Knowledge.of(knowledge.ward, knowledge.calendar, knowledge.entries.values(), language, "x")
    )


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Nộp Trích lục khai tử.", ["trích lục khai tử"]),
        ("Nộp trích lục.", ["trích lục"]),
        ("Trích lục; rồi trích lục khai tử, trích lục.", ["trích lục", "trích lục khai tử"]),
        ("Không ai phải nộp gì.", []),
        ("Camera AI của phường.", ["AI"]),
        ("UBND phường", []),
        ("giấy khai tử", []),
    ],
)
def test_finds_what_stands_there(knowledge: Knowledge, text: str, explained: list[str]) -> None:
    assert [term.term for term in glossary(knowledge).in_texts([text])] == explained


def test_without_terms_nothing_is_explained(knowledge: Knowledge) -> None:
    assert glossary(knowledge, ()).in_texts(["trích lục", ""]) == []


def test_an_answer_explains_its_hard_words_on_a_tap(assistant: Assistant, knowledge: Knowledge) -> None:
    entry = knowledge.entries["ghi-chu-ket-hon-nuoc-ngoai"]
    buttons = Composer(knowledge, lambda: NOW).entry(entry, None).buttons
    (action,) = [button.action for button in buttons if isinstance(button.action, Explain)]
    answer = assistant.act(action)
    assert answer.outcome is Outcome.CHOSEN
    assert any(line.startswith("• hợp pháp hóa lãnh sự: ") for line in answer.message.lead)
    assert [offer.entry for offer in answer.message.offers] == [entry.id]


def test_the_tap_explains_every_answer_that_offers_it(assistant: Assistant, knowledge: Knowledge) -> None:
    composer = Composer(knowledge, lambda: NOW)
    offered = 0
    for entry in knowledge.entries.values():
        if any(isinstance(button.action, Explain) for button in composer.entry(entry, None).buttons):
            offered += 1
            assert assistant.explain(entry.id).message.lead
    assert offered > 200


def test_a_tap_on_words_of_an_entry_that_is_gone_says_so(assistant: Assistant) -> None:
    assert assistant.explain("khong-co").outcome is Outcome.UNSUPPORTED


@pytest.mark.parametrize(
    "question",
    ["trích lục là gì", "trich luc la chi", "Trích lục nghĩa là răng rứa", "giải thích giúp từ trích lục"],
)
def test_a_term_is_explained_when_asked(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.message.lead[0].startswith("Trích lục hộ tịch: giấy phường cấp")
    assert any(line.startswith("Nguồn: ") for line in answer.message.footer)


def test_two_terms_are_compared(assistant: Assistant) -> None:
    lead = assistant.ask("thường trú khác tạm trú chỗ nào").message.lead
    assert sum(line.startswith(("Thường trú", "Tạm trú")) for line in lead) == 2


def test_plain_words_are_not_given_out_as_law(assistant: Assistant) -> None:
    footer = assistant.ask("QR là gì").message.footer
    assert "không phải định nghĩa của luật" in footer[0]


def test_every_term_is_answered_when_asked_and_leads_to_what_is_there(
    assistant: Assistant, knowledge: Knowledge
) -> None:
    terms = knowledge.language.terms
    assert sum(term.means is not None for term in terms) > 120
    for term in terms:
        assert all(knowledge.find(id_) is not None for id_ in term.see), term.term
        for name in term.names:
            if name == "SOS":
                continue  # a cry for help comes first
            answer = assistant.ask(f"{name} là gì")
            assert answer.outcome is Outcome.ANSWERED, name
            assert term.means is None or term.means in answer.message.lead[0], name
