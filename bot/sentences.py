"""Every sentence the citizen reads that does not come from the knowledge folder."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.facets import Facet

# What comes first for each outcome (the table in bot/outcomes.py refers to these).
CLARIFIED = "Tôi chưa chắc mình hiểu đúng. Cô/bác đang hỏi việc nào dưới đây?"
NOT_OURS = "Việc này không do phường giải quyết."
NO_PUBLISHED_FIGURE = "Tôi không có thông tin đã công bố về điều này, nên không dám nói chừng."
PERSONAL_FILE = (
    "Tôi không xem được hồ sơ riêng của từng người. Cô/bác tra mã hồ sơ ghi trên giấy hẹn tại"
    " dichvucong.gov.vn, hoặc hỏi quầy đã nhận hồ sơ."
)
PERSONAL_DATA = (
    "Cô/bác đừng gửi số giấy tờ, số điện thoại hay họ tên vào đây. Tôi không cần và không giữ lại."
    " Cô/bác cứ hỏi về thủ tục là được."
)
GREETING = (
    "Dạ chào cô/bác. Tôi là máy trả lời tự động của phường: chỉ dẫn giấy tờ, lệ phí, thời gian, nơi nộp"
    " và kết quả phường đã công bố. Tôi không quyết định hồ sơ và không thay cán bộ."
)
EMERGENCY = "Nếu đang nguy hiểm, cô/bác gọi ngay:"
TOO_LONG = "Tin này dài quá nên tôi không đọc hết được. Cô/bác hỏi lại ngắn gọn từng việc một giúp tôi."
UNSUPPORTED = "Tôi chỉ đọc được câu hỏi bằng chữ tiếng Việt. Cô/bác gõ câu hỏi giúp tôi."
NO_MATCH = "Tôi chưa tìm được câu trả lời chắc chắn nên không dám trả lời chừng."
RATE_LIMITED = "Cô/bác nhắn hơi nhanh. Xin chờ một phút rồi hỏi tiếp giúp tôi."
PAUSED = "Máy trả lời đang tạm nghỉ. Cô/bác liên hệ trực tiếp bộ phận một cửa của phường."
ERROR = "Xin lỗi, tôi vừa gặp trục trặc. Cô/bác hỏi lại sau ít phút giúp tôi."

# Greetings by kind (the keys are the lists of knowledge/language/greetings.yaml).
GREETINGS: Mapping[str, str] = MappingProxyType(
    {
        "hello": GREETING,
        "about_bot": GREETING,
        "small_talk": "Dạ, cảm ơn cô/bác. Tôi chỉ là máy trả lời tự động; có việc của phường cứ hỏi tôi.",
        "thanks": "Dạ không có chi. Cô/bác cần gì cứ hỏi tiếp.",
        "goodbye": "Dạ chào cô/bác. Khi nào cần cứ nhắn tôi.",
        "insult": "Tôi xin lỗi nếu đã trả lời chưa đúng ý. Cô/bác nói lại việc cần hỏi, tôi cố gắng giúp.",
    }
)
GREETINGS_WITH_EXAMPLES = frozenset({"hello", "about_bot"})

# Parts of an answer.
FACET_NAMES: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.DOCUMENTS: "Giấy tờ",
        Facet.FEE: "Lệ phí",
        Facet.TIME: "Thời gian",
        Facet.WHERE: "Nộp ở đâu",
        Facet.ONLINE: "Trực tuyến",
        Facet.HOW: "Cách làm",
        Facet.ELIGIBILITY: "Ai được làm",
        Facet.LEGAL: "Căn cứ",
        Facet.RESULT: "Kết quả nhận được",
    }
)
# What a field of an entry is called where it is said to be unconfirmed.
FIELD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "documents": "giấy tờ",
        "fee": "lệ phí",
        "time": "thời gian",
        "where": "nơi nộp",
        "online": "nộp trực tuyến",
        "audience": "ai được làm",
        "legal": "căn cứ",
        "result": "kết quả nhận được",
        "how": "cách làm",
        "steps": "các bước",
        "forms": "mẫu đơn",
        "notes": "lưu ý",
        "code": "mã thủ tục",
        "text": "nội dung trên",
        "who": "cơ quan làm việc này",
        "statement": "nội dung trên",
        "value": "con số trên",
        "unit": "đơn vị tính",
        "qualifier": "cách nói số liệu",
        "period": "thời kỳ",
        "occasion": "nơi công bố",
    }
)
TO_SUBMIT = "Nộp:"
TO_SHOW = "Chỉ cần đưa xem:"
FORMS = "Mẫu phải điền:"
NOTES = "Lưu ý"
FACET_REST = "{name} (tiếp)"
STEP_PAPERS = "Chuẩn bị giấy tờ (bấm nút Giấy tờ để xem)."
STEP_HAND_IN = "Nộp hồ sơ: {line}"
STEP_WAIT = "Chờ kết quả: {line}"
NOT_KNOWN: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.FEE: "Tôi chưa có thông tin về lệ phí của việc này. Cô/bác hỏi tại quầy giúp tôi.",
        Facet.TIME: "Tôi chưa có thông tin về thời gian giải quyết. Cô/bác hỏi tại quầy giúp tôi.",
        Facet.ONLINE: "Tôi chưa có thông tin việc này có nộp qua mạng được không. Cô/bác hỏi tại quầy.",
        Facet.RESULT: "Tôi chưa có thông tin về kết quả nhận được.",
    }
)
NOT_KNOWN_OTHER = "Tôi chưa có thông tin về phần này. Cô/bác hỏi cơ quan nhận hồ sơ giúp tôi."
UNVERIFIED = "⚠️ Phần này phường chưa xác nhận; cô/bác hỏi lại nơi nhận hồ sơ trước khi làm."
UNVERIFIED_ELSEWHERE = "⚠️ Phần này chưa được xác nhận; cô/bác hỏi lại nơi làm trước khi đi."
UNVERIFIED_FACT = "⚠️ Thông tin này phường chưa xác nhận."
UNVERIFIED_ENTRY = "⚠️ Chưa được phường xác nhận: {fields}."
UNVERIFIED_MARK = " ⚠️"
STALE = "⚠️ Mục này đã quá hạn xem lại ({day}); có thể đã thay đổi, cô/bác hỏi lại tại quầy."
MORE = "Còn chi tiết khác; cô/bác bấm các nút bên dưới hoặc hỏi tại quầy."
MORE_NOTES = "Còn lưu ý khác cho trường hợp riêng; cô/bác hỏi tại quầy."
CODE = "Mã thủ tục: {code}."
SOURCE = "Nguồn: {sources}."
VERIFIED = "Kiểm tra ngày {day}."
PERIOD = "Thời kỳ: {period}"
OCCASION = "Công bố tại: {occasion}"
ABOUT_FIGURE = "Về số liệu này"
NEAREST_BUTTON = "Gần nhất, tôi có thông tin của {ward} ở nút bên dưới."
NEAREST = "Gần nhất, đã công bố:"
PAPERS_COUNT = "📄 Giấy tờ: {always} loại luôn cần, {sometimes} loại tùy trường hợp; xem bên dưới."
PAPERS_COUNT_SOMETIMES = "📄 Giấy tờ: {sometimes} loại, tùy trường hợp; xem bên dưới."
PAPERS_COUNT_ALWAYS = "📄 Giấy tờ: {always} loại; xem bên dưới."
OVERVIEW: Mapping[Facet, str] = MappingProxyType(
    {Facet.WHERE: "📍 {line}", Facet.TIME: "⏱ {line}", Facet.FEE: "💰 {line}"}
)
WHO_DOES_IT = "Nơi làm: {who}"

# Ways on.
CLARIFIED_ONE = "Tôi chưa chắc mình hiểu đúng. Có phải cô/bác hỏi việc dưới đây không?"
NONE_OF_THESE = "Nếu không đúng, cô/bác hỏi lại, nói rõ tên việc cần làm."
REPHRASE = "Cô/bác thử hỏi lại bằng tên việc cần làm, ví dụ: “{example}”."
ASK_PERSON = "Hoặc hỏi trực tiếp {reception}."
HOTLINE = "☎️ {number}: {name}"
HOURS = "🕘 {line}"
PRIVACY_ADVICE = "🔒 Lần sau cô/bác không cần ghi số giấy tờ, số điện thoại, tên người vào câu hỏi."
EMERGENCY_CALM = "Tôi chỉ là máy trả lời, không gọi giúp được. Khi đã an toàn, cô/bác cứ hỏi tiếp."
GONE = "Mục này không còn nữa hoặc đã đổi. Cô/bác gõ lại câu hỏi giúp tôi."
HELP = "Cô/bác cứ gõ câu hỏi như nói chuyện, có dấu hay không dấu đều được. Ví dụ:"
HELP_PRIVACY = (
    "Tôi trả lời từ nội dung có ghi nguồn và ngày kiểm tra; chưa chắc thì tôi hỏi lại."
    " Tôi không cần họ tên, số giấy tờ hay số điện thoại."
)
EXAMPLES = "Cô/bác có thể hỏi, ví dụ:"
EXAMPLE = "• {example}"
START_COMMAND = "Bắt đầu"
HELP_COMMAND = "Cách hỏi và liên hệ"

# Terminal.
CHAT_WELCOME = "Gõ câu hỏi rồi Enter; gõ số để chọn nút; gõ /thoat để ra."
CHAT_NO_TOKEN = "Chưa có BOT_TOKEN nên mở trò chuyện trong cửa sổ lệnh (muốn chạy Telegram: xem --help)."
CHAT_PROMPT = "Hỏi> "
CHAT_GOODBYE = "Chào cô/bác."
CHAT_NO_BUTTON = "Không có nút số {number}. Cô/bác chọn từ 1 đến {count}."
CHAT_NO_BUTTONS = "Chưa có nút nào để chọn. Cô/bác gõ câu hỏi giúp tôi."
