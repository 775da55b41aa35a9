"""The version of the project, and which code makes a download: its commit where git knows it, else name and version. Asks no network."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[1]
PATIENCE = 10
"""Seconds for git, which looks at every file for changes."""
ASK = ("git", "--no-optional-locks", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")


@cache
def code_version(project: Path = PROJECT) -> str:
    """The commit that the project stands at, with `-dirty` where a file was changed since; else its name and version. Read once."""
    try:
        # A copy without a repository of its own may lie in somebody else's.
        if (project / ".git").exists():
            return subprocess.run(ASK, cwd=project, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout.strip()
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
