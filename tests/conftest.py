"""Every kernel that the tests start is quiet, offline and has an empty progress file."""

from contextlib import ExitStack

import pytest

from multipolarity.kernels import checked_kernels

_open = pytest.StashKey[ExitStack]()


def pytest_configure(config):
    stack = config.stash.setdefault(_open, ExitStack())
    stack.enter_context(checked_kernels())


def pytest_unconfigure(config):
    config.stash[_open].close()
