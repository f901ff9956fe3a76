"""What can be wrong with a change in the registers of consents and disclosures."""

from desktop_app.domain.errors import UserError


class ConsentChangeUnclear(UserError):
    """A row of F02b (``row``, from 1) does not say what is to change, or from when."""

    code = "consents.change_unclear"


class ConsentChangeUnknown(UserError):
    """A row of F02b (``row``, from 1) is about a consent that the register does not hold."""

    code = "consents.change_unknown"


class ConsentChangeAhead(UserError):
    """A change, not a withdrawal, is to hold from a day that has not come."""

    code = "consents.change_ahead"


class DisclosureLacks(UserError):
    """What the ground asks for is not all there (``count``)."""

    code = "disclosures.lacks"


class DisclosureUnfinished(UserError):
    """A note about another disclosure is half written."""

    code = "disclosures.unfinished"


class DocumentOfNoDisclosure(UserError):
    """The document named is not one of the case."""

    code = "disclosures.not_open"
