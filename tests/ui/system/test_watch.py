"""The watch over the system, where there is no system to watch: clocks, the end of the session, no sockets."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from ui.system.clock_leap import ClockLeap, Clocks, system_clocks
from ui.system.watch import CODES, SystemWatch


@dataclass
class Hands:
    """The hands of two clocks, moved by the test."""

    elapsed: float = 1000.0
    awake: float = 900.0

    @property
    def clocks(self) -> Clocks:
        return Clocks(lambda: self.elapsed, lambda: self.awake)

    def sleep(self, seconds: float) -> None:
        self.elapsed += seconds

    def work(self, seconds: float) -> None:
        self.elapsed += seconds
        self.awake += seconds


def test_a_computer_that_slept_is_noticed_once():
    hands = Hands()
    leap = ClockLeap(hands.clocks)
    hands.sleep(21)
    assert leap.leapt()
    assert not leap.leapt()


@pytest.mark.parametrize("seconds", [1, 19, 600])
def test_a_program_that_was_busy_is_not_taken_for_one_that_slept(seconds: float):
    hands = Hands()
    leap = ClockLeap(hands.clocks)
    hands.work(seconds)
    assert not leap.leapt()


def test_a_short_nap_is_passed_over():
    hands = Hands()
    leap = ClockLeap(hands.clocks)
    hands.sleep(19)
    assert not leap.leapt()


def test_the_systems_own_clocks_go_on_and_agree_while_awake():
    clocks = system_clocks()
    leap = ClockLeap(clocks)
    assert clocks.elapsed() <= clocks.elapsed()
    assert clocks.awake() <= clocks.awake()
    assert not leap.leapt()


def test_the_tick_tells_of_a_leap(app: QApplication):
    hands, heard = Hands(), list[str]()
    watch = SystemWatch(clocks=hands.clocks)
    watch.must_lock.connect(heard.append)
    window = QWidget()
    watch.start(window)
    watch._tick.timeout.emit()
    hands.sleep(30)
    watch._tick.timeout.emit()
    assert heard == ["sleep"]
    watch.stop()
    window.deleteLater()


def test_the_end_of_the_session_locks_only_while_watching(app: QApplication):
    heard = list[str]()
    watch = SystemWatch()
    watch.must_lock.connect(heard.append)
    watch._end_of_session()
    window = QWidget()
    watch.start(window)
    watch._end_of_session()
    watch.stop()
    watch._end_of_session()
    assert heard == ["shutdown"]
    window.deleteLater()


def test_nothing_is_asked_of_a_bus_where_nobody_sits(app: QApplication):
    assert app.platformName() == "offscreen"
    watch, window = SystemWatch(), QWidget()
    watch.start(window)
    assert watch._source is None
    watch.stop()
    window.deleteLater()


def test_every_code_a_message_can_give_is_an_agreed_one():
    from ui.system import bus_messages, windows_messages

    spoken = set(windows_messages._SESSION_CODES.values()) | set(bus_messages._BEGUN.values())
    spoken |= {code for *_, code in bus_messages._CHANGED}
    assert spoken <= set(CODES)
