"""The name of a downloaded file, from the title, day, release and language of its briefing."""

import re
import unicodedata

from exports.slides import Briefing

LETTERS = 60
"""Most letters of the title in a file name."""


def file_name(briefing: Briefing, ending: str) -> str:
    """Title, date, release and language in letters that every file system accepts: `Seoul-abroad_2026-11-25_r3_en.pptx`.

    Letters and digits of any script stay, all else becomes a hyphen. A title without any gives `briefing`.
    """
    title = unicodedata.normalize("NFC", briefing.title)
    kept = re.sub(r"[\W_]+", "-", title).strip("-")[:LETTERS].strip("-") or "briefing"
    return f"{kept}_{briefing.day.isoformat()}_r{briefing.release}_{briefing.lang}.{ending}"
