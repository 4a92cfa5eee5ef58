"""`sweep`: the nightly job by hand, or with --dry-run only what it would do."""

from bot.privacy.retention import MAILBOX_HOURS, OUTBOX_HOURS, ROW_MONTHS, TEXT_DAYS, TICKET_DAYS
from bot.upkeep import Report, Upkeep

LINES = (
    ("texts", f"câu hỏi quá {TEXT_DAYS} ngày: bỏ phần chữ"),
    ("rows", f"dòng nhật ký quá {ROW_MONTHS} tháng: xóa"),
    ("ratings", f"đánh giá quá {ROW_MONTHS} tháng: xóa"),
    ("mailbox", f"dấu nhớ tin nào đã trả lời, quá {MAILBOX_HOURS} giờ: xóa"),
    ("outbox", f"câu trả lời chưa gửi được quá {OUTBOX_HOURS} giờ: xóa"),
    ("tickets", f"phiếu nhờ cán bộ, chờ báo quá {TICKET_DAYS} ngày: xóa"),
    ("drafts", f"mục nháp bỏ quên quá {TICKET_DAYS} ngày: xóa"),
    ("audit", f"dòng ghi việc cán bộ làm quá {ROW_MONTHS} tháng: xóa"),
)


def run(upkeep: Upkeep, *, dry_run: bool) -> int:
    """Do it or tell of it, a line a kind; returns the exit status."""
    print("Chỉ xem thử, không xóa gì:" if dry_run else "Đã dọn:")
    for line in describe(upkeep.run(dry_run=dry_run)):
        print(line)
    return 0


def describe(report: Report) -> list[str]:
    """The report, a line a kind."""
    lines = [f"{getattr(report.swept, field):6} {text}" for field, text in LINES]
    months = ", ".join(report.keys) or "không có"
    return [*lines, f"{len(report.keys):6} khóa bí danh hết hạn: hủy (tháng: {months})"]
