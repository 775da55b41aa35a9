"""What a file to take home is called. Reads no briefing but its title, day, release and language."""

import re
import unicodedata

from exports.slides import Briefing

LETTERS = 60
"""Letters of the title that a name keeps."""


def file_name(briefing: Briefing, ending: str) -> str:
    """Title, date, release and language in letters that every system takes: `Seoul-abroad_2026-11-25_r3_en.pptx`.

    Letters and digits of any script stay, all else becomes a hyphen. A title without any gives `briefing`.
    """
    title = unicodedata.normalize("NFC", briefing.title)
    kept = re.sub(r"[\W_]+", "-", title).strip("-")[:LETTERS].strip("-") or "briefing"
    return f"{kept}_{briefing.day.isoformat()}_r{briefing.release}_{briefing.lang}.{ending}"
