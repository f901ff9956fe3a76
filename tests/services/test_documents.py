"""Documents in a case: all of one or nothing, the very bytes back, told otherwise, removed and given back."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.audit import AuditEvent
from desktop_app.domain.changes import Kind
from desktop_app.domain.document_errors import (
    DocumentDamaged,
    DocumentEmpty,
    DocumentGone,
    DocumentInRegister,
    DocumentTooLarge,
    SourceChanged,
    SourceNoFile,
)
from desktop_app.domain.documents import (
    MOST_BYTES,
    PART_BYTES,
    About,
    Direction,
    DocumentKind,
    Mark,
    MediaType,
)
from desktop_app.domain.errors import AppError, Cancelled, CaseNotFound, TargetExists, TargetNotWritable
from desktop_app.domain.picture_heads import check_picture
from desktop_app.services import document_export, documents
from desktop_app.services.document_intake import look_at, look_at_file, proposed_title, read_again
from desktop_app.services.session import Session
from tests.helpers.desk_work import opened_case
from tests.helpers.good_files import locked_pdf, pdf, photo_with_place, picture, text
from tests.helpers.hostile_files import FOR_THE_PROCESS, REFUSED_BY_LOOK, Hostile

ABOUT = About(title="Beslut om insats", sender="Förvaltningsrätten", dated_on=date(2026, 11, 20))


class Stops:
    """Asks the work to stop at its ``after``-th step."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.steps: list[tuple[int, int]] = []

    def step(self, done: int, total: int, text_key: str) -> None:
        self.steps.append((done, total))
        if len(self.steps) >= self.after:
            raise Cancelled


def large(size: int) -> bytes:
    return b"%PDF-1.4\n" + bytes(number * 7 % 251 for number in range(1000)) * (size // 1000) + b"\n%%EOF"


def kinds(session: Session, case_id: str) -> list[str]:
    return [line.kind for line in log_lines(session, case_id)]


def log_lines(session: Session, case_id: str) -> list[AuditEvent]:
    with session.reading() as stores:
        lines = [each.event for each in stores.audit_log.of_case(case_id)]
    return [each for each in lines if each.kind.startswith("document.")]


# Taken in


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf(1), MediaType.PDF),
        (b"\xef\xbb\xbf\r\n" + pdf(1), MediaType.PDF),
        (picture("PNG"), MediaType.PNG),
        (picture("JPEG"), MediaType.JPEG),
        (picture("WEBP"), MediaType.WEBP),
        (picture("WEBP", lossless=True), MediaType.WEBP),
        (photo_with_place(), MediaType.JPEG),
        (locked_pdf("x"), MediaType.PDF),
        (text(), MediaType.TEXT),
        (text(encoding="utf-16"), MediaType.TEXT),
        (text("på återseende, Åsa\n", "latin-1"), MediaType.TEXT),
        (text("MZ är inte alltid ett program\n"), MediaType.TEXT),
        (text("BMW:n är såld\n"), MediaType.TEXT),
    ],
)
def test_what_a_file_is_stands_in_its_bytes(content: bytes, media_type: MediaType) -> None:
    looked = look_at(content)
    assert looked.media_type is media_type
    assert (looked.size_bytes, looked.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("hostile", REFUSED_BY_LOOK, ids=lambda each: each.name)
def test_what_is_refused_is_refused_before_anything_is_drawn(hostile: Hostile) -> None:
    with pytest.raises(AppError) as refused:
        look_at(hostile.content)
    assert refused.value.code == hostile.code


def test_there_are_more_hostile_files_than_fifteen_kinds() -> None:
    assert len(REFUSED_BY_LOOK) + len(FOR_THE_PROCESS) >= 40


def test_a_document_comes_back_byte_for_byte(session: Session) -> None:
    case_id = opened_case(session)
    content = large(3 * PART_BYTES + 17)
    added = documents.add(session, case_id, content, ABOUT)
    assert added.changes.touches(Kind.DOCUMENT)
    assert documents.read(session, added.document.document_id) == content
    [kept] = documents.in_case(session, case_id).documents
    assert kept == added.document
    assert kept.about == ABOUT
    assert kept.copy_name("K-2026-001") == "K-2026-001-H01.pdf"
    assert kinds(session, case_id) == ["document.opened", "document.added"], (
        "not known to be open: what is opened is noted"
    )
    with session.reading() as stores:
        assert stores.case_documents.of_case("none") == []
        sizes = [len(part) for part in stores.case_documents.each_part(kept.document_id)]
    assert max(sizes) == PART_BYTES
    assert sum(sizes) == len(content)


def test_it_tells_how_far_it_has_come_and_leaves_nothing_when_stopped(session: Session) -> None:
    case_id = opened_case(session)
    content = large(5 * PART_BYTES)
    told = Stops(99)
    kept = documents.add(session, case_id, content, ABOUT, told).document
    assert [done for done, _ in told.steps] == sorted({done for done, _ in told.steps})
    assert told.steps[-1] == (len(content), len(content))
    for after in (1, 3, len(told.steps)):
        with pytest.raises(Cancelled):
            documents.add(session, case_id, content + b"2", ABOUT, Stops(after))
    with session.reading() as stores:
        rows = stores.row_counts()
    assert (rows["case_document"], rows["document_part"]) == (1, 5)
    assert kinds(session, case_id) == ["document.added"]
    with pytest.raises(Cancelled):
        documents.read(session, kept.document_id, Stops(2))
    assert documents.read(session, kept.document_id) == content


def test_what_is_hostile_or_has_no_case_is_not_kept(session: Session) -> None:
    case_id = opened_case(session)
    with pytest.raises(DocumentEmpty):
        documents.add(session, case_id, b"", ABOUT)
    with pytest.raises(CaseNotFound):
        documents.add(session, "none", text(), ABOUT)
    assert documents.in_case(session, case_id).documents == ()


def test_the_same_bytes_are_known_again_also_from_the_trash(session: Session) -> None:
    case_id, other = opened_case(session), opened_case(session)
    added = documents.add(session, case_id, text(), ABOUT).document
    assert documents.same_as(session, case_id, added.sha256) == added
    assert documents.same_as(session, other, added.sha256) is None
    documents.remove(session, added.document_id)
    found = documents.same_as(session, case_id, added.sha256)
    assert found is not None
    assert found.removed_at is not None
    again = documents.add(session, case_id, text(), ABOUT).document
    assert again.number == 2, "a number is not given twice while its document is kept"
    assert documents.same_as(session, case_id, added.sha256) == again


# Told about, removed


def test_what_is_told_can_be_told_otherwise_and_the_log_names_the_fields(session: Session) -> None:
    case_id = opened_case(session)
    added = documents.add(session, case_id, text(), About(title="  \n ")).document
    assert added.about.title.endswith("-H01"), "what has no title is named by case and number"
    wanted = About(title="Brev\nfrån  mor", direction=Direction.OWN, kind=DocumentKind.LETTER, sender=" Mor ")
    assert documents.change_about(session, added.document_id, wanted).touches(Kind.DOCUMENT)
    told = documents.document(session, added.document_id).about
    assert (told.title, told.sender) == ("Brev från mor", "Mor")
    assert not documents.change_about(session, added.document_id, told).kinds
    [line] = [each for each in log_lines(session, case_id) if each.kind == "document.described"]
    assert set(line.fields) == {"title", "direction", "kind", "sender"}


def test_what_is_removed_lies_in_the_trash_and_comes_back_whole(session: Session) -> None:
    case_id = opened_case(session)
    added = documents.add(session, case_id, picture(), ABOUT).document
    documents.remove(session, added.document_id)
    assert documents.in_case(session, case_id).documents == ()
    with pytest.raises(DocumentGone):
        documents.remove(session, added.document_id)
    documents.restore(session, added.document_id)
    assert documents.in_case(session, case_id).documents == (added,)
    assert documents.read(session, added.document_id) == picture()


def test_what_stands_in_the_register_is_not_removed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.storage.case_document_store import CaseDocumentStore

    case_id = opened_case(session)
    added = documents.add(session, case_id, text(), ABOUT).document
    with session.reading() as stores:
        assert not stores.case_documents.is_disclosed(added.document_id)
    monkeypatch.setattr(CaseDocumentStore, "is_disclosed", lambda _self, _id: True)
    with pytest.raises(DocumentInRegister):
        documents.remove(session, added.document_id)
    assert documents.in_case(session, case_id).documents == (added,)


def test_bytes_that_are_no_longer_the_same_are_not_shown(session: Session) -> None:
    case_id = opened_case(session)
    added = documents.add(session, case_id, large(2 * PART_BYTES), ABOUT).document
    with session.act() as work:
        work._database.execute("DELETE FROM document_part WHERE ordinal = 1")
        work.audit("document.described")
        work.commit()
    with pytest.raises(DocumentDamaged):
        documents.read(session, added.document_id)


# Files


def test_the_source_is_only_read_and_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "Klara_Kastanj beslut.pdf"
    path.write_bytes(pdf(1))
    path.chmod(0o400)
    before = path.stat()
    looked, content = look_at_file(path)
    assert (looked.title, content) == ("Klara Kastanj beslut", pdf(1))
    assert read_again(path, looked.sha256) == content
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)
    path.chmod(0o600)
    path.write_bytes(pdf(2))
    with pytest.raises(SourceChanged):
        read_again(path, looked.sha256)


def test_no_more_is_read_than_a_document_may_have(tmp_path: Path) -> None:
    path = tmp_path / "stor"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES * 40)
    told = Stops(9999)
    with pytest.raises(DocumentTooLarge):
        look_at_file(path, told)
    assert told.steps[-1][0] <= MOST_BYTES


@pytest.mark.parametrize("name", ["mapp", "finns inte", "\x00"])
def test_what_is_no_file_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "mapp").mkdir()
    with pytest.raises((SourceNoFile, AppError)):
        look_at_file(tmp_path / name)


def test_a_title_is_made_of_the_name_without_what_cannot_be_seen() -> None:
    assert proposed_title("Beslut_2026\u202efdp.exe.pdf") == "Beslut 2026fdp.exe"
    assert proposed_title(".pdf") == ".pdf"


# Copies outside


def test_a_copy_outside_is_whole_and_logged_and_never_written_over_anything(
    session: Session, tmp_path: Path
) -> None:
    case_id = opened_case(session)
    added = documents.add(session, case_id, pdf(2), ABOUT).document
    target = tmp_path / added.copy_name("K-2026-001")
    assert document_export.export(session, added.document_id, target).touches(Kind.AUDIT)
    assert target.read_bytes() == pdf(2)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [target.name]
    with pytest.raises(TargetExists):
        document_export.export(session, added.document_id, target)
    with pytest.raises(TargetNotWritable):
        document_export.export(session, added.document_id, tmp_path / "ingen mapp" / "a.pdf")
    assert kinds(session, case_id).count("document.exported") == 1


def test_a_picture_leaves_without_its_place_and_stays_as_it_came(session: Session, tmp_path: Path) -> None:
    photo = photo_with_place()
    added = documents.add(session, opened_case(session), photo, ABOUT).document
    document_export.export(session, added.document_id, tmp_path / "bild.jpg")
    outside = (tmp_path / "bild.jpg").read_bytes()
    assert Mark.LOCATION in check_picture(photo, MediaType.JPEG)
    assert Mark.LOCATION not in check_picture(outside, MediaType.JPEG)
    assert documents.read(session, added.document_id) == photo


def test_a_copy_that_cannot_be_logged_is_taken_away(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = documents.add(session, opened_case(session), text(), ABOUT).document

    def fails(_session: Session) -> None:
        raise Cancelled

    with monkeypatch.context() as patch:  # the store is locked after the test by an act of its own
        patch.setattr(Session, "act", fails)
        with pytest.raises(Cancelled):
            document_export.export(session, added.document_id, tmp_path / "a.txt")
    assert not (tmp_path / "a.txt").exists()


def test_the_kind_of_a_place_is_told(tmp_path: Path) -> None:
    assert document_export.kind_of_place(tmp_path) == "own"
    assert document_export.kind_of_place(tmp_path / "OneDrive - Kommunen") == "synced"
