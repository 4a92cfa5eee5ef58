"""Every sentence the citizen reads that does not come from the knowledge folder."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.facets import Facet
from bot.tickets.ticket import Kind
from bot.verdicts import Verdict

# What comes first for each outcome (the table in bot/outcomes.py refers to these).
CLARIFIED = "Tôi chưa chắc mình hiểu đúng. Cô/bác đang hỏi việc nào dưới đây?"
NOT_OURS = "Việc này do nơi khác giải quyết, không phải phường."
NO_PUBLISHED_FIGURE = "Tôi không có thông tin đã công bố về điều này, nên không dám nói chừng."
PERSONAL_FILE = "Tôi là máy, không xem được hồ sơ riêng của từng người. Cô/bác tra như sau:"
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
RATE_LIMITED = (
    "Cô/bác nhắn hoặc bấm nhanh quá nên tôi chưa trả lời kịp lần này và các lần ngay sau đó."
    " Xin chờ một phút rồi làm lại giúp tôi."
)
PAUSED = "Máy trả lời đang tạm nghỉ. Cô/bác hỏi trực tiếp tại quầy của phường."
ERROR = "Xin lỗi, tôi vừa gặp trục trặc. Cô/bác hỏi lại sau ít phút giúp tôi."

# What staff switch (a reason ends as a sentence does).
PAUSED_FOR = "Máy trả lời đang tạm dừng: {reason} Xin cô/bác hỏi trực tiếp hoặc gọi:"
PAUSED_ENTRY = "Phần trả lời về việc này đang tạm dừng: {reason}"
PAUSED_BESIDE = "⏸ {name}, phần trả lời này đang tạm dừng: {reason}"
NOTICE = "📢 {notice}"

# What stands in the place of a text.
PICTURE = (
    "Tôi không xem được ảnh, video hay tệp. Cô/bác gõ câu hỏi bằng chữ giúp tôi,"
    " và đừng gửi ảnh giấy tờ tùy thân vào đây."
)
VOICE = (
    "Tôi không nghe được tiếng nói. Cô/bác gõ chữ giúp tôi; bàn phím điện thoại thường có nút micrô"
    " để đọc cho máy gõ ra chữ."
)
STICKER = "Dạ, tôi chỉ đọc được chữ. Cô/bác có việc gì của phường cứ gõ câu hỏi."
LOCATION = (
    "Tôi không dùng và không giữ vị trí của cô/bác. Muốn biết nộp hồ sơ ở đâu, cô/bác gõ tên việc cần làm."
)
CONTACT = (
    "Cô/bác đừng gửi số điện thoại của ai vào đây; tôi không cần và không giữ lại."
    " Cô/bác gõ câu hỏi giúp tôi."
)
PRIVATE_ONLY = (
    "Việc này chỉ làm khi nhắn riêng cho tôi, để người khác không thấy."
    " Cô/bác bấm vào tên tôi rồi chọn Nhắn tin giúp tôi."
)
NO_WORDS = "Dạ, tôi chỉ đọc được chữ tiếng Việt. Cô/bác có việc gì của phường cứ gõ câu hỏi."
ENGLISH = (
    "Sorry, I only understand Vietnamese. Please write in Vietnamese, or call the city hotline below.",
    "Emergency: 113 police, 114 fire, 115 ambulance.",
)
CAPTION_ONLY = "Tôi chỉ đọc phần chữ, không xem được ảnh hay tệp."
MISSED = "Có {count} tin vừa rồi tôi chưa trả lời vì nhắn nhanh quá; cô/bác gửi lại nếu còn cần."

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
WELCOME_PRIVACY = (
    "Tôi có giữ câu hỏi để phường sửa câu trả lời (xem /riengtu). Cô/bác đừng gửi số giấy tờ, số điện thoại."
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
        Facet.RETURNED: "Vì sao hồ sơ hay bị trả?",
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
        "returned": "lý do hồ sơ hay bị trả",
        "summary": "tóm tắt",
        "how": "cách làm",
        "look_up": "nơi tra cứu",
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
TERM = "• {term}: {means}"
FACET_REST = "{name} (tiếp)"
STEP_PAPERS = "Chuẩn bị giấy tờ (bấm nút Giấy tờ để xem)."
STEP_HAND_IN = "Nơi đến: {line}"
STEP_WAIT = "Thời gian: {line}"
NOT_KNOWN: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.FEE: "Tôi chưa có thông tin về lệ phí của việc này. Cô/bác vui lòng hỏi tại quầy.",
        Facet.TIME: "Tôi chưa có thông tin về thời gian giải quyết. Cô/bác vui lòng hỏi tại quầy.",
        Facet.ONLINE: "Tôi chưa rõ việc này có nộp qua mạng được không. Cô/bác vui lòng hỏi tại quầy.",
        Facet.RESULT: "Tôi chưa có thông tin về kết quả nhận được.",
    }
)
NOT_KNOWN_OTHER = "Tôi chưa có thông tin về phần này. Cô/bác vui lòng hỏi nơi tiếp nhận."
UNVERIFIED = "⚠️ {what} phường chưa xác nhận (ghi nhận {day}); vui lòng hỏi nơi tiếp nhận trước khi làm."
UNVERIFIED_ELSEWHERE = "⚠️ {what} chưa được xác nhận (ghi nhận {day}); vui lòng hỏi nơi làm trước khi đi."
UNVERIFIED_PART: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.DOCUMENTS: "Danh sách giấy tờ này",
        Facet.FEE: "Mức phí này",
        Facet.TIME: "Thời gian này",
        Facet.WHERE: "Nơi nộp này",
        Facet.ONLINE: "Việc nộp qua mạng này",
    }
)
UNVERIFIED_OTHER = "Phần này"
SEVERAL = "Cô/bác hỏi {count} điều, tôi trả lời lần lượt:"
SEVERAL_TITLE = "{number}. {title}"
SEVERAL_MORE = "Phần này dài, cô/bác bấm nút bên dưới để xem."
UNDERSTOOD_AS = "Tôi hiểu cô/bác hỏi việc này; không phải thì bấm “Hay là …” bên dưới."
OR_BUTTON = "Hay là: {name}"
UNVERIFIED_FACT = "⚠️ Thông tin này phường chưa xác nhận."
UNVERIFIED_ENTRY = "⚠️ Chưa được phường xác nhận: {fields}."
UNVERIFIED_MARK = " ⚠️"
STALE = "⚠️ Mục này đã quá hạn xem lại ({day}); có thể đã thay đổi, cô/bác hỏi lại tại quầy."
MORE = "Còn chi tiết khác; cô/bác bấm các nút bên dưới hoặc hỏi tại quầy."
MORE_NOTES = "Còn lưu ý khác cho trường hợp riêng; cô/bác hỏi tại quầy."
CODE = "Mã thủ tục: {code} (tra trên dichvucong.gov.vn)."
SOURCE = "Nguồn: {sources}."
VERIFIED = "Kiểm tra ngày {day}."
PERIOD = "Thời kỳ: {period}"
OCCASION = "Công bố tại: {occasion}"
ABOUT_FIGURE = "Về số liệu này"
NEAREST_BUTTON = "Gần nhất, tôi có thông tin của {ward} ở nút bên dưới."
NEAREST = "Gần nhất, đã công bố:"
PAPERS_COUNT = "📄 Giấy tờ: {always} loại luôn cần, {sometimes} loại tùy trường hợp; xem bên dưới."
PAPERS_COUNT_SOMETIMES = "📄 Giấy tờ: {sometimes} loại, tùy trường hợp; xem bên dưới."
PAPERS_NOTE = "📄 {line}"
PAPERS_COUNT_ALWAYS = "📄 Giấy tờ: {always} loại; xem bên dưới."
OVERVIEW: Mapping[Facet, str] = MappingProxyType(
    {Facet.WHERE: "📍 {line}", Facet.TIME: "⏱ {line}", Facet.FEE: "💰 {line}"}
)
WHO_DOES_IT = "Nơi làm: {who}"

# What changes soon.
CHANGE_TO = "📅 Từ {day}: {what}"
CHANGE_ENDS = "📅 Từ {day} không còn áp dụng: {what}"
AS_OF = "🗓 Trả lời cho {day}."
CHANGE_MORE = " (và {count} điểm nữa)"
CHANGE_OF_PARTS = "📅 Từ {day} có thay đổi về: {parts}. Bấm nút của phần ấy để xem."

# Days and hours.
TIME_OF_DAY = "{hour} giờ {minute}"
FULL_HOUR = "{hour} giờ"
HOURS_OF_SEASON = "{season}: sáng {morning}, chiều {afternoon}."
WORKING_DAYS = "ngày làm việc"
DAYS = "ngày"
DUE_TODAY = "📅 Nộp đủ giấy tờ hôm nay ({received}), theo hạn {limit}: chậm nhất {due} có kết quả."
DUE = "📅 Nộp đủ giấy tờ {received}, theo hạn {limit}: chậm nhất {due} có kết quả."
DUE_SAME_DAY = (
    "📅 Nộp đủ giấy tờ trước 15 giờ {received}: có trong ngày ấy; nộp sau đó thì chậm nhất {following}."
)
DUE_AFTER_THREE = "📅 Nộp đủ giấy tờ lúc này, sau 15 giờ {received}: chậm nhất {following} có kết quả."
DUE_WHICH = (
    "Ngày có kết quả tùy việc cô/bác làm. Cô/bác hỏi kèm tên việc giúp tôi,"
    " ví dụ: “đăng ký thường trú nộp hôm nay thì khi nào có”."
)
WHICH_DAY = (
    "Tôi chưa rõ cô/bác hỏi ngày nào, hoặc trong lịch không có ngày ấy."
    " Cô/bác ghi ngày bằng số giúp tôi, ví dụ: “24/11/2026 phường có làm không”."
)
IS_OPEN = "✅ {moment}: phường đang trong giờ làm việc, đến {until}."
IS_EARLY = "🕘 {moment}: chưa đến giờ làm việc; {until} phường mở cửa."
IS_NOON = "🕘 {moment}: phường đang nghỉ trưa; {until} làm việc lại."
IS_LATE = "⛔ {moment}: đã hết giờ làm việc. Phường mở cửa lại {next}."
IS_WORKED = "✅ {moment} là ngày làm việc của phường."
OFF_HOLIDAY = "⛔ {day} là ngày nghỉ {name}, phường không làm việc. Phường mở cửa lại {next}."
OFF_OWN_DAY = "⛔ {day} phường nghỉ: {name}. Phường mở cửa lại {next}."
OFF_WEEK = "⛔ {day} phường nghỉ cuối tuần. Phường mở cửa lại {next}."
OFF_UNPUBLISHED = "❔ {day}: phường chưa công bố có làm việc hay không. Chắc chắn mở cửa: {next}."
HOURS_UNKNOWN = "❔ {moment}: chưa có lịch làm việc, lịch nghỉ lễ chính thức cho ngày này."
HOURS_OF_YEAR = "Giờ làm việc cả năm"
OTHER_DESK = "❔ Nơi làm việc này có giờ làm việc riêng, chưa được công bố; cô/bác hỏi trước khi đi."

# Terms.
TERM_ASKED = "{term}: {means}"
PLAIN_WORDS = "Đây là cách nói cho dễ hiểu, không phải định nghĩa của luật."
TERMS_BUTTON = "📖 Giải thích từ khó"
TERMS_TITLE = "Giải thích từ · {name}"

# Why files are sent back.
RETURNED = "Lý do hay gặp theo quy định và tin đã đăng (không có số liệu thống kê của phường):"
REASON = "{number}. {reason}"
AVOID = "→ {avoid}"
REASON_SOURCE = "{number}. {source}"
REASON_SOURCES = "Nguồn của các lý do"

# Ways on.
CLARIFIED_ONE = "Tôi chưa chắc mình hiểu đúng. Có phải cô/bác hỏi việc dưới đây không?"
NONE_FITS = "Dạ, vậy là tôi chưa hiểu đúng ý cô/bác."
NONE_FITS_BUTTON = "Không câu nào đúng"
REPHRASE = "Cô/bác thử hỏi lại bằng tên việc cần làm, ví dụ: “{example}”."
ASK_PEOPLE = "Việc này cô/bác hỏi người phụ trách sẽ chắc hơn:"
OR_ONE_OF_THESE = "Nếu là một trong các việc dưới đây, cô/bác bấm vào đó."
ASK_PERSON = "🏢 Tại quầy: {reception}."
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
HELP_COMMANDS = "Bấm /menu để chọn theo lĩnh vực; /riengtu để biết tôi giữ lại những gì."

# The menu.
MENU_BUTTON = "📋 Chọn theo lĩnh vực"
MENU_TITLE = "Chọn theo lĩnh vực"
MENU = "Cô/bác cần hỏi về việc gì? Bấm một nút, hoặc cứ gõ câu hỏi."
MENU_PAGE = "{topic} · trang {page}/{pages}"
MENU_ENTRIES = "Cô/bác bấm điều cần hỏi:"
MENU_BACK = "◀ Trang trước"
MENU_ON = "Trang sau ▶"
MENU_TOPICS = "📋 Các lĩnh vực"

# What people think of an answer.
GOOD_BUTTON = "👍 Đúng ý"
BAD_BUTTON = "👎 Chưa đúng"
ASK_REASON = "Cô/bác cho biết chưa đúng chỗ nào để phường sửa (bấm một nút):"
REASONS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.WRONG: "Thông tin sai",
        Verdict.OUTDATED: "Thông tin đã cũ",
        Verdict.NOT_MY_CASE: "Không đúng trường hợp của tôi",
        Verdict.UNCLEAR: "Khó hiểu",
    }
)
VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.GOOD: "đúng ý", Verdict.BAD: "chưa đúng", **REASONS}
)
THANKS_GOOD = "Cảm ơn cô/bác."
THANKS_BAD = "Cảm ơn cô/bác, tôi đã ghi lại để phường xem và sửa. Muốn chắc ngay, cô/bác hỏi:"
THANKS_UNCLEAR = "Cảm ơn cô/bác, tôi đã ghi lại để phường viết cho dễ hiểu hơn. Chỗ chưa rõ, cô/bác hỏi:"
THANKS_NOT_MY_CASE = (
    "Cảm ơn cô/bác. Cô/bác gõ lại câu hỏi, nói rõ trường hợp của mình"
    " (ví dụ: quá hạn, làm thay, người nước ngoài), hoặc hỏi:"
)

THANKS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.GOOD: THANKS_GOOD,
        Verdict.WRONG: THANKS_BAD,
        Verdict.OUTDATED: THANKS_BAD,
        Verdict.NOT_MY_CASE: THANKS_NOT_MY_CASE,
        Verdict.UNCLEAR: THANKS_UNCLEAR,
    }
)  # no reason given yet (BAD) is asked for one instead

# Leaving a question for staff.
LEAVE_BUTTON: Mapping[Kind, str] = MappingProxyType(
    {Kind.ASK: "🙋 Gửi câu hỏi cho cán bộ", Kind.TELL: "🔔 Báo cho tôi khi có câu trả lời"}
)
LEAVE_CONSENT: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ASK: "Tôi sẽ gửi câu hỏi (đã che số và tên) cho cán bộ phường, giữ mã khung chat này để chuyển"
        " câu trả lời đến khi xong việc, lâu nhất 30 ngày; cô/bác đồng ý không?",
        Kind.TELL: "Tôi sẽ giữ câu hỏi (đã che số và tên) cùng mã khung chat này để báo một lần khi có câu"
        " trả lời, lâu nhất 30 ngày; cô/bác đồng ý không?",
    }
)
LEAVE_AGREE: Mapping[Kind, str] = MappingProxyType({Kind.ASK: "Đồng ý, gửi đi", Kind.TELL: "Đồng ý, báo tôi"})
LEFT: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.ASK: "Đã gửi câu hỏi cho cán bộ phường, mã phiếu {code}. Có câu trả lời, tôi nhắn vào đây.",
        Kind.TELL: "Đã ghi. Khi có câu trả lời tôi nhắn vào đây một lần, rồi xóa mã khung chat.",
    }
)
LEAVE_GONE = "Câu hỏi này tôi không còn giữ (quá 30 ngày hoặc đã xóa). Cô/bác gõ lại câu hỏi giúp tôi."
LEAVE_TOO_MANY = "Cô/bác đang có {count} câu chờ rồi, xin đợi trả lời trước. Cần gấp, cô/bác hỏi:"
SOMEBODY_IS_THERE = "Cán bộ đang trong giờ làm việc."
NOBODY_IS_THERE = "Ngoài giờ làm việc nên cán bộ chưa xem ngay được:"
STAFF_ANSWER = "💬 Cán bộ phường trả lời câu “{question}”:"
STAFF_SIGNED = "— cán bộ phường (phiếu {code})"
CLOSED_UNANSWERED = "Câu cô/bác gửi cán bộ đã được xem nhưng không trả lời được ở đây. Cô/bác hỏi trực tiếp:"
TOLD = "🔔 Câu cô/bác từng hỏi, “{question}”, nay đã có câu trả lời:"
STORED_TICKET: Mapping[Kind, str] = MappingProxyType(
    {Kind.ASK: "nhờ cán bộ trả lời, kèm mã khung chat", Kind.TELL: "chờ báo câu trả lời, kèm mã khung chat"}
)

# The citizen's rights.
PRIVACY: tuple[str, ...] = (
    "• Tôi giữ câu hỏi, nút cô/bác bấm, lời khen chê và giờ hỏi, để phường sửa câu trả lời cho đúng.",
    "• Trước khi ghi, máy che số giấy tờ, số điện thoại, email và họ tên."
    " Máy có thể che sót, nhất là tên gõ chữ thường, nên cô/bác đừng gửi.",
    "• Nhật ký không ghi tên hay mã Telegram của cô/bác, chỉ ghi một mã giả, mỗi tháng một khác.",
    "• Chữ của câu hỏi: 30 ngày rồi xóa.",
    "• Phần còn lại (không có chữ của cô/bác): 12 tháng, để đếm, rồi xóa.",
    "• Dấu nối câu hỏi với câu trả lời (để sửa theo khi cô/bác sửa câu hỏi): 48 giờ.",
    "• Câu trả lời chưa gửi được (tối đa 24 giờ), câu cô/bác nhờ cán bộ hay nhờ báo lại (tối đa 30 ngày):"
    " phải kèm mã Telegram để gửi; xong là xóa.",
    "• Sau một đến hai tháng, chìa khóa của mã giả bị hủy; từ đó không ai biết dòng cũ là của ai.",
    "• Chỉ người phụ trách máy trả lời này xem được; không bán, không chuyển cho ai khác.",
    "• Nhắn riêng cho tôi: /dulieu để xem, /xoadulieu để xóa."
    " Tin nằm ở máy chủ Telegram thì tôi không xóa được.",
)
NOTHING_STORED = "Hiện tôi không giữ gì về cô/bác."
STORED = "Hiện tôi giữ {count} dòng về cô/bác (giờ Việt Nam):"
STORED_NEWEST = "Dưới đây là {count} dòng mới nhất."
STORED_WAITING = "Có {count} câu trả lời chưa gửi được cho cô/bác, đang chờ cùng mã khung chat."
STORED_MORE = "Muốn xóa hết, cô/bác bấm /xoadulieu."
STORED_TITLE = "Đang giữ"
STORED_RATING = "đánh giá “{name}”: {verdict}"
STORED_TAP = "đã mở “{name}”"
STORED_OTHER = "lệnh, nút bấm hoặc tin không có chữ"
ASK_ERASE = (
    "Xóa hết những gì tôi đang giữ về cô/bác (câu hỏi, đánh giá, câu trả lời chưa gửi)?"
    " Xóa rồi không lấy lại được. Không muốn xóa thì cô/bác bỏ qua tin này."
)
ERASE_BUTTON = "Xóa"
ERASED = "Đã xóa hết. Tôi không còn giữ gì về cô/bác."
NOT_ERASED = (
    "Xin lỗi, tôi chưa xóa xong vì máy đang trục trặc. Cô/bác bấm /xoadulieu lại sau ít phút;"
    " nếu vẫn không được, cô/bác báo giúp:"
)
ASK_AGAIN = "Xin lỗi, lúc nãy tôi chưa gửi được câu trả lời. Cô/bác bấm lại /dulieu giúp tôi."
NOT_SHOWN = (
    "Xin lỗi, tôi chưa đọc được phần đang giữ về cô/bác vì máy đang trục trặc. Cô/bác thử lại sau ít phút."
)

# How the bot presents itself.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "start": "Bắt đầu",
        "menu": "Chọn theo lĩnh vực",
        "help": "Cách hỏi và liên hệ",
        "riengtu": "Máy giữ lại những gì",
        "dulieu": "Xem dữ liệu về tôi",
        "xoadulieu": "Xóa dữ liệu về tôi",
    }
)
DESCRIPTION = (
    "Máy trả lời tự động của {ward}, {city}: giấy tờ cần mang, lệ phí, thời gian, nơi nộp, và kết quả"
    " phường đã công bố. Cứ gõ câu hỏi như nói chuyện, có dấu hay không dấu đều được."
    " Đừng gửi số giấy tờ hay số điện thoại. Việc khẩn cấp: gọi 113, 114, 115."
)
SHORT_DESCRIPTION = "Hỏi thủ tục của {ward}: giấy tờ, lệ phí, thời gian, nơi nộp. Máy trả lời tự động."

# Terminal.
CHAT_WELCOME = "Gõ câu hỏi rồi Enter; gõ số để chọn nút; gõ /thoat để ra."
CHAT_NO_TOKEN = "Chưa có BOT_TOKEN nên mở trò chuyện trong cửa sổ lệnh (muốn chạy Telegram: xem --help)."
CHAT_PROMPT = "Hỏi> "
CHAT_GOODBYE = "Chào cô/bác."
CHAT_NO_BUTTON = "Không có nút số {number}. Cô/bác chọn từ 1 đến {count}."
CHAT_NO_BUTTONS = "Chưa có nút nào để chọn. Cô/bác gõ câu hỏi giúp tôi."
