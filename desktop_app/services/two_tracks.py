"""Both tracks of a case as they stand: the programme's criteria, and needs under socialtjänstlagen."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.decisions import DECISION_FORM, DECISIONS
from desktop_app.domain.derived import findings_of
from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.two_tracks import DECIDED, goes_on_under_sol, outcome_in_force
from desktop_app.services.case_reading import ReadCase, read_case
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet

CRITERIA_FORM, INVESTIGATION_FORM = "F07", "F08"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One track in words, and the form one goes on with."""

    title: str
    standing: str
    about: tuple[str, ...]
    form_id: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TracksView:
    """Both tracks. ``goes_on`` is what is told when the programme is not for the person, else empty."""

    criteria: Track
    needs: Track
    goes_on: str


def tracks(session: Session, case_id: str) -> TracksView:
    """Return both tracks of a case. Raises ``CaseNotFound``."""
    with session.reading() as stores:
        case = read_case(session, stores, stores.cases.by_id(case_id))
        forms = {form_id: _standing(stores, case_id, form_id) for form_id in _FORMS}
    texts = session.library.texts
    outcome = outcome_in_force(case.file, findings_of(case.file, case.rules, session.today).outcome)
    goes_on = goes_on_under_sol(outcome)
    return TracksView(
        criteria=_criteria(case, outcome, forms, texts),
        needs=_needs(case.file, forms, texts),
        goes_on=texts.get(goes_on) if goes_on else "",
    )


_FORMS = (CRITERIA_FORM, INVESTIGATION_FORM, DECISION_FORM)


def _standing(stores: StoreSet, case_id: str, form_id: str) -> str:
    record = stores.forms.newest(case_id, form_id)
    if record is None:
        return "none"
    return "finished" if record.status is ResponseStatus.FINISHED else "draft"


def _criteria(case: ReadCase, outcome: str, forms: dict[str, str], texts: Texts) -> Track:
    decided = case.file.value(DECIDED) is not None
    key = "sol_track.criteria.decided" if decided else "sol_track.criteria.points"
    return Track(
        title=texts.get("sol_track.criteria.title"),
        standing=texts.get(key, outcome=label_of(texts, "outcomes", outcome)),
        about=(texts.get(f"sol_track.form.{forms[CRITERIA_FORM]}", form=_title(CRITERIA_FORM, texts)),),
        form_id=CRITERIA_FORM,
        button=texts.get("sol_track.criteria.open"),
    )


def _needs(file: CaseFile, forms: dict[str, str], texts: Texts) -> Track:
    rows = [row for row in file.rows(DECISIONS) if row.cell("decided_on").is_value]
    investigated = forms[INVESTIGATION_FORM] == "finished"
    about = [texts.get(f"sol_track.form.{forms[INVESTIGATION_FORM]}", form=_title(INVESTIGATION_FORM, texts))]
    if rows:
        newest = max(rows, key=lambda row: str(row.cell("decided_on").value or ""))
        about.append(
            texts.get(
                "sol_track.needs.latest",
                day=newest.cell("decided_on").value,
                outcome=label_of(texts, "decision_outcomes", str(newest.cell("outcome").value)),
                intervention=label_of(texts, "interventions", str(newest.cell("intervention").value)),
            )
        )
    standing = "decided" if rows else "decide" if investigated else "investigate"
    form_id = DECISION_FORM if investigated or forms[DECISION_FORM] == "draft" else INVESTIGATION_FORM
    return Track(
        title=texts.get("sol_track.needs.title"),
        standing=texts.get(f"sol_track.needs.{standing}", count=len(rows)),
        about=tuple(about),
        form_id=form_id,
        button=texts.get(f"sol_track.needs.open_{form_id.lower()}"),
    )


def _title(form_id: str, texts: Texts) -> str:
    return texts.get(f"sol_track.forms.{form_id.lower()}")
