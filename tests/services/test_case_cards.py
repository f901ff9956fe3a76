"""Cards of the cases: on any day a card says what the file would say if it were reckoned anew."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from desktop_app.domain.case_cards import CaseCard
from desktop_app.domain.swedish_order import sort_key
from desktop_app.services import cases, settings, upkeep
from desktop_app.services.case_cards import reckon
from desktop_app.services.case_lists import CaseQuery
from desktop_app.services.case_reading import stored_file
from desktop_app.services.session import Session
from desktop_app.storage.unit_of_work import StoreSet
from tests.bench.big_store import build
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, police_consent, typed
from tests.helpers.figures import rounds, tell

CASES = rounds(12, 150)
DAYS = rounds(25, 200)


def _day(luck: random.Random) -> str:
    return (date(2026, 11, 22) + timedelta(days=luck.randrange(-120, 240))).isoformat()


def _random_case(session: Session, luck: random.Random) -> str:
    case_id = opened_case(session)
    born = luck.choice(("19970516-2387", "", "20090101-2389"))
    intake(session, case_id, identity_number=born, birth_year=luck.choice(("", "2009")))
    if luck.random() < 0.7:
        police_consent(session, case_id, valid_from=_day(luck), valid_until=_day(luck))
    if luck.random() < 0.3:
        police_consent(session, case_id, valid_from=_day(luck), withdrawn_on=_day(luck))
    level = luck.choice(("low", "high", ""))
    typed(session, case_id, "F04", threat_level=level)
    typed(session, case_id, "F07", model=luck.choice(("", "stockholm_2024")))
    if luck.random() < 0.6:
        typed(session, case_id, "F04", threat_assessed_on=_day(luck))
    return case_id


def _anew(session: Session, stores: StoreSet, case_id: str) -> CaseCard:
    file = stored_file(session, stores, stores.cases.by_id(case_id))
    return reckon(session, stores, file, stores.settings.all()).card


def _differing(session: Session) -> list[str]:
    """Ids of cases whose stored card, if it claims to hold today, says something else than their file."""
    with session.reading() as stores:
        found: list[str] = []
        for case in stores.cases.all():
            stored, anew = stores.cards.find(case.id), _anew(session, stores, case.id)
            assert stored is not None
            wanted = replace(anew, made_on=stored.made_on, good_until=stored.good_until)
            if stored.holds_on(session.today) and stored != wanted:
                found.append(case.id)
        return found


def test_a_card_that_holds_says_what_the_file_says_on_any_day(session: Session, clock: StillClock):
    luck, today = random.Random(8), clock.now
    ids = [_random_case(session, luck) for _ in range(CASES)]
    upkeep.bring_up_to_date(session)
    turned = 0
    for _ in range(DAYS):
        clock.now = today + timedelta(days=luck.randrange(-200, 500))
        assert _differing(session) == []
        with session.reading() as stores:
            turned += sum(not stores.cards.find(case_id).holds_on(session.today) for case_id in ids)
    assert turned, "the control: some days do turn a card"
    tell("P4.9", f"{CASES} random cases on {DAYS} days: no card that held said anything else than its file")


def test_without_its_last_day_a_card_would_lie(session: Session, clock: StillClock):
    """The control: a consent that ends turns the outcome, and only ``good_until`` tells."""
    case_id = opened_case(session)
    intake(session, case_id)
    police_consent(session, case_id, valid_until="2026-11-30")
    before = cases.list_cases(session)[0].outcome
    clock.pass_by(days=9)
    with session.reading() as stores:
        card = stores.cards.find(case_id)
        assert card is not None
        assert not card.holds_on(session.today)
        anew = _anew(session, stores, case_id)
        assert (card.outcome, card.criterion) != (anew.outcome, anew.criterion)
    assert cases.list_cases(session)[0].outcome != before


def test_saving_marks_a_case_and_the_next_list_makes_its_card_anew(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    cases.list_cases(session)
    typed(session, case_id, "F01", alias="Bävern", name="")
    with session.reading() as stores:
        assert stores.cards.is_stale(case_id)
        assert stores.cards.find(case_id).name == "Klara Kastanj"
    assert cases.overview(session, case_id).summary.name == "Bävern", "the head is never older than the file"
    assert cases.list_cases(session)[0].name == "Bävern"
    assert upkeep.bring_up_to_date(session) is None


def test_another_model_in_the_settings_turns_every_card(session: Session):
    case_id = opened_case(session)
    intake(session, case_id)
    cases.list_cases(session)
    settings.put(session, "model", "stockholm_2024")
    with session.reading() as stores:
        assert stores.cards.is_stale(case_id)


def test_the_list_is_searched_and_sorted_in_swedish(session: Session):
    for name in ("Östen", "Åsa", "Ärla", "Zed", "Anna 10", "Anna 9"):
        intake(session, opened_case(session), name=name)

    def names(**query: object) -> list[str | None]:
        found = cases.find_cases(session, CaseQuery(**query))
        return [line.name for line in cases.summaries(session, found.case_ids)]

    assert names(order="name") == ["Anna 9", "Anna 10", "Zed", "Åsa", "Ärla", "Östen"]
    assert names(order="name", downwards=True)[0] == "Östen"
    assert names(words="ANNA") == ["Anna 10", "Anna 9"]
    assert names(words="k-2026 åsa") == ["Åsa"]
    assert names(words="asa") == [], "å is a letter of its own"
    assert sort_key("Åsa") != sort_key("Asa")


def test_a_protected_person_is_not_found_by_name(session: Session):
    intake(session, opened_case(session), name="Hemlig", protected_identity="protected_registration")
    assert cases.find_cases(session, CaseQuery("hemlig")).case_ids == ()


def test_the_store_of_the_bench_has_the_rows_it_claims(tmp_path: Path, clock: StillClock):
    store = build(tmp_path / "big", clock, cases=60)
    try:
        rows = store.rows
        assert (rows["client_case"], rows["case_card"], rows["journal_note"]) == (60, 60, 1200)
        assert (rows["form_response"], rows["case_stale"]) == (120, 0)
        assert 24 * 60 < rows["answer"] < 32 * 60
        found = cases.find_cases(store.session, CaseQuery("öberg"))
        assert 0 < len(found.case_ids) < found.every == 60
        assert cases.overview(store.session, found.case_ids[0]).step("intake").status == "in_progress"
        store.session.vault.check()
    finally:
        store.session.vault.close()
