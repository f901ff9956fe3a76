"""Forms on paper: what is kept, what is saved, and what never stands on a page that leaves the house."""

import hashlib
import os
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.domain.errors import DiskFull, RecipientUnknown, TargetExists, TargetNotWritable
from desktop_app.services import kept_prints, new_files, printing
from desktop_app.services.audit import events
from desktop_app.services.forms import finish
from desktop_app.services.kept_prints import issued, issued_pdf, note_printed, save_issued
from desktop_app.services.library import load_library
from desktop_app.services.printing import blank_form, preview
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case, police_consent, typed
from tests.helpers.practice import PROFILE
from tests.helpers.read_paper import issue_read
from tests.printing.reading import text_of

SECRETS = ("Klara", "Kastanj", "19970516", "970516", "2387", "frivården", "Stugan")


def case_with(session: Session, consent: dict[str, str] | None = None, **changes: str) -> str:
    case_id = opened_case(session)
    intake(session, case_id, **changes)
    if consent is not None:
        police_consent(session, case_id, **consent)
    typed(
        session, case_id, "F04", recipient_unit="BOPS", kind="initial", known_threats="Sms", questions="level"
    )
    return case_id


def everything_in(pdf: bytes) -> str:
    """Words on the pages, metadata and the bytes themselves."""
    reader = PdfReader(BytesIO(pdf))
    data = " ".join(str(value) for value in (reader.metadata or {}).values())
    xmp = reader.trailer["/Root"].get("/Metadata")
    inside = xmp.get_object().get_data().decode("utf-8", "replace") if xmp else ""
    # Where in the file each object begins is a number as long as a person's.
    octets = re.sub(r"\d{10} \d{5} [nf]|startxref\s+\d+", "", pdf.decode("latin-1"))
    return f"{text_of(pdf)} {data} {inside} {octets}"


def leaks(pdf: bytes) -> list[str]:
    text = everything_in(pdf)
    squeezed = "".join(text.split())
    return [secret for secret in SECRETS if secret in text or secret in squeezed]


def kinds(session: Session) -> list[str]:
    return [event.text_key.removeprefix("events.") for event in events(session)]


def test_with_consent_the_police_is_told_who_it_is_about(session: Session):
    case_id = case_with(session, {"valid_from": "2026-11-01", "valid_until": "2026-11-22"})
    text = text_of(preview(session, case_id, "F04", "bops"))
    assert "Klara Kastanj" in text
    assert "19970516-2387" in text
    assert session.library.texts.get("paper.no_consent").split("{")[0].strip() not in text


@pytest.mark.parametrize(
    "consent",
    [
        None,
        {"may_disclose": "no"},
        {"valid_until": "2026-11-21"},
        {"valid_from": "2026-11-23"},
        {"withdrawn_on": "2026-11-22"},
        {"recipient": "region"},
        {"may_disclose": ""},
    ],
)
def test_without_consent_nothing_tells_who_it_is_about(session: Session, consent):
    case_id = case_with(session, consent)
    for recipient in ("bops", "local_police", None):
        pdf = preview(session, case_id, "F04", recipient)
        assert leaks(pdf) == []
        assert session.library.texts.get("paper.no_consent").split("{")[0].strip() in text_of(pdf)
    assert any(doubt.text_key == "doubts.consent_missing" for doubt in _view(session, case_id).doubts)


def _view(session: Session, case_id: str):
    from desktop_app.services.forms import open_form

    return open_form(session, case_id, "F04")


@pytest.mark.parametrize(
    "protection", ["confidentiality_mark", "protected_registration", "assumed_identity", ""]
)
def test_protected_or_not_known_to_be_open_names_nobody_on_any_form(session: Session, protection: str):
    case_id = case_with(session, {}, protected_identity=protection)
    for form in session.library.forms:
        for recipient in (None, *form.recipients):
            pdf = preview(session, case_id, form.id, recipient)
            told = session.library.recipient_profiles.of(recipient).sees_protected or form.kept_apart
            assert told or leaks(pdf) == [], (form.id, recipient)
    made = issue_read(session, case_id, "F04", "bops")
    assert leaks(made.pdf) == []
    assert made.file_name == "F04-K-2026-001.pdf"


@pytest.mark.parametrize(("protection", "lines"), [("none", 0), ("", 1), ("protected_registration", 1)])
def test_opening_what_was_issued_of_a_protected_person_is_noted(
    session: Session, protection: str, lines: int
):
    case_id = case_with(session, {}, protected_identity=protection)
    made = issue_read(session, case_id, "F04", "bops")
    assert issued_pdf(session, made.document_id) == made.pdf
    noted = [event for event in events(session, case_id) if event.text_key == "events.document.opened"]
    assert len(noted) == lines


def test_the_file_of_the_case_itself_names_the_person(session: Session):
    case_id = case_with(session, None)
    assert "Klara Kastanj" in text_of(preview(session, case_id, "F01"))


def test_nobody_is_written_to_who_is_not_on_the_form(session: Session):
    case_id = case_with(session)
    for recipient in ("police_funding", "Polisen", "", "bops "):
        with pytest.raises(RecipientUnknown) as refused:
            issue_read(session, case_id, "F04", recipient)
        assert "bops" in str(refused.value.params["known"])
    with pytest.raises(RecipientUnknown):
        issue_read(session, case_id, "F01", "bops")
    assert issued(session, case_id) == ()


def test_an_issued_document_is_kept_byte_for_byte(session: Session):
    case_id = case_with(session, {})
    made = issue_read(session, case_id, "F04", "bops")
    typed(session, case_id, "F04", known_threats="Något annat")
    [kept] = issued(session, case_id)
    assert issued_pdf(session, made.document_id) == made.pdf
    assert kept.sha256 == hashlib.sha256(made.pdf).hexdigest()
    assert (kept.form_id, kept.recipient, kept.status, kept.version) == ("F04", "bops", "draft", 1)
    assert made.file_name == "F04-K-2026-001.pdf"
    assert preview(session, case_id, "F04", "bops") != made.pdf


def test_what_is_seen_is_what_is_issued(session: Session):
    case_id = case_with(session, {})
    assert text_of(preview(session, case_id, "F04", "bops")) == text_of(
        issue_read(session, case_id, "F04", "bops").pdf
    )


def test_a_draft_says_that_it_is_one(session: Session):
    case_id = case_with(session, {})
    assert session.library.texts.get("paper.draft") in text_of(preview(session, case_id, "F04"))


def test_saving_writes_the_very_bytes_once_and_never_over_anything(session: Session, tmp_path: Path):
    case_id = case_with(session, {})
    made = issue_read(session, case_id, "F04")
    path = tmp_path / "F04.pdf"
    save_issued(session, made.document_id, path)
    assert path.read_bytes() == made.pdf
    path.write_bytes(b"viktigt")
    lines = kinds(session)
    with pytest.raises(TargetExists):
        save_issued(session, made.document_id, path)
    link = tmp_path / "lank.pdf"
    link.symlink_to(tmp_path / "finns-inte.pdf")
    for bad in (link, tmp_path, tmp_path / "saknas" / "x.pdf", path / "x.pdf"):
        with pytest.raises((TargetExists, TargetNotWritable)):
            save_issued(session, made.document_id, bad)
    assert path.read_bytes() == b"viktigt"
    assert sorted(os.listdir(tmp_path)) == ["F04.pdf", "lank.pdf", "valv"]
    assert kinds(session) == lines, "what did not happen has no line"


class _FullFile:
    def __init__(self, path: Path, failure: OSError) -> None:
        path.touch()
        self._failure = failure

    def __enter__(self) -> "_FullFile":
        return self

    def __exit__(self, *_: object) -> None: ...

    def write(self, _: bytes) -> int:
        raise self._failure


@pytest.mark.parametrize(("number", "error"), [(28, DiskFull), (5, TargetNotWritable)])
def test_half_a_file_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error):
    monkeypatch.setattr(Path, "open", lambda path, _mode: _FullFile(path, OSError(number, "x")))
    with pytest.raises(error):
        new_files.write_new_file(tmp_path / "F04.pdf", b"%PDF")
    assert os.listdir(tmp_path) == []


def test_a_copy_outside_the_store_never_stands_without_its_line(
    session: Session, tmp_path: Path, monkeypatch
):
    case_id = case_with(session, {})
    made = issue_read(session, case_id, "F04")

    def no_room(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(kept_prints, "_note", no_room)
    with pytest.raises(DiskFull):
        save_issued(session, made.document_id, tmp_path / "F04.pdf")
    assert not (tmp_path / "F04.pdf").exists()


def test_each_step_on_paper_has_its_line_and_a_preview_has_none(session: Session, tmp_path: Path):
    case_id = case_with(session, {})
    before = kinds(session)
    preview(session, case_id, "F04")
    assert kinds(session) == before
    made = issue_read(session, case_id, "F04", "bops")
    changes = [made.changes, note_printed(session, made.document_id)]
    changes.append(save_issued(session, made.document_id, tmp_path / "F04.pdf"))
    read, *_ = lines = kinds(session)[2:4]
    assert kinds(session)[:2] == ["document.saved_to_file", "document.printed"]
    assert (read, lines[1]) == ("disclosure.checked", "document.issued")
    assert all(change.case_id == case_id for change in changes)


@pytest.mark.parametrize("form_id", [form.id for form in load_library().forms])
def test_every_form_can_be_printed_for_a_pen(session: Session, form_id: str):
    form = session.library.form(form_id)
    text = text_of(blank_form(session.library, form_id, PROFILE))
    assert session.library.texts.get(f"{form.text_key}.title") in text
    assert "Ale kommun" in text
    assert session.library.texts.get("paper.draft") not in text


# What was seen, what was kept, and by which rules


def test_the_bytes_that_were_seen_are_the_bytes_that_are_kept(session: Session, monkeypatch):
    case_id = case_with(session, {})
    seen = printing.draw(session, case_id, "F04", "bops")
    with monkeypatch.context() as nothing:
        nothing.setattr(printing, "render_form", lambda *_: pytest.fail("it was drawn twice"))
        made = issue_read(session, case_id, "F04", "bops", seen=seen)
    assert made.as_seen
    assert made.pdf is seen.pdf
    assert issued_pdf(session, made.document_id) == seen.pdf


@pytest.mark.parametrize("what", ["answer", "recipient", "protection"])
def test_what_has_changed_since_it_was_seen_is_drawn_anew_and_said(session: Session, what: str):
    case_id = case_with(session, {})
    seen = printing.draw(session, case_id, "F04", "bops")
    if what == "answer":
        typed(session, case_id, "F04", known_threats="Något annat")
    if what == "protection":
        intake(session, case_id, protected_identity="protected_registration")
    recipient = "local_police" if what == "recipient" else "bops"
    made = issue_read(session, case_id, "F04", recipient, seen=seen)
    assert not made.as_seen
    assert made.pdf != seen.pdf
    assert made.pdf == preview(session, case_id, "F04", recipient)


def test_what_a_discreet_picture_left_out_stands_on_the_paper(session: Session):
    case_id = case_with(session, {}, protected_identity="none")
    seen = printing.draw(session, case_id, "F01", None, printing.NAMES)
    made = issue_read(session, case_id, "F01", seen=seen)
    assert "Klara Kastanj" not in text_of(seen.pdf)
    assert "Klara Kastanj" in text_of(made.pdf)


def test_a_print_keeps_the_version_of_the_rules_it_rests_on(session: Session):
    case_id = case_with(session, {})
    for form_id in ("F03", "F04"):
        issue_read(session, case_id, form_id)
    kept = {each.form_id: (each.rule_set, each.rule_set_version) for each in issued(session, case_id)}
    model = session.library.model("nationell_polis_2023")
    assert kept == {"F03": (model.id, model.version), "F04": (None, None)}


def test_a_finished_form_keeps_the_rules_of_its_day(session: Session, monkeypatch):
    case_id = case_with(session, {})
    typed(session, case_id, "F03", recipient_unit="LPO", reason="Vill lämna", urgent_needs="none")
    finish(session, case_id, "F03")
    typed(session, case_id, "F07", model="stockholm_2024")
    issue_read(session, case_id, "F03")
    [kept] = issued(session, case_id)
    assert kept.status == "finished"
    assert kept.rule_set == "nationell_polis_2023"


def test_a_kept_print_is_taken_out_again_marked_as_a_copy(session: Session):
    case_id = case_with(session, {})
    made = issue_read(session, case_id, "F04", "bops")
    word = session.library.texts.get("paper.copy")
    assert word not in text_of(made.pdf)
    again = kept_prints.reprint(session, made.document_id)
    reader = PdfReader(BytesIO(again.pdf))
    assert all(word in page.extract_text() for page in reader.pages)
    assert "Klara Kastanj" in text_of(again.pdf)
    assert issued_pdf(session, made.document_id) == made.pdf, "what is kept stays as it was"
    assert kinds(session)[0] == "document.reprinted"
    assert again.changes.case_id == case_id
    assert kept_prints.reprint(session, made.document_id).pdf == again.pdf
