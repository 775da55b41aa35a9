"""What stands in deploy/ and tools/ is enough for a machine that has nothing else, and is held to what was tried.

The image itself is built and asked by `make image`, and a bare machine by tools/bare_machine.sh: both take too long here.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.servers import PROJECT, start
from tests.running import status

DOCKERFILE, COMPOSE = ((PROJECT / "deploy" / name).read_text(encoding="utf-8") for name in ("Dockerfile", "compose.yaml"))
SERVICES = yaml.safe_load(COMPOSE)["services"]
CLUSTER = list(yaml.safe_load_all((PROJECT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8")))
HASHED = (PROJECT / "deploy" / "requirements.txt").read_text(encoding="utf-8")
VERSIONED = r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z0-9.-]+"


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A folder with what the Dockerfile copies, and nothing else."""
    folder = tmp_path / "app"
    for copied in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, flags=re.MULTILINE):
        for name in copied.split():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (PROJECT / name).is_dir() else shutil.copy)(PROJECT / name, folder / name)
    return folder


def pinned(text: str) -> dict[str, str]:
    """Package to version, of a list of requirements."""
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([^\s;]+)", text, flags=re.MULTILINE)
    return {str(canonicalize_name(name)): version for name, version in found}


def needed(asked: Requirement, seen: set) -> Iterator[str]:
    """A package and all that it leads to, as they are installed here."""
    key = (canonicalize_name(asked.name), frozenset(asked.extras))
    if key in seen:
        return
    seen.add(key)
    yield str(key[0])
    for line in distribution(asked.name).requires or ():
        further = Requirement(line)
        if not further.marker or any(further.marker.evaluate({"extra": extra}) for extra in {"", *asked.extras}):
            yield from needed(further, seen)


def test_what_the_image_has_knows_its_version_without_git(image):
    asked = "from exports.version import code_version, project_version; print(code_version(), project_version())"
    surroundings = os.environ | {"PATH": str(image / "nothing"), "PYTHONDONTWRITEBYTECODE": "1"}
    told = subprocess.run([sys.executable, "-c", asked], cwd=image, env=surroundings, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"city-exchange-dashboard (\d+\.\d+\.\d+) \1\n", told.stdout)


def test_what_the_image_has_starts_without_a_fault(image, tmp_path):
    log = tmp_path / "server.log"
    server = start(image / "dashboard.py", log, DASHBOARD_LOG="json")
    try:
        assert status(f"{server.url}/healthz") == 200
        assert status(f"{server.url}/api/v1/readings.json") == 200
        assert re.findall(r'.*"level": "(?:warning|error|critical)".*', log.read_text(encoding="utf-8")) == []
    finally:
        server.stop()


def test_what_git_leaves_out_is_left_out_of_the_image():
    ours, dockers = ((PROJECT / name).read_text(encoding="utf-8").splitlines() for name in (".gitignore", ".dockerignore"))
    assert [line for line in ours if line not in dockers and f"**/{line}" not in dockers] == []
    assert ".git" in dockers


def test_the_image_installs_only_packages_whose_files_are_known_by_their_hashes():
    assert "--require-hashes -r deploy/requirements.txt" in DOCKERFILE
    packages = re.split(r"\n(?=\w)", re.sub(r"^#.*\n", "", HASHED, flags=re.MULTILINE).strip())
    assert [package for package in packages if not re.search(r"--hash=sha256:[0-9a-f]{64}", package)] == []
    seen: set = set()
    lines = (line.partition("#")[0].strip() for line in (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines())
    wanted = {name for line in lines if line for name in needed(Requirement(line), seen)}
    versions = pinned((PROJECT / "constraints.txt").read_text(encoding="utf-8"))
    assert pinned(HASHED) == {name: versions[name] for name in wanted}, "make hashes"


def test_every_image_has_a_whole_version_and_a_limit_of_memory():
    images = {name: re.fullmatch(r"\$\{[A-Z]+_IMAGE:-(.+)\}", SERVICES[name]["image"]) for name in ("proxy", "database")}
    base = re.search(r"^ARG PYTHON_IMAGE=(\S+)$", DOCKERFILE, flags=re.MULTILINE)[1]
    assert [name for name in [base, *(found[1] for found in images.values())] if not re.fullmatch(VERSIONED, name)] == []
    assert SERVICES["first"]["build"]["args"] == {"PYTHON_IMAGE": f"${{PYTHON_IMAGE:-{base}}}"}
    assert [name for name, service in SERVICES.items() if "mem_limit" not in service] == []


@pytest.mark.parametrize("manifest", CLUSTER, ids=lambda manifest: f"{manifest['kind']} {manifest['metadata']['name']}")
def test_a_cluster_knows_every_field_of_a_manifest(manifest):
    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


def test_a_field_that_no_cluster_knows_is_noticed():
    wrong = CLUSTER[0] | {"spec": {"replica": 2}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, kubernetes_validate.latest_version(), strict=True)


def test_the_proxy_of_a_cluster_finds_each_dashboard_under_the_port_that_the_cookie_names():
    services = {item["metadata"]["name"]: item["spec"] for item in CLUSTER if item["kind"] == "Service"}
    proxy = next(item for item in CLUSTER if item["kind"] == "Deployment")["spec"]["template"]["spec"]["containers"][0]
    addresses = re.findall(r"s/([\d.]+:\d+)/([\w-]+):(\d+)/", proxy["args"][0])
    servers = (PROJECT / "deploy" / "servers.conf").read_text(encoding="utf-8")
    assert {address for address, _, _ in addresses} == set(re.findall(r"[\d.]+:\d+", servers))
    for number, (address, name, port) in enumerate(addresses):
        assert address.endswith(f":{port}")
        assert services[name]["ports"] == [{"name": "http", "port": int(port), "targetPort": "http"}]
        assert services[name]["selector"] == {"statefulset.kubernetes.io/pod-name": f"dashboard-{number}"}
    assert proxy["image"] == re.search(r"NGINX_IMAGE:-(\S+)\}", COMPOSE)[1]


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the few programs that a script below may use: no apt-get, no browser."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sed", "dirname", "id"):
        (folder / name).symlink_to(shutil.which(name))
    return folder


def program(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!{shutil.which('sh')}\n{text}\n", encoding="utf-8")
    file.chmod(0o755)


def test_the_digests_of_all_images_are_asked_for_and_one_that_is_missing_is_a_failure(programs):
    program(programs / "docker", 'for last; do :; done; [ "$last" != "$MISSING" ] && echo sha256:abc')
    run = ["sh", str(PROJECT / "tools" / "digests.sh")]
    told = subprocess.run(run, env={"PATH": str(programs)}, capture_output=True, text=True, check=True).stdout
    lines = dict(line.split("=", 1) for line in told.splitlines())
    assert lines == {name: f"{image}@sha256:abc" for name, image in re.findall(r"\$\{([A-Z]+_IMAGE):-([^}]+)\}", COMPOSE)}
    assert set(lines) == {"PYTHON_IMAGE", "NGINX_IMAGE", "POSTGRES_IMAGE"}
    surroundings = {"PATH": str(programs), "MISSING": lines["NGINX_IMAGE"].partition("@")[0]}
    assert subprocess.run(run, env=surroundings, capture_output=True, check=False).returncode != 0


def test_before_the_browser_tests_begin_a_driver_that_does_not_answer_is_told_with_what_it_lacks(programs, tmp_path):
    lacks = "libatomic.so.1: cannot open shared object file"
    program(tmp_path / ".venv" / "bin" / "python", f"echo '{lacks}' >&2; exit 127")
    program(programs / "chromium", "exit 0")
    (tmp_path / "tools").mkdir()
    shutil.copy(PROJECT / "tools" / "chromium.sh", tmp_path / "tools")
    run = ["sh", str(tmp_path / "tools" / "chromium.sh")]
    told = subprocess.run(run, env={"PATH": str(programs)}, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert lacks in told.stderr
    assert "apt-get install libatomic1" in told.stderr
