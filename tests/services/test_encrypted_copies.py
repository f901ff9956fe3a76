"""A copy behind words: opened with them by other programs, by nobody without them, and the words stand nowhere."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from desktop_app.domain.errors import DiskFull, TargetExists
from desktop_app.printing.encryption import encrypted
from desktop_app.services import encrypted_copies
from desktop_app.services.audit import events
from desktop_app.services.encrypted_copies import save_encrypted
from desktop_app.services.kept_prints import issued_pdf
from desktop_app.services.printing import issue
from desktop_app.services.session import Session
from tests.helpers.desk_work import intake, opened_case
from tests.helpers.figures import tell
from tests.printing.reading import text_of

WORDS = "räv blåbär högtryck å ordning äpple"
XMP = b"<x:xmpmeta><title>Aktualisering</title><pdfaid:part>2</pdfaid:part><i pdfaid:rev='1'/></x:xmpmeta>".replace(
    b"'", b'"'
)
NOT_THE_WORDS = ("", "räv", WORDS.upper(), WORDS + " ", WORDS.replace("å", "a"))


@pytest.fixture
def document(session: Session) -> str:
    case_id = opened_case(session)
    intake(session, case_id)
    return issue(session, case_id, "F01").document_id


def opened_by_pdfium(pdf: bytes, words: str) -> str:
    """All text as another reader than the one that wrote it sees it; empty when it is refused."""
    octets = QByteArray(pdf)
    buffer = QBuffer(octets)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)
    document.setPassword(words)
    document.load(buffer)
    text = "".join(document.getAllText(page).text() for page in range(max(0, document.pageCount())))
    document.close()
    return text


def test_another_reader_opens_it_with_the_words_and_reads_what_was_issued(
    qapp: QApplication, session: Session, document: str, tmp_path: Path
):
    path = tmp_path / "F01.pdf"
    copy = save_encrypted(session, document, path)
    assert "Klara Kastanj" in opened_by_pdfium(path.read_bytes(), copy.words)
    assert opened_by_pdfium(path.read_bytes(), copy.words) == opened_by_pdfium(
        issued_pdf(session, document), ""
    )
    with pikepdf.open(path, password=copy.words) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
    assert len(copy.words.split()) == 6


def test_nobody_opens_it_without_them(qapp: QApplication, session: Session, document: str):
    locked = encrypted(issued_pdf(session, document), WORDS)
    assert opened_by_pdfium(locked, WORDS)
    for wrong in NOT_THE_WORDS:
        assert opened_by_pdfium(locked, wrong) == ""
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(locked), password=wrong)
    tell("P4.7", f"AES-256 copy: opens with its six words, refused for {len(NOT_THE_WORDS)} others")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_opens_it_without_a_warning(session: Session, document: str, tmp_path: Path):
    copy = save_encrypted(session, document, tmp_path / "F01.pdf")
    for words, fine in ((copy.words, True), ("fel ord", False)):
        ran = subprocess.run(
            ["qpdf", f"--password={words}", "--check", str(tmp_path / "F01.pdf")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode == 0) is fine, ran.stderr
        assert "WARNING" not in ran.stdout + ran.stderr


def octets_with(pdf: bytes, *needles: str) -> list[str]:
    return [needle for needle in needles if needle.encode() in pdf or needle.encode("utf-16-be") in pdf]


def test_neither_title_nor_metadata_can_be_read_in_the_file(session: Session, document: str):
    kept = issued_pdf(session, document)
    with pikepdf.open(BytesIO(kept)) as plain:
        plain.Root.Metadata = plain.make_stream(XMP)
        out = BytesIO()
        plain.save(out, compress_streams=False, fix_metadata_version=False)
    needles = ("Aktualisering", "pdfaid")
    assert octets_with(out.getvalue(), *needles) == list(needles), "the open file shows them"
    locked = encrypted(out.getvalue(), WORDS)
    assert octets_with(locked, *needles) == []
    with pikepdf.open(BytesIO(locked), password=WORDS) as opened:
        told = opened.Root.Metadata.read_bytes()
    assert b"Aktualisering" in told
    assert b"pdfaid" not in told, "what is encrypted is no PDF/A, and says so no more"


def test_the_words_stand_in_no_log_and_in_no_text_of_the_result(
    session: Session, document: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    copy = save_encrypted(session, document, tmp_path / "hemligt namn.pdf")
    newest = events(session)[0]
    assert newest.text_key == "events.document.saved_encrypted"
    told = f"{events(session)} {caplog.text} {copy!r}"
    for word in (*copy.words.split(), "hemligt namn"):
        assert word not in told
    assert session.library.texts.has(newest.text_key)


def test_each_copy_has_words_of_its_own(session: Session, document: str, tmp_path: Path):
    made = {save_encrypted(session, document, tmp_path / f"{each}.pdf").words for each in range(3)}
    assert len(made) == 3


def test_nothing_is_written_over_and_nothing_is_left_without_its_line(
    session: Session, document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    taken = tmp_path / "F01.pdf"
    taken.write_bytes(b"viktigt")
    with pytest.raises(TargetExists):
        save_encrypted(session, document, taken)
    assert taken.read_bytes() == b"viktigt"
    lines = len(events(session))

    def no_room(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as full:
        full.setattr(encrypted_copies.Session, "act", no_room)
        with pytest.raises(DiskFull):
            save_encrypted(session, document, tmp_path / "annan.pdf")
    assert sorted(os.listdir(tmp_path)) == ["F01.pdf", "valv"]
    assert len(events(session)) == lines


def test_text_of_the_locked_copy_is_that_of_the_open_one(session: Session, document: str):
    kept = issued_pdf(session, document)
    locked = encrypted(kept, WORDS)
    with pikepdf.open(BytesIO(locked), password=WORDS) as opened:
        out = BytesIO()
        opened.save(out, encryption=False)
    assert text_of(out.getvalue()) == text_of(kept)
