"""Every sentence that staff read in the channel, but for what the knowledge check and its reviews say."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.publishing.rehearsal import Stage
from bot.publishing.replay import ChangeKind
from bot.queue import State, Why
from bot.roles import Role

# Roles.
ROLES: Mapping[Role, str] = MappingProxyType(
    {Role.VIEWER: "người xem", Role.EDITOR: "người sửa", Role.ADMIN: "quản trị"}
)
NOT_STAFF = "Lệnh này dành cho cán bộ phụ trách máy trả lời. Cô/bác có việc của phường cứ gõ câu hỏi."
NEEDS_ROLE = "Việc này cần vai trò {needed}; anh/chị đang là {role}. Nhờ người có vai trò ấy giúp."
NOT_HERE = "Lệnh và nút dành cho cán bộ chỉ dùng khi nhắn riêng cho máy hoặc trong nhóm cán bộ."
NOT_UNDERSTOOD = "Nút hoặc tin này đã cũ, máy không hiểu được nữa. Anh/chị mở lại từ lệnh giúp."
FAILED = "Máy gặp lỗi ({why}). Anh/chị thử lại sau ít phút; vẫn lỗi thì báo người phụ trách máy kèm mã ấy."
ROSTER = "Ai có vai trò gì (ghi ở STAFF_IDS trong cài đặt; sửa xong phải khởi động lại):"
ROSTER_LINE = "• {role}: {id}"

PROGRESS_DONE = "✔️ Xong, xem tin bên dưới."
EDITED = "Sửa tin đã gửi thì máy không làm lại. Anh/chị trả lời tin ấy lần nữa bằng tin mới giúp."

# The queue.
QUEUE_TITLE = "Câu chưa trả lời được · trang {page}/{pages}"
QUEUE_COUNT = "{count} nhóm câu đang chờ, nhóm hỏi nhiều nhất trước. Bấm vào một nhóm để xử lý."
QUEUE_EMPTY = "Không còn câu nào chờ xử lý. 🎉"
QUEUE_LINE = "{number}. {state}“{example}” · {times} lần · {last}"
QUEUE_BUTTON = "{number}. {example}"
STATES: Mapping[State, str] = MappingProxyType(
    {State.NEW: "", State.DOING: "🛠 ", State.DONE: "✅ ", State.IGNORED: "🚫 "}
)
STATE_NAMES: Mapping[State, str] = MappingProxyType(
    {State.NEW: "mới", State.DOING: "đang làm", State.DONE: "đã xong", State.IGNORED: "đã bỏ qua"}
)
WHYS: Mapping[Why, str] = MappingProxyType(
    {
        Why.NO_MATCH: "máy không tìm được câu trả lời",
        Why.NO_PUBLISHED_FIGURE: "chưa có số liệu công bố",
        Why.NONE_FITS: "người hỏi bảo không câu gợi ý nào đúng",
        Why.BAD: "người hỏi chê câu trả lời",
        Why.ASKED: "người hỏi nhờ cán bộ",
    }
)
GROUP_TITLE = "Nhóm câu {group} · {state}"
GROUP_ASKED = "Hỏi {times} lần, từ {first} đến {last}; vì {whys}."
GROUP_REASON = "Ghi chú: {reason}."
GROUP_QUESTIONS = "Các câu đã hỏi (đã che thông tin riêng)"
GROUP_NEAREST = "Mục gần nhất trong kho:"
NEAREST_LINE = "• {name} (khớp {percent} %)"
NOTHING_NEAR = "Trong kho chưa có mục nào gần."
GROUP_GONE = (
    "Nhóm câu này không còn (quá 30 ngày, hoặc người hỏi đã xóa). Gõ /hangdoi để xem các nhóm còn lại."
)
PHRASE_BUTTON = "➕ Là cách hỏi của: {name}"
SEARCH_BUTTON = "🔎 Tìm mục khác"
NEW_BUTTON = "📝 Mục mới"
OFFICE_BUTTON = "🏛 Việc nơi khác"
IGNORE_BUTTON = "🚫 Bỏ qua"
DOING_BUTTON = "🛠 Tôi đang làm"
QUEUE_BACK = "◀ Hàng đợi"
GROUP_BACK = "◀ Nhóm câu"
DONE_BUTTON = "✅ Đánh dấu đã xong"
MARKED_DONE = "anh/chị đánh dấu đã xong"
ANSWERED_BY = "Máy đã trả lời bằng mục: {name}{verdict}."
VERDICT = "; người hỏi bảo: {verdict}"
EDIT_ANSWERED = "✏️ Sửa mục đã trả lời"
MORE_BUTTON = "Trang sau ▶"
BACK_BUTTON = "◀ Trang trước"
DOING = "{staff} nhận làm"
ASK_SEARCH = "Trả lời tin này bằng vài chữ trong tên mục cần tìm, ví dụ: khai sinh."
FOUND_TITLE = "Mục tìm thấy cho “{words}”"
FOUND = "Bấm mục mà nhóm câu này hỏi:"
NOT_FOUND = "Không thấy mục nào cho “{words}”. Bấm Tìm mục khác để thử chữ khác, hoặc tạo mục mới."
OFFICES_TITLE = "Nơi nào làm việc này? · trang {page}/{pages}"
OFFICES = "Bấm nơi đang làm việc mà nhóm câu này hỏi:"
ASK_IGNORE = "Vì sao bỏ qua nhóm “{example}”?"
IGNORE_REASONS = ("đùa, thử máy", "không rõ hỏi gì", "không phải việc hành chính", "đã có chỗ khác trả lời")
OTHER_REASON = "✍️ Lý do khác"
ASK_REASON = "Trả lời tin này bằng lý do bỏ qua, một câu ngắn."
IGNORED = "Đã bỏ qua nhóm “{example}”: {reason}. Câu giống vậy hỏi thêm cũng không hiện lại."
ONLY_MASKED = (
    "Các câu của nhóm này đều có chỗ đã che ([số], [tên] …) nên không làm cách hỏi được."
    " Bấm Sửa ở mục ấy để tự gõ một cách hỏi chung."
)

# Publishing.
TRYING = "⏳ Đang thử: {what}"
STAGE = "⏳ {stage}: {percent} %\n{what}"
STAGES: Mapping[Stage, str] = MappingProxyType(
    {Stage.CHECK: "Kiểm tra", Stage.LEARN: "Học cách hỏi", Stage.REPLAY: "Hỏi thử lại các câu cũ"}
)
CHANGE_KINDS: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.LOST_RIGHT: "⛔ câu mẫu đang đúng, sau thành sai:",
        ChangeKind.LOST: "⛔ mất câu trả lời:",
        ChangeKind.OTHER: "⚠️ mục khác trả lời:",
        ChangeKind.TEXT: "✏️ nội dung đổi:",
        ChangeKind.OFFERS: "🔀 gợi ý kèm theo đổi:",
        ChangeKind.ASKED_BACK: "❔ trước không biết, sau hỏi lại:",
        ChangeKind.FOUND: "✅ có câu trả lời:",
        ChangeKind.RIGHT: "✅ câu mẫu đang sai, sau thành đúng:",
    }
)
WRONG_TITLE = "Chưa công bố được"
WRONG = "Bản thử có {count} lỗi, máy vẫn trả lời theo bản cũ:"
WRONG_MORE = "… và {count} lỗi nữa."
TRIED_TITLE = "Đã thử: {what}"
CHANGED = "{count} câu đổi câu trả lời (thử {asked} câu: 30 ngày qua và bộ câu mẫu)."
UNCHANGED = "Không câu nào đổi câu trả lời (thử {asked} câu: 30 ngày qua và bộ câu mẫu)."
WORST_FIRST = "Xem kỹ, xấu nhất trước:"
CHANGE_QUESTION = "{number}. {kind} “{question}”"
CHANGE_BEFORE = "   trước: {told}"
CHANGE_AFTER = "   sau: {told}"
CHANGES_TITLE = "Câu đổi câu trả lời · trang {page}/{pages}"
CHANGES_GONE = "Kết quả thử này không còn giữ. Làm lại bước vừa rồi để xem."
WARNINGS = "Lưu ý mới"
PUBLISH_BUTTON = "✅ Công bố"
DROP_BUTTON = "✖️ Không công bố"
CHANGES_BUTTON = "Xem đủ {count} câu"
DROPPED = "Đã bỏ bản thử, kho kiến thức giữ nguyên."
PUBLISHING = "⏳ Đang công bố …"
PUBLISHED = "✅ Đã công bố: {what}. Máy trả lời theo bản mới từ bây giờ."
GROUP_DONE_TOO = "Nhóm câu này đã xong, rời hàng đợi."
TOLD_PEOPLE = "Đã báo cho {count} người chờ câu trả lời này."
TEST_IT = "Thử ngay: gõ câu hỏi ấy cho máy. Muốn lấy lại bản trước: /hoantac."
STALE = "Kho vừa có bản mới nên máy thử lại trên bản mới ấy."
ALREADY = "Bản này đang dùng rồi, không cần công bố lại."
YOURS = "Câu vừa sửa:"
YOURS_CHANGED = "✅ “{question}” → {told}"
YOURS_SAME = "➖ “{question}”: câu trả lời không đổi"
COUNTS: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.LOST_RIGHT: "⛔ {count} câu mẫu thành sai",
        ChangeKind.LOST: "⛔ {count} câu mất câu trả lời",
        ChangeKind.OTHER: "⚠️ {count} câu mục khác trả lời",
        ChangeKind.TEXT: "✏️ {count} câu đổi nội dung",
        ChangeKind.OFFERS: "🔀 {count} câu chỉ đổi gợi ý kèm theo",
        ChangeKind.ASKED_BACK: "❔ {count} câu trước không biết, nay hỏi lại",
        ChangeKind.FOUND: "✅ {count} câu có câu trả lời",
        ChangeKind.RIGHT: "✅ {count} câu mẫu thành đúng",
    }
)
DETAILS_CHANGED = "   đổi ở phần chi tiết hoặc các nút bên dưới"
OFFERS_CHANGED = "   gợi ý trước: {before}; sau: {after}"
NO_OFFERS = "không có"
BUSY = "⏳ Đang thử một thay đổi khác, máy làm tiếp ngay sau đó …"
UNDO_ASK = "Bỏ lần công bố gần nhất ({what})? Máy sẽ trả lời như trước đó."
UNDO_BUTTON = "↩️ Quay lại như trước đó"
LAST_CHANGE = "không rõ nội dung"
NOTHING_BEFORE = "Không có bản nào trước bản đang dùng."
UNDONE = "↩️ Đã quay lại như trước lần công bố ấy. Máy trả lời như vậy từ bây giờ."
CANNOT_PUBLISH = "Máy này chưa bật công bố (thiếu STAFF_IDS hoặc không ghi được PUBLISHED_DIR)."
TAKE = "các tệp sửa trên máy"
WAITING_FILES = (
    "📂 Thư mục kiến thức có thay đổi chưa công bố ({count} tệp). Người sửa gõ /nap để thử và công bố."
)

# Entries.
NO_ENTRY = "Không có mục “{id}”. Gõ mã của mục, hoặc vài chữ trong tên: {command} khai sinh."
WHICH_ENTRY = "Ghi mã của mục, hoặc vài chữ trong tên, sau lệnh: {command} khai sinh."
CHOOSE_ENTRY = "Mục nào?"
SEEN_FACTS = "Cán bộ cần biết"
SEEN_PLACE = "Mã: {id} · loại: {kind} · chủ đề: {topic}"
SEEN_DAYS = "Kiểm tra {verified}, phải xem lại trước {review_by}{late}."
LATE = " (đã quá hạn)"
SEEN_UNVERIFIED = "Chưa xác nhận {field}: {what}"
UNVERIFIED_WHAT = "cần xác nhận"
SEEN_ALL_VERIFIED = "Không còn phần nào chưa xác nhận."
SEEN_CONFIDENCE = "Độ tin của cả mục: {confidence}."
SEEN_PHRASINGS = "Có {count} cách hỏi."
SEEN_OFF = "⛔ Đang tắt: {reason}"
EDIT_BUTTON = "✏️ Sửa"
SEE_BUTTON = "👁 Xem"
EDIT_TITLE = "Sửa: {name}"
EDIT_WHICH = "Sửa phần nào?"
DAYS_BUTTON = "📅 Đã đọc lại hôm nay, hạn {months} tháng"
ADD_BUTTON = "➕ Thêm cách hỏi"
REMOVE_BUTTON = "➖ Bỏ cách hỏi"
CONFIRM_BUTTON = "✔️ Xác nhận {field}"
FIELD_NOW = "{field} đang là:"
FIELD_EMPTY = "{field} đang để trống."
DATED_FIELD = (
    "Phần {field} có dòng chỉ đúng trong một khoảng ngày nên chưa sửa được trên điện thoại; nhờ người phụ"
    " trách máy sửa trong tệp. Cần ngừng ngay: /tat {id} lý do. Hiện đang ghi:"
)
PART_BEFORE = "Trước: {text}"
PART_AFTER = "Sau: {text}"
PART_EMPTY = "(để trống)"
ASK_FIELD = (
    "Trả lời tin này bằng nội dung mới, mỗi ý một dòng. Dòng cuối ghi “Nguồn: …” (văn bản, ngày) nếu có."
    " Gõ “bỏ” để bỏ phần này."
)
ASK_PHRASING = "Trả lời tin này bằng cách hỏi mới, mỗi dòng một câu, như người dân hay gõ."
REMOVE_WHICH = "Bỏ cách hỏi nào? · trang {page}/{pages}"
SOURCE = "nguồn:"
NOTHING = "bỏ"
LOOKING_THROUGH = "⏳ Đang soát cả kho kiến thức …"
DUE_TITLE = "Việc phải xem lại · {kind} · trang {page}/{pages}"
DUE_KINDS = "Còn {count} việc. Bấm một loại để xem:"
DUE_NONE = "Không còn việc nào phải xem lại. 🎉"
DUE_KIND = "{kind} ({count})"
DUE_LINE = "{number}. {name}{field}: {what}{due}"
DUE_BY = " (hạn {day})"
DUE_BACK = "◀ Các loại việc"

# Draft entries.
DRAFT_TITLE = "📝 Mục nháp: {name}"
DRAFT_ID = "Loại: {kind} · chủ đề: {topic}"
DRAFT_HAS = "✅ {field}: {text}"
DRAFT_LACKS = "❌ {field}: chưa có"
DRAFT_BUTTON = "📝 Mục nháp: {name}"
DRAFT_READY = "Đủ rồi, có thể thử và công bố."
DRAFT_MISSING = "Còn thiếu: {fields}."
DRAFT_GONE = "Mục nháp này không còn."
DRAFT_DROPPED = "Đã bỏ mục nháp “{name}”."
ASK_NAME = "Trả lời tin này bằng tên ngắn của mục mới, ví dụ: Xin mượn nhà văn hóa tổ dân phố."
NAME_TAKEN = "Đã có mục tên gần như “{name}”. Trả lời lại tin trên bằng tên khác."
NAME_EMPTY = "Tên phải có chữ. Trả lời lại tin trên bằng tên khác."
ASK_TOPIC = "Mục này thuộc chủ đề nào?"
KIND_BUTTON = "Đổi thành: {kind}"
TOPIC_BUTTON = "Chủ đề: {topic}"
TRY_BUTTON = "▶️ Thử rồi công bố"
DRAFT_DROP_BUTTON = "✖️ Bỏ nháp"
ASK_DRAFTS: Mapping[str, str] = MappingProxyType(
    {
        "text": "Trả lời tin này bằng nội dung máy sẽ nói, mỗi ý một dòng, dòng đầu là ý chính.",
        "missing": "Trả lời tin này bằng một câu nói rõ điều gì chưa ai công bố.",
        "who": "Trả lời tin này bằng tên nơi làm việc này, ví dụ: Công an thành phố Huế.",
        "where": "Trả lời tin này bằng nơi người dân phải đến, mỗi ý một dòng.",
        "how": "Trả lời tin này bằng cách làm, mỗi bước một dòng.",
        "sources": "Trả lời tin này bằng nguồn: văn bản nào, số, ngày; mỗi nguồn một dòng.",
        "phrasings": "Trả lời tin này bằng các cách người dân hỏi, mỗi dòng một câu.",
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "procedure": "thủ tục",
        "result": "số liệu đã công bố",
        "information": "thông tin",
        "elsewhere": "việc nơi khác",
        "unpublished": "điều chưa công bố",
        "personal": "hồ sơ riêng",
    }
)
SOURCES = "nguồn"
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "name": "tên mục",
        "phrasings": "cách hỏi",
        "text": "nội dung trả lời",
        "missing": "điều chưa công bố",
        "statement": "câu số liệu",
        "where": "nơi làm, nơi nộp",
    }
)  # what staff call a part, where citizens read another name
NEW_ENTRY = "Mục mới “{name}”"
ADDING = "Thêm {count} cách hỏi cho “{name}”"
REMOVING = "Bỏ cách hỏi “{text}” của “{name}”"
SETTING = "Sửa {field} của “{name}”"
CLEARING = "Bỏ {field} của “{name}”"
DATING = "Ghi ngày đọc lại “{name}”"

# Tickets.
TICKET_TITLE = "🙋 Phiếu {code}"
TICKET_LINE = "“{text}”"
TICKET_HOW = "Trả lời (reply) đúng tin này: chữ anh/chị gõ được gửi tới người hỏi, ký “cán bộ phường”."
TICKET_GONE = "Phiếu {code} đã đóng hoặc quá 30 ngày; không gửi được nữa."
TICKET_SENT = "Đã gửi câu trả lời phiếu {code} tới người hỏi."
TICKET_DONE_BUTTON = "✅ Đóng phiếu"
TICKET_PHRASE_BUTTON = "➕ Câu này là cách hỏi của: {name}"
TICKET_NEW_BUTTON = "📝 Lập mục mới từ câu trả lời"
TICKET_CLOSING = "⏳ Đang đóng phiếu {code} …"
TICKET_DONE = "Đã đóng phiếu {code}; máy không còn giữ ai đã hỏi."
TICKET_DONE_LATER = "Đã đóng phiếu {code}; máy xóa nốt dấu vết trong tệp vào ban đêm."
TICKET_WAITS = "Câu trả lời phiếu {code} còn chờ gửi tới người hỏi; đóng phiếu sau ít phút giúp."
TICKET_NONE = "Không có phiếu {code} đang mở."
TICKET_WHICH = "Ghi mã phiếu sau lệnh, ví dụ: /daxong K7M2PQ. Phiếu đang mở: {codes}."
NO_TICKETS = "Không có phiếu nào đang mở."
REPLY_EMPTY = (
    "Chưa gửi gì: máy chỉ gửi được chữ, không gửi được ảnh hay tệp. Anh/chị gõ câu trả lời bằng chữ."
)
REPLY_PERSONAL = "⚠️ Trong tin có số hoặc địa chỉ liên hệ. Đã gửi đúng như anh/chị gõ; xem lại giúp."

# Switches.
OFF_NO_ENTRY = "Không có mục mã “{id}”. Gõ /xem và vài chữ trong tên để biết mã của mục."
OFF_HOW = "Ghi mã mục rồi lý do: /tat dang-ky-khai-sinh đang chờ biểu mẫu mới."
OFF = "⛔ Đã tắt câu trả lời “{name}”: {reason}. Bật lại: /bat {id}"
ON = "✅ Đã bật lại câu trả lời “{name}”."
WAS_ON = "Câu trả lời “{name}” đang bật sẵn."
ALL_OFF = "Đang tắt:"
OFF_LINE = "• {id}: {reason}"
NONE_OFF = "Không có câu trả lời nào đang tắt."
PAUSE_HOW = "Ghi lý do sau lệnh, người dân sẽ đọc: /tamdung đang sửa theo quy định mới."
PAUSED = "⏸ Máy tạm dừng trả lời: {reason}. Cho chạy lại: /tieptuc"
RESUMED = "▶️ Máy trả lời lại bình thường."
NOT_PAUSED = "Máy đang trả lời bình thường."
NOTICE_HOW = (
    "Ghi ngày cuối rồi nội dung: /thongbao 30/11 Phường nghỉ làm chiều thứ Hai vì bão. Cũng ghi được"
    " hai ngày: /thongbao 28/11-30/11 … Bỏ thông báo: /thongbao tat."
)
NOTICE = "📢 Đầu mỗi câu trả lời, từ {begins} đến hết {ends}: {text}"
NOTICE_ENDED = "Đã bỏ thông báo."
NO_NOTICE = "Không có thông báo nào đang hiện."
NOTICE_NOW = "Đang hiện từ {begins} đến hết {ends}: {text}"
NO_DAY = "Không có ngày {day}. Ghi ngày/tháng, ví dụ 30/11."
NOTICE_PAST = "Ngày cuối {day} đã qua. Ghi ngày từ hôm nay trở đi."

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "hangdoi": "Câu chưa trả lời được",
        "xem": "Xem một mục như người dân thấy",
        "canlam": "Việc phải xem lại",
        "sua": "Sửa một mục",
        "nap": "Nạp các tệp đã sửa trên máy",
        "hoantac": "Quay lại bản trước",
        "daxong": "Đóng phiếu hỏi cán bộ",
        "tat": "Tắt câu trả lời một mục",
        "bat": "Bật lại câu trả lời một mục",
        "tamdung": "Tạm dừng máy trả lời",
        "tieptuc": "Cho máy trả lời lại",
        "thongbao": "Thông báo trên đầu câu trả lời",
        "quyen": "Ai có vai trò gì",
    }
)
