"""The house by machine: what may import what, how files and functions are kept, what must not stand in a file.

Reads source as text and syntax trees; runs nothing of the project but the import of metrics.
"""

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
FOLDERS = ("metrics", "charts", "publishing", "exports", "serving", "pages", "baking")
OURS = {*FOLDERS, "languages", "wording", "streamlit_internals", "dashboard"}


def modules(*names):
    """The files of the folders and single modules of that name; a folder that is not built yet has none."""
    found = [f for name in names for f in [PROJECT / f"{name}.py", *sorted((PROJECT / name).rglob("*.py"))] if f.is_file()]
    return [str(f.relative_to(PROJECT)) for f in found]


@cache
def tree(module):
    return ast.parse((PROJECT / module).read_text(encoding="utf-8"))


def imported(module):
    """The top-level packages that a module imports, inside functions too."""
    names = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            names.add(node.module.partition(".")[0])
    return names


def offenders(rule, names):
    """What a rule has against each of these modules, by module; those that keep it are left out."""
    return {module: faults for module in names if (faults := rule(module))}


@cache
def files():
    """Every file that is or would be committed, and its text; None where it is no text."""
    return {path: _text(PROJECT / path) for path in _listed() if (PROJECT / path).is_file()}


def _listed():
    try:
        run = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=PROJECT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        # An unpacked copy, or a machine without git: all but what tools leave behind.
        left = re.compile(r"(^|/)([.](git|venv|hypothesis|[a-z]+_cache)|__pycache__|node_modules)/")
        return sorted(p for p in (f.relative_to(PROJECT).as_posix() for f in PROJECT.rglob("*")) if not left.search(p))
    return sorted({path for path in run.stdout.decode().split("\0") if path})


def _text(file):
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


EVERY = modules(*FOLDERS, "languages", "wording", "streamlit_internals", "dashboard")
TYPED = modules("metrics", "charts", "publishing", "exports", "serving", "baking", "languages", "wording", "streamlit_internals")


def test_metrics_are_computed_without_the_web_the_charts_or_a_database():
    names = [m.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for m in modules("metrics")]
    code = f"import sys, {', '.join(names)}; print(*sorted(n for n in sys.modules if '.' not in n))"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert "metrics" in run.stdout.split()
    assert not {"streamlit", "plotly", "pydeck", "sqlalchemy"} & set(run.stdout.split())


# Downwards only: what each part may import of ours, and what it must not import of others.
DRAWN, STORED, WEB = {"plotly", "pydeck"}, {"sqlalchemy", "sqlite3"}, {"streamlit", "starlette", "uvicorn"}
DATA = {"pandas", "numpy"}
PARTS = {
    "languages": (set(), WEB | DRAWN | STORED | DATA),
    "metrics": ({"languages"}, WEB | DRAWN | STORED | {"babel", "urllib", "requests", "socket"}),
    "wording": ({"languages", "metrics"}, WEB | DRAWN | STORED | DATA),
    "charts": ({"metrics", "wording"}, WEB | STORED | {"urllib3", "requests", "pathlib", "os"}),
    "publishing": ({"languages", "metrics"}, WEB | DRAWN),
    "publishing/__main__": ({"publishing", "languages", "metrics", "wording"}, WEB | DRAWN | STORED | DATA),  # the front door at a terminal
    "exports": ({"languages", "metrics", "charts", "wording"}, WEB | STORED),
    "exports/__main__": (
        {"exports", "publishing", "languages", "metrics", "charts", "wording"},
        WEB | STORED,
    ),  # reads the release in force
    "streamlit_internals": (set(), DATA | DRAWN | STORED),
    "serving": ({"languages", "publishing", "metrics", "charts", "exports", "wording", "streamlit_internals"}, DRAWN | STORED),
    "pages": ({"languages", "publishing", "metrics", "charts", "exports", "wording", "streamlit_internals"}, DATA | DRAWN | STORED),
    "baking": ({"languages", "publishing", "metrics", "charts", "exports", "pages", "wording"}, WEB | DRAWN | STORED),
    "dashboard": (OURS - {"baking"}, DATA | DRAWN | STORED),
}


def test_imports_point_one_way():
    def forbidden(module):
        part = module.removesuffix(".py").partition("/")[0]
        below, foreign = PARTS.get(module.removesuffix(".py"), PARTS[part])
        return imported(module) & (OURS - below - {part} | foreign)

    assert offenders(forbidden, modules(*PARTS)) == {}


# Packages of a folder from the lowest up. A package imports those before its line; those of one line know nothing of each other.
LAYERS = {
    "metrics": ("schema", "counting", "themes", "indicators", "verification", "search"),
    "publishing": ("describe progress_bar", "files", "changes", "store", "access", "desk", "new_city", "forms", "__main__"),
    "exports": ("slides templates version", "drawing", "deck pdf", "evidence report", "__main__"),
    "pages/parts": (
        "shell",
        "elements",
        "overview partner_cities city policy_exports cooperation_fund plan networks peers sources",
        "data_desk",
        "briefing",
    ),
}


def ours(module):
    """The modules of ours that a module imports."""
    for node in ast.walk(tree(module)):
        named = [node.module, *(f"{node.module}.{a.name}" for a in node.names)] if isinstance(node, ast.ImportFrom) else []
        named += [a.name for a in node.names] if isinstance(node, ast.Import) else []
        yield from (path for name in named if (path := name.replace(".", "/") + ".py") in EVERY)


@pytest.mark.parametrize("folder", LAYERS)
def test_packages_import_one_way(folder):
    floors = {name: floor for floor, names in enumerate(LAYERS[folder]) for name in names.split()}

    def place(path):
        return path.removeprefix(f"{folder}/").removesuffix(".py").partition("/")[0]

    def above(module):
        others = {other for other in ours(module) if other.startswith(f"{folder}/") and place(other) != place(module)}
        return {other for other in others if floors[place(other)] >= floors[place(module)]}

    assert offenders(above, [module for module in modules(folder) if place(module) != "__init__"]) == {}


def test_what_a_page_says_is_known_without_streamlit():
    code = """
import sys
from datetime import date
from pathlib import Path
from pages.parts.briefing.slides import PAGES, page_slides
from pages.parts.shell.selection import Selection, View
from publishing.store.releases import read_folder

day = date(2026, 11, 22)
for lang in ("ko", "en"):
    view = View(Selection(day, lang, city="london"), (), read_folder(Path("data")), "light", day)
    assert all(page_slides(view, page, {}) for page in ("overview", *PAGES))
print("streamlit" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr[-2000:]) == ("False", "")


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter({module: set(ours(module)) - {module} for module in EVERY}).prepare()


def test_a_module_says_what_it_is_for():
    assert [module for module in EVERY if tree(module).body and not ast.get_docstring(tree(module))] == []


def test_a_module_has_a_name_that_says_something():
    anything = {"utils", "util", "helpers", "helper", "manager", "service", "base", "common", "misc"}
    assert [module for module in EVERY if Path(module).stem in anything] == []


def test_a_module_stays_below_four_hundred_lines_unless_it_only_declares():
    lengths = {module: len((PROJECT / module).read_text(encoding="utf-8").splitlines()) for module in EVERY}
    assert {module for module, length in lengths.items() if length > 400} <= {"metrics/schema/tables.py"}


def test_streamlits_inside_is_used_in_one_module_only():
    def inside(module):
        nodes = list(ast.walk(tree(module)))
        names = [f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
        names += [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
        return [name for name in names if name.startswith("streamlit.")]

    assert offenders(inside, [module for module in (*EVERY, *modules("benchmarks")) if module != "streamlit_internals.py"]) == {}


def test_no_cache_of_a_function_holds_releases_in_memory():
    def held(module):
        functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef)]
        kept = [f for f in functions if any(ast.unparse(d).partition("(")[0] in ("cache", "lru_cache") for d in f.decorator_list)]
        return [f.name for f in kept if re.search(r"\b(Release|View|Draft)\b", ast.unparse(f.args))]

    assert offenders(held, EVERY) == {}, "use cached_by_release"


def test_no_function_is_longer_than_forty_lines():
    def long(module):
        functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        return {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno - f.lineno >= 40}

    assert offenders(long, [*EVERY, *modules("tests", "tools")]) == {}


def public(module):
    """Each public function, class and method of a module, with its name."""
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            for part in node.body if isinstance(node, ast.ClassDef) else []:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and not part.name.startswith("_"):
                    yield f"{node.name}.{part.name}", part


def untyped(function):
    """The parameters without a type hint, and "return" where its type is missing."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, [given.vararg, given.kwarg])]
    return [a.arg for a in named if not a.annotation and a.arg not in ("self", "cls")] + ["return"] * (function.returns is None)


def test_what_is_public_is_described():
    assert offenders(lambda module: [name for name, node in public(module) if not ast.get_docstring(node)], TYPED) == {}


def test_what_is_public_is_typed():
    def gaps(module):
        functions = {name: node for name, node in public(module) if not isinstance(node, ast.ClassDef)}
        return {name: untyped(node) for name, node in functions.items() if untyped(node)}

    assert offenders(gaps, TYPED) == {}


# Written so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.-])/(?:work/|root/|Users/|home/\w|tmp/w)",
    "the host of a package registry": r"//[\w.@:-]*(?:pypi|pythonhosted|npmjs|yarnpkg|registry|artifactory|nexus|goproxy)|\bpypi[.]org",
    "work left to do": r"\b(?:TO[D]O|FIX[M]E|XX[X])\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    found = {path: pattern.findall(text)[:3] for path, text in files().items() if text}
    assert {path: hits for path, hits in found.items() if hits} == {}
