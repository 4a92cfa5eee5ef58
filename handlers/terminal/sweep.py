"""`sweep`: the nightly job by hand, or with --dry-run only what it would do."""

from bot.upkeep import Report, Upkeep

LINES = (
    ("texts", "câu hỏi quá 30 ngày: bỏ phần chữ"),
    ("rows", "dòng nhật ký quá 12 tháng: xóa"),
    ("ratings", "đánh giá quá 12 tháng: xóa"),
    ("mailbox", "dấu nhớ tin nào đã trả lời, quá 48 giờ: xóa"),
    ("outbox", "câu trả lời chưa gửi được quá 24 giờ: xóa"),
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
