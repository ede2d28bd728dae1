"""Fetching official models, from a server on this machine that serves them in the same layout."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from matchcli.language.models import BUNDLED, find_models, read_model_set, resources_version

PROGRAM = """
import sys
from matchcli.language.download import download_official
from matchcli.language.models import ModelError
try:
    print(download_official(progress=False).directory)
except ModelError as error:
    sys.exit(str(error))
"""


class ModelServer(ThreadingHTTPServer):
    """Serves the bundled models as if they were the official ones, and can misbehave."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.breaks_off_at = ""
        self.garbles = ""
        self.address = f"http://127.0.0.1:{self.server_address[1]}"

    def content(self, path: str) -> bytes | None:
        if path == f"/resources_{resources_version()}.json":
            resources = json.loads((BUNDLED / "resources.json").read_bytes())
            resources["url"] = self.address + "/models/{lang}/{filename}"
            return json.dumps(resources).encode()
        file = BUNDLED / path.removeprefix("/models/")
        return file.read_bytes() if path.startswith("/models/") and file.is_file() else None


class Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def do_GET(self):
        self.server.asked.append(self.path)
        content = self.server.content(self.path)
        if content is None:
            self.send_error(404)
            return
        if self.server.garbles and self.server.garbles in self.path:
            content = content[:-5] + b"wrong"
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.server.breaks_off_at and self.server.breaks_off_at in self.path:
            content = content[: len(content) // 2]
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    server = ModelServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def download(address, folder):
    environment = os.environ | {
        "STANZA_RESOURCES_URL": address,
        "STANZA_RESOURCES_DIR": str(folder),
        "NO_PROXY": "*",
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=300
    )


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_official_models_are_fetched_and_usable(server, tmp_path, monkeypatch):
    result = download(server.address, tmp_path)
    assert (result.returncode, result.stdout.strip(), result.stderr) == (0, str(tmp_path), "")
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    models = find_models("official")
    models.check_contents()
    assert models.fingerprint() == find_models("bundled").fingerprint()


def test_a_broken_transfer_leaves_nothing_half_done_and_the_next_goes_on(server, tmp_path):
    server.breaks_off_at = "/pos/"
    broken = download(server.address, tmp_path)
    assert broken.returncode == 1 and len(broken.stderr.strip().splitlines()) == 1
    assert "matchcli model download" in broken.stderr
    assert not [name for name in files_in(tmp_path) if "pos" in name]
    assert "it/tokenize/compact.pt" in files_in(tmp_path)

    server.breaks_off_at = ""
    server.asked.clear()
    assert download(server.address, tmp_path).returncode == 0
    assert not [path for path in server.asked if "tokenize" in path]
    read_model_set("official", tmp_path, "").check_contents()


def test_a_garbled_file_is_removed(server, tmp_path):
    server.garbles = "/lemma/"
    garbled = download(server.address, tmp_path)
    assert garbled.returncode == 1 and "1 damaged files were removed" in garbled.stderr
    assert not [name for name in files_in(tmp_path) if "lemma" in name]


def test_without_a_network_it_says_what_to_do(tmp_path):
    result = download("http://127.0.0.1:9", tmp_path)
    assert result.returncode == 1
    assert "bundled models need no network" in result.stderr and "--model DIR" in result.stderr
    assert "Traceback" not in result.stderr and len(result.stderr.strip().splitlines()) == 1


def test_a_server_without_the_list_is_named(server, tmp_path):
    result = download(server.address + "/nowhere", tmp_path)
    assert result.returncode == 1 and "404" in result.stderr


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    result = download("http://127.0.0.1:9", tmp_path / "file")
    assert result.returncode == 1 and "cannot be written" in result.stderr
