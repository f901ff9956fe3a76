"""Why the answers in a PDF cannot be read in. None of them says what is in the file."""

from desktop_app.domain.errors import UserError


class AnswerPdfDamaged(UserError):
    """It is no PDF, is cut off, or is made in a way that is not safe to read."""

    code = "read_in.damaged"


class AnswerPdfLocked(UserError):
    """A PDF that opens with a password alone."""

    code = "read_in.locked"


class AnswerPdfTooLarge(UserError):
    """More of it than a filled-in form can be (``most``: megabytes)."""

    code = "read_in.too_large"


class AnswerPdfWithoutFields(UserError):
    """No form of ours, or one whose fields were made into plain paper (printed, scanned, flattened)."""

    code = "read_in.without_fields"


class AnswerPdfOfOtherForm(UserError):
    """A form of ours, but another one (``found``, ``wanted``: form ids)."""

    code = "read_in.other_form"


class AnswerPdfOfOtherVersion(UserError):
    """The right form in another version (``found``, ``wanted``: numbers): its fields may mean something else."""

    code = "read_in.other_version"


class AnswerPdfOfOtherCase(UserError):
    """The right form, but made out in another case, or for an earlier form of the same case."""

    code = "read_in.other_case"
