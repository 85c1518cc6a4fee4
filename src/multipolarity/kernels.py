"""How the course's own checks run a notebook: quiet, offline, with an empty progress file.

Students' sessions do not use this. `make execute` and `make test` do, so that both see the
same outputs.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Runs in every kernel before the first cell. An audit hook cannot be undone by a cell.
STARTUP = """\
import os, sys, tempfile

os.environ["MULTIPOLARITY_HOME"] = tempfile.mkdtemp(dir=os.environ["MULTIPOLARITY_HOME"])

def _offline(event, args, home=("127.0.0.1", "::1", "localhost", "", None)):
    if event in ("socket.connect", "socket.sendto"):
        host = args[1][0] if isinstance(args[1], tuple) else None  # None: a Unix socket
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host not in home:
        raise PermissionError(f"The course works offline: a cell tried to reach {host!r}.")

sys.addaudithook(_offline)
del _offline
"""

# Without this each kernel reports that its local connection is not encrypted.
CONFIG = "c.IPKernelApp.log_level = 40\nc.HistoryManager.enabled = False\n"


@contextmanager
def checked_kernels() -> Iterator[Path]:
    """Start all kernels of this process and its children quiet, offline and without a past.

    Yields the temporary folder; afterwards it is removed and the environment is as before.
    """
    with tempfile.TemporaryDirectory(prefix="multipolarity-", ignore_cleanup_errors=True) as root:
        profile = Path(root, "ipython", "profile_default")
        home = Path(root, "home")
        (profile / "startup").mkdir(parents=True)
        home.mkdir()
        (profile / "startup" / "00-offline.py").write_text(STARTUP, encoding="utf-8")
        (profile / "ipython_kernel_config.py").write_text(CONFIG, encoding="utf-8")
        settings = {
            "IPYTHONDIR": str(profile.parent),
            "MULTIPOLARITY_HOME": str(home),
            "PYTHONHASHSEED": "0",
            "COLUMNS": "80",
        }
        before = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)
        try:
            yield Path(root)
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
