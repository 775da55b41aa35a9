"""The version of the project, and which code makes a download: its commit where git knows it, else name and version. Asks no network."""

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
        pass  # no git here, or it will not read this folder
    declared = _declared(project)
    return f"{declared['name']} {declared['version']}"


@cache
def project_version(project: Path = PROJECT) -> str:
    """The version that pyproject.toml declares, such as 0.9.0. Read once."""
    return _declared(project)["version"]


def _declared(project: Path) -> dict:
    return tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
