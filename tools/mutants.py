"""`make mutants`: a sample of mutants of metrics and publishing, the same ones for the same code, and whether the tests notice them.

Usage: python tools/mutants.py NUMBER. The diffs of those that no test noticed are written to mutants/survivors.diff.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutmut.stats import status_by_exit_code

SEED = 17
COPY = Path("mutants")


def mutmut(*arguments: str, **more: object) -> subprocess.CompletedProcess:
    return subprocess.run([str(Path(sys.executable).with_name("mutmut")), *arguments], check=False, **more)


def outcomes() -> dict[str, int | None]:
    """Every mutant by name, with the code of its tests; None of one that was not tried."""
    files = sorted(COPY.rglob("*.py.meta"))
    return {name: code for file in files for name, code in json.loads(file.read_text())["exit_code_by_key"].items()}


def main(number: int) -> None:
    mutmut("run", "--max-children", "1", "no mutant has this name", stderr=subprocess.DEVNULL)  # makes them all, and ends at the name
    every = sorted(outcomes())
    sample = random.Random(SEED).sample(every, min(number, len(every)))
    mutmut("run", "--max-children", "1", *sample)
    codes = outcomes()
    outcome = {name: status_by_exit_code[codes[name]] for name in sample}
    left = sorted(name for name, status in outcome.items() if status not in ("killed", "timeout"))
    diffs = [mutmut("show", name, capture_output=True, text=True).stdout for name in left]
    (COPY / "survivors.diff").write_text("\n".join(f"# {outcome[name]}\n{diff}" for name, diff in zip(left, diffs, strict=True)))
    print(f"{len(sample)} of {len(every)} mutants: {dict(Counter(outcome.values()))}. The rest is in {COPY / 'survivors.diff'}.")


if __name__ == "__main__":
    main(int(sys.argv[1]))
