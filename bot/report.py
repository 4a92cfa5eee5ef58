"""An unexpected error for the operator: type, place and a code, never the citizen's words."""

import secrets
import traceback
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent


def describe(error: BaseException) -> str:
    """One line; the place is the last one in our own code."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(HOME)] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} tại {place} (mã {secrets.token_hex(3)})"
