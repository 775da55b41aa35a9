"""Which code made an export: its commit where git knows it, else the version of the project. Uses no network."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[1]
TIMEOUT = 10
"""Seconds for git, which compares every file."""
COMMAND = ("git", "--no-optional-locks", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")


@cache
def code_version(project: Path = PROJECT) -> str:
    """The checked-out commit, with `-dirty` where a file was changed since; else its name and version. Read once."""
    try:
        # A copy without a repository of its own may lie inside another one.
        if (project / ".git").exists():
            return subprocess.run(COMMAND, cwd=project, capture_output=True, text=True, check=True, timeout=TIMEOUT).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return _declared(project)  # git is missing, or refuses this folder
    return _declared(project)


def _declared(project: Path) -> str:
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{declared['name']} {declared['version']}"
