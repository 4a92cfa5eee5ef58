"""Write knowledge/schema.json anew from the models.

python scripts/schema.py
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.knowledge.schema import text  # noqa: E402

(ROOT / "knowledge" / "schema.json").write_text(text(), encoding="utf-8")
