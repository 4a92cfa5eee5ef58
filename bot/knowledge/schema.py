"""The JSON schema of the knowledge files: completion and help in an editor, made from the models."""

import json
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from bot.knowledge.calendar import Calendar
from bot.knowledge.dated import DatedText
from bot.knowledge.entries import Elsewhere, Information, PersonalFile, Procedure, Result, Unpublished, Ward
from bot.knowledge.phrasings import AskedFor, Background, Further
from bot.knowledge.problems import FIELD_ADVICE
from bot.knowledge.review.provenance import FiguresRead

AnyEntry = Annotated[
    Procedure | Result | Information | Elsewhere | Unpublished | PersonalFile, Field(discriminator="kind")
]
LINE = DatedText.__name__
ALWAYS_LISTS = frozenset({"phrasings", "questions", "also", "together", "nearest", "examples", "fields"})
HELP = {
    **{field: advice[0].upper() + advice[1:] + "." for field, advice in FIELD_ADVICE.items()},
    "also": "Mã cũ của cùng việc này, để đường dẫn cũ vẫn mở được.",
    "city": "Tên thành phố.",
    "code": "Mã thủ tục quốc gia trên dichvucong.gov.vn, hoặc mã mẫu đơn; không biết thì bỏ dòng này.",
    "confidence": "Mức tin cậy của cả mục, chỉ cán bộ thấy: high (cao), medium (vừa), low (thấp).",
    "date": "Ngày của nguồn, ví dụ: 07/2026 hoặc hiệu lực 01/7/2026.",
    "entry": "Mã của mục mà các dòng dưới thuộc về.",
    "examples": "Câu hỏi ví dụ máy gợi ý cho người dân.",
    "family": "Mã của trường hợp thông thường mà mục này là một trường hợp riêng.",
    "fee": "Lệ phí; dòng đầu là câu trả lời ngắn. Chưa biết mức thì nói rõ và ghi fee vào unverified.",
    "fields": "Những phần đọc được ở nguồn này, ví dụ: [documents, time].",
    "figures": "Con số, ngày, mã, số hiệu văn bản đã đọc được, theo từng phần của mục.",
    "forms": "Mẫu người dân phải điền; chỉ ghi mã và đường dẫn khi biết chắc.",
    "hotlines": "Tổng đài đã công bố, hiện khi máy không trả lời được.",
    "hours": "Mã của mục giờ làm việc.",
    "nearest": "Mã các mục gần nhất đã công bố, máy đưa ra thay thế.",
    "note": "Một câu nói rõ khi không có danh sách giấy tờ.",
    "notes": "Điều kiện dài, ngoại lệ, mẹo; mỗi dòng một ý.",
    "number": "Số điện thoại đã công bố.",
    "online": "Có nộp qua mạng được không, ở đâu.",
    "period": "Thời kỳ của số liệu.",
    "portal": "Địa chỉ cổng dịch vụ công.",
    "qualifier": "Cách nói số liệu đã công bố: ước đạt, hơn, khoảng.",
    "reception": "Nơi tiếp nhận hồ sơ của phường.",
    "result": "Giấy tờ hoặc quyết định người dân nhận được.",
    "show": "Giấy tờ chỉ cần cho xem.",
    "steps": "Các bước, mỗi dòng một bước.",
    "source": "Đọc được ở đâu: văn bản, điều khoản.",
    "submit": "Giấy tờ phải nộp.",
    "summary": "Một câu nói việc này là gì, hiện đầu câu trả lời.",
    "time": "Bao lâu thì xong; dòng đầu là câu trả lời ngắn.",
    "together": "Mã các số liệu luôn nói kèm.",
    "topics": "Các chủ đề của menu, theo thứ tự hiện ra.",
    "unit": "Đơn vị tính.",
    "unpublished": "Thứ chưa công bố có làm hay không; hoặc mã mục trả lời cho ngày ấy.",
    "unverified": "Phần CHƯA xác nhận: tên phần và điều phải kiểm tra. Máy nói với người dân là chưa chắc.",
    "url": "Đường dẫn chính thức; không biết chắc thì bỏ.",
    "value": "Con số y như đã công bố; phải có trong statement.",
    "avoid": "Làm sao để khỏi bị trả.",
    "called": "Cách người dân gọi ngày lễ này.",
    "closed": "Các thứ trong tuần không làm việc.",
    "days": "Ngày của riêng phường: nghỉ hoặc làm khác lịch chung.",
    "entries": "Mã mục nói rõ đợt nghỉ, theo năm.",
    "from": "Ngày đầu tiên còn đúng, dạng năm-tháng-ngày; đúng từ trước thì bỏ dòng này.",
    "holidays": "Các ngày lễ, tết và cách người dân gọi.",
    "known_until": "Lịch nghỉ lễ chỉ chắc đến ngày này.",
    "listed": "Một phần của tên ngày lễ trong lịch nghỉ chung.",
    "months": "Các tháng (1-12) của mùa này.",
    "reason": "Vì sao hồ sơ hay bị trả.",
    "returned": "Lý do hồ sơ hay bị trả, cách tránh, nguồn.",
    "seasons": "Giờ làm việc theo mùa.",
    "afternoon": "Giờ chiều, ví dụ 13:00-17:00.",
    "morning": "Giờ sáng, ví dụ 7:30-11:30.",
    "since": "Giờ này áp dụng từ ngày này.",
    "until": "Ngày cuối cùng còn đúng, dạng năm-tháng-ngày; đúng mãi thì bỏ dòng này.",
    "week": "Thứ nào làm, thứ nào chưa công bố, thứ nào nghỉ.",
    "look_up": "Tra ở đâu; chỉ nói kênh đã công bố. Máy không xem được hồ sơ của ai.",
    "background": "Loại câu hỏi không phải việc của phường, ví dụ: near, legal, everyday.",
    "asks": "Phần của câu trả lời mà các câu này hỏi; other: không hỏi riêng phần nào.",
    "questions": "Câu người dân hỏi, mỗi câu một dòng.",
    "works": "Các thứ làm việc; với ngày riêng: yes (làm) hoặc no (nghỉ).",
    "when": "Khi nào mới cần giấy tờ này; luôn cần thì bỏ dòng này.",
}


def schema() -> dict[str, Any]:
    """A file is a list of entries, phrasings, background questions or figures read; or one of two others."""
    rows = TypeAdapter(list[AnyEntry | Further | Background | AskedFor | FiguresRead] | Ward | Calendar)
    made = rows.json_schema(mode="validation")
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "Kho kiến thức của phường"
    made["$defs"][LINE] = DatedText.model_json_schema()
    made["$defs"] = {name: _line_once(model) for name, model in made["$defs"].items()}
    for model in made["$defs"].values():
        model.pop("description", None)  # our docstrings are for programmers
        for name, field in model.get("properties", {}).items():
            field.pop("title", None)
            if name not in ALWAYS_LISTS:
                _plainly(field)
            if name in HELP:
                field["description"] = HELP[name]
    return made


def _line_once(part: Any, *, is_inside: bool = False) -> Any:
    """The same schema, with a reference wherever a line with its days is described in full."""
    if isinstance(part, list):
        return [_line_once(each, is_inside=True) for each in part]
    if not isinstance(part, dict):
        return part
    if is_inside and part.get("title") == LINE:
        return {"$ref": f"#/$defs/{LINE}"}
    return {name: _line_once(each, is_inside=True) for name, each in part.items()}


def _plainly(field: dict[str, Any]) -> None:
    """What the loader also takes: one line where a list is meant, a list of names where a table is."""
    if field.get("additionalProperties") == {"type": "string"}:
        field["type"] = ["object", "array"]
        field["items"] = {"type": "string"}
    inside = field.get("additionalProperties")
    if isinstance(inside, dict):
        _plainly(inside)
    kinds = field.get("anyOf", [field])
    if any(kind.get("type") == "array" and _is_line(kind.get("items", {})) for kind in kinds):
        line = {"type": "string"}
        default = {"default": field.pop("default")} if "default" in field else {}
        kept = [dict(kind) for kind in kinds if kind.get("type") != "null"]
        field.clear()
        field.update(anyOf=[*kept, line], **default)


def _is_line(items: dict[str, Any]) -> bool:
    """Whether these are the items of a list of lines."""
    return any(kind.get("type") == "string" for kind in items.get("anyOf", [items]))


def text() -> str:
    """The schema as the file `knowledge/schema.json` holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
