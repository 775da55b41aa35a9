"""Draws packages and imports into CONTRIBUTING.md; --check writes nothing and exits with 1 where they differ from the code."""

import ast
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
GUIDE = PROJECT / "CONTRIBUTING.md"
FOLDERS = ("metrics", "charts", "publishing", "exports", "serving", "pages", "baking")
SINGLE = ("languages", "wording", "streamlit_internals", "dashboard")
BEGIN, END = "<!-- packages: written by tools/map_packages.py -->\n", "<!-- end of packages -->\n"


def packages() -> dict[str, list[Path]]:
    """The modules of each package that holds some; page scripts are the package `pages`."""
    folders = [folder for top in FOLDERS for folder in [PROJECT / top, *sorted((PROJECT / top).rglob("*/"))]]
    held = {folder.relative_to(PROJECT).as_posix(): sorted(folder.glob("*.py")) for folder in folders if folder.name != "versions"}
    # The command line may import everything.
    held = {name: [file for file in files if file.stem != "__main__"] for name, files in held.items()}
    return {name: files for name, files in held.items() if any(file.stem not in ("__init__", "env") for file in files)} | {
        name: [PROJECT / f"{name}.py"] for name in SINGLE
    }


def imports(files: list[Path]) -> set[str]:
    """The dotted names that modules import."""
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}


def arrows(held: dict[str, list[Path]]) -> dict[str, set[str]]:
    """The packages that each package imports."""
    modules = {file.relative_to(PROJECT).with_suffix("").as_posix(): name for name, files in held.items() for file in files}
    paths = {name: {path.replace(".", "/") for path in imports(files)} for name, files in held.items()}
    imported = {name: {modules.get(part) for path in paths[name] for part in (path, path.rpartition("/")[0])} for name in held}
    return {name: {other for other in others if other and other != name} for name, others in imported.items()}


def needed(graph: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The arrows that no longer way round replaces."""

    def below(name: str) -> set[str]:
        return graph[name].union(*map(below, graph[name]))

    return [(a, b) for a in graph for b in sorted(graph[a]) if not any(b in below(other) for other in graph[a] - {b})]


def chapter() -> str:
    """The drawing and the table, as they stand in CONTRIBUTING.md."""
    held = packages()
    lines = [f"    {a.replace('/', '.')} --> {b.replace('/', '.')}" for a, b in needed(arrows(held))]
    rows = [f"| `{name}` | {_purpose(files)} |" for name, files in held.items() if name not in SINGLE]
    table = ["| Package | Holds |", "|---|---|", *rows]
    return "\n".join(["```mermaid", "graph TD", *lines, "```", "", *table, ""])


def _purpose(files: list[Path]) -> str:
    first = next((file for file in files if file.stem == "__init__"), None)
    return (ast.get_docstring(ast.parse(first.read_text(encoding="utf-8"))) or "" if first else "One script a page").partition("\n")[0]


def main() -> int:
    """Write the chapter, or say whether it is true."""
    text = GUIDE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    whole = before + BEGIN + chapter() + END + rest.split(END)[1]
    if "--check" not in sys.argv:
        GUIDE.write_text(whole, encoding="utf-8")
    elif whole != text:
        print("CONTRIBUTING.md does not show the packages as they are: run python tools/map_packages.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
