"""A log line holds code places and classes, never what somebody wrote."""

import logging

import pytest

from desktop_app import logs

MARKER = "Hemlig Hemligsson"


@pytest.fixture
def memory_log():
    root = logging.getLogger()
    before, level = root.handlers, root.level
    logs.begin()
    yield logging.getLogger("desktop_app.somewhere")
    root.handlers, root.level = before, level


def test_arguments_and_messages_of_errors_are_left_out(memory_log: logging.Logger):
    try:
        raise ValueError(MARKER)
    except ValueError:
        memory_log.exception("could not save %s", MARKER)
    line = logs.lines()[-1]
    assert "could not save" in line
    assert "ValueError" in line
    assert "test_logs.py:" in line
    assert not any(MARKER in kept for kept in logs.lines())


def test_nothing_reaches_the_terminal(memory_log: logging.Logger, capsys: pytest.CaptureFixture[str]):
    memory_log.error("an event")
    shown = capsys.readouterr()
    assert shown.out == shown.err == ""
