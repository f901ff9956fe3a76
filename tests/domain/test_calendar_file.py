"""Calendar files as RFC 5545 has them."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.calendar_file import Entry, calendar_file
from tests.helpers.clock import NOON

DAY = date(2026, 12, 24)


def lines_of(content: str) -> list[str]:
    """Lines with their folds taken out, as a calendar reads them."""
    assert content.endswith("\r\n")
    assert "\n" not in content.replace("\r\n", "")
    return content.replace("\r\n ", "").split("\r\n")[:-1]


def test_an_entry_is_a_whole_day():
    assert lines_of(calendar_file([Entry("k1", DAY, "Bevakning K-2026-014")], NOON)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Utvag//Bevakningar//SV",
        "BEGIN:VEVENT",
        "UID:k1",
        "DTSTAMP:20261122T110000Z",
        "DTSTART;VALUE=DATE:20261224",
        "DTEND;VALUE=DATE:20261225",
        "SUMMARY:Bevakning K-2026-014",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_words_of_any_length_and_sign_come_back(words: str):
    content = calendar_file([Entry("k", DAY, words)], datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
    [summary] = [line for line in lines_of(content) if line.startswith("SUMMARY:")]
    read = summary.removeprefix("SUMMARY:").replace("\\\\", "\0").replace("\\,", ",").replace("\\;", ";")
    assert read.replace("\0", "\\") == words
