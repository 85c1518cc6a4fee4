"""A written answer is marked in nbgrader's page in a real browser, and the mark arrives."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from stock_course import COURSE, lay_out, solved
from test_grading import NAME, grade, needs_sandbox, results

SCRIPT = "Article 5 binds. <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"


def with_essay(student: str, task) -> dict:
    notebook = solved(NAME)
    for cell in notebook["cells"]:
        if cell["metadata"]["nbgrader"]["grade_id"] == "own_code":
            cell["source"] = SCRIPT
    return notebook


@pytest.fixture
def page_for_marking(tmp_path):
    """The address of formgrader for one marked submission."""
    lay_out(tmp_path, NAME, ["chen"], with_essay)
    assert grade(tmp_path).exit_code == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
         "--ServerApp.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"],
        cwd=tmp_path / "out",
        env={**os.environ, "HOME": str(tmp_path), "JUPYTER_PREFER_ENV_PATH": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    home = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                listed = urllib.request.urlopen(
                    f"{home}/formgrader/api/submitted_notebooks/{NAME}/{NAME}", timeout=5
                )
                yield f"{home}/formgrader/submissions/{json.load(listed)[0]['id']}/"
                break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail("JupyterLab did not start within 30 seconds.")
    finally:
        server.terminate()
        server.wait()


@needs_sandbox
def test_an_essay_is_marked_in_the_browser_and_the_mark_arrives(
    chromium, page_for_marking, tmp_path
):
    page, dialogs, asked = chromium.new_page(), [], []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_for_marking, wait_until="networkidle")
    names = [item.name for item in COURSE.items(NAME, {**_task(tmp_path)})]
    written = page.locator("input.score").nth(len(names))  # the first after the computer's
    written.fill("4")
    with page.expect_response(lambda response: "/api/grade/" in response.url):
        written.press("Tab")
    page.close()
    assert dialogs == []
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    assert [url for url in asked if url.endswith("/x")] == []
    assert grade(tmp_path).exit_code == 0
    row = results(tmp_path)["chen", "own_code"]
    assert (row["points"], row["status"]) == ("4", "marked")


def _task(root):
    return json.loads((root / "submitted" / "chen" / NAME / "task.json").read_text())
