"""The published schemas in an editor: a real YAML language server, spoken to over its own pipe."""

import json
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SERVER = "yaml-language-server@1.19.2"
"""One version: what it says is compared word for word."""
PATIENCE = 60
"""Seconds to wait for an answer before the server counts as silent."""

HEAD = "# yaml-language-server: $schema=../schema/playbook.schema.json\n"
"""The first line of every shipped playbook: the schemas stand beside the folder, where ``init`` puts them."""
TEXT = (
    HEAD
    + """crisisdesk: playbook/1
title: A takeover
version: "1"
use-when: Somebody else posts as us.
usualy: sev2
phases:
  - phase: Contain
    goal: Nobody but us can post.
    steps:
      - do: Sign out every session
        who: social-lead
        confirmed-by: another person
"""
    + " " * 8
    + "\n"
)


class Server:
    """A language server and the file it has open."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self._process, self._count = process, 0
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self.uri = (folder / "playbooks" / "takeover.yaml").as_uri()
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})
        settings = {
            "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
        }
        self.tell("workspace/didChangeConfiguration", {"settings": settings})
        opened = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": TEXT}
        self.tell("textDocument/didOpen", {"textDocument": opened})

    def _listen(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        while header := pipe.readline():
            length = int(header.split(b":")[1]) if header.lower().startswith(b"content-length") else 0
            while header.strip():
                header = pipe.readline()
            if length:
                self._heard.put(json.loads(pipe.read(length)))

    def tell(self, method: str, params: object, **more: object) -> None:
        """Send a message."""
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def ask(self, method: str, params: object) -> Any:
        """Send a request and wait for its answer; what else the server asks meanwhile is answered with nothing."""
        self._count += 1
        self.tell(method, params, id=self._count)
        while (heard := self._next()).get("id") != self._count or "method" in heard:
            pass
        return heard.get("result")

    def diagnostics(self) -> list[str]:
        """Wait until the server says something is wrong with the file, and return it."""
        while True:
            heard = self._next()
            if heard.get("method") == "textDocument/publishDiagnostics" and heard["params"]["diagnostics"]:
                return [one["message"] for one in heard["params"]["diagnostics"]]

    def _next(self) -> dict[str, Any]:
        heard = self._heard.get(timeout=PATIENCE)
        if "method" in heard and "id" in heard:
            wanted = heard["method"] == "workspace/configuration"
            result = (
                [{"validate": True, "schemaStore": {"enable": False}}] * len(heard["params"]["items"])
                if wanted
                else None
            )
            body = json.dumps({"jsonrpc": "2.0", "id": heard["id"], "result": result}).encode()
            assert self._process.stdin is not None
            self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self._process.stdin.flush()
        return heard

    def at(self, line: str, column: int) -> dict[str, Any]:
        """Return the place of a line of the text, by its beginning."""
        number = next(place for place, one in enumerate(TEXT.split("\n")) if one.startswith(line))
        return {"textDocument": {"uri": self.uri}, "position": {"line": number, "character": column}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, installed for this run; where there is no npm, or it reaches nothing, the tests say so and are skipped."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        pytest.skip("npm is not installed here, so there is no YAML language server to try the schemas in")
    folder = tmp_path_factory.mktemp("server")
    got = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), SERVER],
        capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    if got.returncode:
        pytest.skip("npm cannot fetch the YAML language server here")
    shutil.copytree(ROOT / "schema", folder / "schema")
    script = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    with subprocess.Popen(
        [node, str(script), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Server(process, folder)
        process.kill()


def test_a_misspelt_name_is_marked_in_the_editor(server: Server) -> None:
    assert any("usualy" in message for message in server.diagnostics())


def test_the_editor_says_what_a_field_is_for(server: Server) -> None:
    hover = server.ask("textDocument/hover", server.at("        confirmed-by", 12))
    assert "another person, or a role" in json.dumps(hover)


def test_the_editor_offers_the_fields_of_a_step(server: Server) -> None:
    place = server.at("        confirmed-by", 8)
    place["position"]["line"] += 1
    found = server.ask("textDocument/completion", place)
    labels = {item["label"] for item in (found["items"] if isinstance(found, dict) else found or [])}
    assert {"within", "why", "how", "record"} <= labels
