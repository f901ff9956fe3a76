"""Why a file is not taken in, or cannot be shown. None of them names the file or says what is in it."""

from desktop_app.domain.errors import UserError, WorldError


class DocumentEmpty(UserError):
    """The file has no bytes."""

    code = "document.empty"


class DocumentTooLarge(UserError):
    """The file is larger than one document may be (``most``: megabytes)."""

    code = "document.too_large"


class DocumentKindRefused(UserError):
    """By its content the file is of a kind (``fault``: the key of its word) that Utväg cannot show safely."""

    code = "document.kind_refused"


class DocumentUnknown(UserError):
    """By its content the file is of no kind that is known."""

    code = "document.unknown"


class DocumentDamaged(UserError):
    """The file says it is a document of a known kind, but is cut off or cannot be read."""

    code = "document.damaged"


class DocumentNeedsPassword(UserError):
    """A PDF that opens with a password alone."""

    code = "document.needs_password"


class PictureTooLarge(UserError):
    """The picture has more points (``most``: millions) than is safe to draw."""

    code = "document.picture_too_large"


class DocumentTooSlow(WorldError):
    """Drawing it took too long, or more memory than it may have; it was stopped."""

    code = "document.too_slow"


class ViewerFailed(WorldError):
    """The process that draws documents could not be started, or ended by itself."""

    code = "document.viewer_failed"


class SourceUnreadable(WorldError):
    """The file cannot be read where it lies."""

    code = "document.source_unreadable"


class SourceChanged(WorldError):
    """The file is no longer the one that was looked at."""

    code = "document.source_changed"


class SourceNoFile(UserError):
    """What was chosen or dropped is a folder, a device or a link to elsewhere."""

    code = "document.no_file"


class DocumentGone(UserError):
    """There is no such document, or it has been removed for good."""

    code = "document.gone"


class DocumentInRegister(UserError):
    """It stands in the register of what has been given out, so it stays in the case."""

    code = "document.in_register"


class DocumentInJournal(UserError):
    """A note of the journal points to it, so it stays in the case."""

    code = "document.in_journal"


class NotedDocumentGone(UserError):
    """A note points to a document that is not in its case."""

    code = "document.not_in_case"
