"""Messages as Windows lays them in memory: which of them lock, and which must not."""

import struct
from ctypes import addressof, create_string_buffer
from uuid import UUID

import pytest
from PySide6.QtCore import QByteArray

from ui.system.windows_messages import LID_SWITCH, MessageReader, read_message
from ui.system.windows_watch import WindowsWatch

WINDOW = 0x00000000000A0B2C
POWER, SESSION, QUERY_END, END = 0x0218, 0x02B1, 0x0011, 0x0016
POWER_SETTING = 0x8013
ENDSESSION_LOGOFF = -0x80000000
DISPLAY_STATE = UUID("6fe69556-704a-47a0-8f24-c28d936fda47")
POWER_SOURCE = UUID("5d3e9a59-e9d5-4b00-a6bd-ff34ff516548")


class Recorded:
    """A MSG of 64-bit Windows, byte for byte, kept alive as long as its address is read."""

    def __init__(self, number: int, w_param: int, l_param: int = 0, setting: bytes = b"") -> None:
        self._setting = create_string_buffer(setting, len(setting)) if setting else None
        if self._setting is not None:
            l_param = addressof(self._setting)
        packed = struct.pack("<QI4xQqIii4x", WINDOW, number, w_param, l_param, 123_456, 10, 20)
        self._memory = create_string_buffer(packed, len(packed))

    @property
    def address(self) -> int:
        return addressof(self._memory)


def setting(guid: UUID, value: int) -> Recorded:
    """WM_POWERBROADCAST with a changed power setting: GUID, length, DWORD."""
    return Recorded(POWER, POWER_SETTING, setting=guid.bytes_le + struct.pack("<II", 4, value))


def code_of(recorded: Recorded, reader: MessageReader | None = None) -> str | None:
    return (reader or MessageReader()).code_for(read_message(recorded.address))


MUST_LOCK = {
    "the session is locked": (Recorded(SESSION, 0x7, 1), "session_locked"),
    "another user takes the screen": (Recorded(SESSION, 0x2, 1), "user_switch"),
    "remote desktop ends": (Recorded(SESSION, 0x4, 1), "user_switch"),
    "somebody looks on from afar": (Recorded(SESSION, 0x9, 1), "user_switch"),
    "the session ends": (Recorded(SESSION, 0x6, 1), "shutdown"),
    "sleep": (Recorded(POWER, 0x4), "sleep"),
    "Windows asks to end": (Recorded(QUERY_END, 0, 0), "shutdown"),
    "Windows asks to log off": (Recorded(QUERY_END, 0, ENDSESSION_LOGOFF), "shutdown"),
    "Windows ends": (Recorded(END, 1), "shutdown"),
}
MUST_NOT_LOCK = {
    "unlocked": Recorded(SESSION, 0x8, 1),
    "logged on": Recorded(SESSION, 0x5, 1),
    "screen connected": Recorded(SESSION, 0x1, 1),
    "remote desktop connected": Recorded(SESSION, 0x3, 1),
    "awake by itself": Recorded(POWER, 0x12),
    "awake by a person": Recorded(POWER, 0x7),
    "battery or mains": Recorded(POWER, 0xA),
    "mains, as a setting": setting(POWER_SOURCE, 0),
    "display off": setting(DISPLAY_STATE, 0),
    "ending was called off": Recorded(END, 0),
    "a key": Recorded(0x0100, 0x4),
    "a moved mouse": Recorded(0x0200, 0x7),
    "painting": Recorded(0x000F, 0),
}


@pytest.mark.parametrize(("recorded", "code"), MUST_LOCK.values(), ids=MUST_LOCK.keys())
def test_a_message_that_means_lock(recorded: Recorded, code: str):
    assert code_of(recorded) == code


@pytest.mark.parametrize("recorded", MUST_NOT_LOCK.values(), ids=MUST_NOT_LOCK.keys())
def test_a_message_that_does_not(recorded: Recorded):
    assert code_of(recorded) is None


def test_the_lid_locks_when_it_goes_down_and_at_no_other_time():
    reader = MessageReader()
    said = [code_of(setting(LID_SWITCH, is_open), reader) for is_open in (1, 0, 0, 1, 0)]
    assert said == [None, "lid", None, None, "lid"]


def test_a_lid_that_was_down_from_the_start_does_not_lock_a_docked_computer():
    assert code_of(setting(LID_SWITCH, 0)) is None


def test_a_setting_of_another_length_is_passed_over():
    odd = Recorded(POWER, POWER_SETTING, setting=LID_SWITCH.bytes_le + struct.pack("<IB", 1, 0))
    message = read_message(odd.address)
    assert (message.setting, message.value) == (LID_SWITCH, None)
    assert MessageReader().code_for(message) is None


def test_a_setting_without_its_struct_is_passed_over():
    bare = Recorded(POWER, POWER_SETTING, 0)
    assert read_message(bare.address).setting is None


def test_the_filter_passes_everything_on_and_tells_of_windows_too():
    heard: list[object] = []
    watch = WindowsWatch(heard.append, lambda window: heard.append(("appears", window)), heard.append)
    kind = QByteArray(b"windows_generic_MSG")
    for recorded in (Recorded(0x0018, 1), Recorded(0x0046, 0), Recorded(SESSION, 0x7), Recorded(0x0082, 0)):
        assert watch.nativeEventFilter(kind, recorded.address) == (False, 0)
    assert heard == [("appears", WINDOW), ("appears", WINDOW), "session_locked", WINDOW]


def test_the_filter_leaves_other_systems_messages_unread():
    heard: list[object] = []
    watch = WindowsWatch(heard.append, heard.append, heard.append)
    assert watch.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)
    assert heard == []
