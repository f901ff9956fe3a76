"""Everything the program came with can be read, and each planted fault names its file and its key."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.definitions.all import read_definitions
from desktop_app.definitions.practice import read_practice
from desktop_app.domain.errors import DefinitionFault
from desktop_app.domain.forms import FormDefinition, Item
from desktop_app.domain.values import ItemType
from desktop_app.services.library import load_library

LIBRARY = load_library()
READ = ("data", "rules", "forms", "guide", "case_file", "texts", "practice", "timeline", "deadlines")


@pytest.fixture
def own_resources(resources: Path, tmp_path: Path) -> Path:
    """A copy of what is read, to plant faults in."""
    for name in READ:
        shutil.copytree(resources / name, tmp_path / name)
    return tmp_path


def test_everything_is_there():
    definitions = LIBRARY.definitions
    assert {form.id for form in definitions.forms} >= {"F01", "F02", "F03", "F04", "F07", "F12"}
    assert len(definitions.municipalities) == 290
    assert len({place.code for place in definitions.municipalities}) == 290
    assert len(definitions.passphrase_words) == len(set(definitions.passphrase_words)) > 7000
    assert len(definitions.guide.steps) == 20
    assert read_practice  # its file is read by the practice store, below tests/services


def all_items(form: FormDefinition) -> list[Item]:
    return [each for item in form.items() for each in (item, *item.columns)]


NEVER_CLASSED = (ItemType.REPEAT, ItemType.INFO, ItemType.SIGNATURE)
"""Their columns are; the words of an info stand on every copy."""


@pytest.mark.parametrize("form", LIBRARY.definitions.forms, ids=lambda form: f"{form.id}-v{form.version}")
def test_every_question_has_a_type_that_its_words_and_codes_fit(form: FormDefinition):
    for item in all_items(form):
        assert LIBRARY.texts.has(f"{item.text_key}.{'body' if item.type is ItemType.INFO else 'label'}")
        assert (item.type in (ItemType.CHOICE, ItemType.MULTI_CHOICE, ItemType.YES_NO)) == bool(item.codes)
        for table, codes in (item.codes_for(None), *item.table_by_row.values()):
            assert all(LIBRARY.texts.has(f"tables.{table}.{code}") for code in codes)
        assert item.sensitivity == "ordinary" or item.type not in NEVER_CLASSED
    bound = [item.binds for item in form.items() if item.binds]
    assert len(bound) == len(set(bound)), "two questions for one fact would be two truths"


def test_a_form_whose_recipient_is_an_authority_asks_for_that_consent():
    for form in LIBRARY.forms:
        authorities = {
            LIBRARY.recipient_profiles.of(recipient).consent_of for recipient in form.recipients
        } - {""}
        assert form.needs_consent_for in {*authorities, None}
        assert form.needs_consent_for is not None or len(authorities) != 1, (
            "each of several is asked for itself"
        )


def test_name_number_and_place_are_marked_wherever_they_are_kept():
    facts = LIBRARY.schema.facts
    marked = {key: item.sensitivity.value for key, item in facts.items() if item.sensitivity != "ordinary"}
    assert {"client.name", "client.alias", "client.identity_number"} <= {
        k for k, v in marked.items() if v == "identity"
    }
    assert {"client.secure_contact", "client.whereabouts"} <= {k for k, v in marked.items() if v == "place"}


def test_facts_of_the_table_have_words_for_key_and_values():
    for kind in LIBRARY.definitions.fact_kinds.values():
        assert LIBRARY.texts.has(f"rules.facts.{kind.key}")
        for value in kind.values:
            assert LIBRARY.texts.has(f"rules.values.{value}"), (kind.key, value)


def test_every_handler_of_a_rule_set_has_words():
    for rules in LIBRARY.models:
        for step in rules.steps:
            assert step.handler is None or LIBRARY.texts.has(f"rules.handlers.{step.handler}")
            assert step.outcome in LIBRARY.table("outcomes")


# Planted faults.

FORM, TEXTS = "forms/referral/v1.toml", "texts/sv/forms/referral/v1.toml"
WHOM = "data/recipients.toml"
INTAKE, RULES, CASE = "forms/intake/v1.toml", "rules/goteborg_2022/v1.toml", "case_file/v1.toml"


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, "the fault could not be planted"
        return text.replace(old, new, 1)

    return change


def append(more: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{more}\n"


FAULTS = [
    # file to change, the change, file and key that must be named
    (FORM, append('colour = "red"'), FORM, "colour"),
    (FORM, swap("version = 1", 'version = 1\ncolour = "red"'), FORM, "colour"),
    (FORM, swap("required = true", "requird = true"), FORM, "requird"),
    (FORM, swap("version = 1", "version = 2"), FORM, "slug"),
    (FORM, swap('slug = "referral"', 'slug = "consent"'), FORM, "slug"),
    (FORM, swap("version = 1", 'version = "1"'), FORM, "version"),
    (FORM, swap('id = "F03"\n', ""), FORM, "id"),
    (FORM, swap('type = "text"', 'type = "txet"'), FORM, "type"),
    (FORM, swap('table = "urgent_needs"', 'table = "urgent_kneads"'), FORM, "table"),
    (FORM, swap(', table = "urgent_needs"', ""), FORM, "table"),
    (FORM, swap('rows_from = "criteria"', 'rows_from = "criterions"'), FORM, "rows_from"),
    (FORM, swap('columns = ["answer"', 'columns = ["reply"'), FORM, "columns"),
    (FORM, swap('binds = "client.name"', 'binds = "client.nam"'), FORM, "binds"),
    (FORM, swap('fills_from = "profile.sender"', 'fills_from = "profil.sender"'), FORM, "fills_from"),
    (FORM, swap('link_id = "reason"', 'link_id = "sender"'), FORM, "sender"),
    (FORM, swap('recipients = ["police_coordinator"', 'recipients = ["policen"'), FORM, "recipients"),
    (FORM, swap('needs_consent_for = "police"', 'needs_consent_for = "polis"'), FORM, "needs_consent_for"),
    (FORM, swap("max_length = 120", 'max_length = 120, show_to = ["bobs"]'), FORM, "show_to"),
    (FORM, swap('width = "half"', 'width = "haft"'), FORM, "width"),
    (FORM, swap("[[section]]", "[[section"), FORM, ""),
    (INTAKE, swap('{ item = "urgent_danger"', '{ item = "urgent_dnger"'), INTAKE, "urgent_dnger"),
    (
        INTAKE,
        swap('{ item = "urgent_danger", value = "yes" }', '{ item = "urgent_danger", value = "ja" }'),
        INTAKE,
        "ja",
    ),
    (
        "forms/consent/v1.toml",
        swap("derived.is_child", "derive.is_child"),
        "forms/consent/v1.toml",
        "derive.is_child",
    ),
    (TEXTS, swap("title", "titel"), FORM, "title"),
    (TEXTS, append('[forms.referral.v1.items.reason]\nlabel = "Två"'), TEXTS, ""),
    ("texts/sv/tables.toml", swap('housing = "', 'hosing = "'), "forms/threat_request/v1.toml", "table"),
    ("texts/sv/paper.toml", append('[stages]\nintake = "Igen"'), "texts/sv/services.toml", "stages.intake"),
    ("texts/sv/paper.toml", append("[stages2]\nintake = 5"), "texts/sv/paper.toml", "stages2.intake"),
    (CASE, swap('table = "gender"', 'table = "gendre"'), CASE, "table"),
    (CASE, swap("name = {", "nam = {"), CASE, "client"),
    (CASE, swap('fixed_rows = "criteria"', 'fixed_rows = "criterions"'), CASE, "table"),
    (RULES, swap('id = "goteborg_2022"', 'id = "goteborg"'), RULES, "id"),
    (RULES, swap("version = 1", "version = 3"), RULES, "id"),
    (RULES, swap("valid_from = 2022-11-18", 'valid_from = "2022"'), RULES, "valid_from"),
    (
        RULES,
        swap('{ fact = "wants_to_leave", value', '{ fact = "wants_to_laeve", value'),
        RULES,
        "wants_to_laeve",
    ),
    (
        RULES,
        swap('{ fact = "wants_to_leave", value = "yes" }', '{ fact = "wants_to_leave", value = "ja" }'),
        RULES,
        "value",
    ),
    (RULES, swap('source = "S3"', 'source = "S33"'), RULES, "source"),
    (RULES, swap('kind = "refuse"', 'kind = "refused"'), RULES, "kind"),
    (RULES, swap('criteria = ["wants_to_leave", ', 'criteria = ["wants", '), RULES, "criteria"),
    (RULES, swap('asks = ["threat.level"]', 'asks = ["threat.levle"]'), RULES, "asks"),
    (RULES, swap('outcome = "valdsutsatt"', 'outcome = "valdsutsat"'), RULES, "outcome"),
    (RULES, swap('handler = "SAV"', 'handler = "SVA"'), RULES, "handler"),
    (RULES, swap('id = "child_track"', 'id = "child"'), RULES, "id"),
    (RULES, swap('op = "<", value = 18', 'op = "<<", value = 18'), RULES, "op"),
    (
        RULES,
        swap('{ fact = "role", value = "relative" }', '{ fact = "role", op = "in", value = "relative" }'),
        RULES,
        "value",
    ),
    (
        RULES,
        swap('{ fact = "age", op = "<", value = 18 }', '{ fact = "role", op = "<", value = 18 }'),
        RULES,
        "role",
    ),
    (
        RULES,
        swap('fallback_outcome = "potentiell_avhoppare"', 'fallback_outcome = "kanske"'),
        RULES,
        "fallback_outcome",
    ),
    ("rules/facts.toml", swap('kind = "code"', 'kind = "cod"'), "rules/facts.toml", "kind"),
    (WHOM, swap('authority = "police"', 'authority = "polis"'), WHOM, "police_coordinator.authority"),
    (WHOM, append('[recipients.nyckelring]\nrests_on = "person"'), WHOM, "nyckelring"),
    (WHOM, swap('sees = ["identity"', 'sees = ["identiti"'), WHOM, "sees"),
    (WHOM, swap('identity = "identity"', 'identity = "vem"'), WHOM, "kinds.identity"),
    (WHOM, swap('identity = "identity"', 'name = "identity"'), WHOM, "kinds.name"),
    (WHOM, swap('rests_on = "person"', 'rests_on = "friendship"'), WHOM, "client.rests_on"),
    (WHOM, swap("recipients.case_file", "recipients.file"), WHOM, "file"),
    (WHOM, append('sees_protected = ["health"]'), WHOM, "ivo.sees_protected"),
    ("data/tables.toml", swap('vat_rates = ["0"', "vat_rates = [0"), "data/tables.toml", "vat_rates"),
    ("data/cost_bounds.toml", swap("low = 500", 'low = "500"'), "data/cost_bounds.toml", "low"),
    ("data/cost_bounds.toml", append("[week]\nlow = 1"), "data/cost_bounds.toml", "week"),
    ("data/municipalities.csv", swap("kommunkod", "kod"), "municipalities.csv", ""),
]


@pytest.mark.parametrize(("file", "plant", "named", "key"), FAULTS)
def test_a_planted_fault_names_its_file_and_its_key(
    own_resources: Path, file: str, plant: Callable[[str], str], named: str, key: str
):
    path = own_resources / file
    path.write_text(plant(path.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(DefinitionFault) as caught:
        read_definitions(own_resources)
    told = caught.value.params
    where = str(told["file"])
    assert where.endswith(named) or (named.endswith(where) and "/" in where), told
    assert key in f"{told['key']} {told['fault']}", told


@pytest.mark.parametrize(
    "file",
    ["data/tables.toml", "texts/sv/errors.toml", "data/passphrase_words.txt", "data/municipalities.csv"],
)
@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00 inte text"])
def test_a_file_that_is_gone_or_no_text_is_named(own_resources: Path, file: str, content: bytes | None):
    path = own_resources / file
    if content is None:
        path.unlink()
        path.mkdir()  # the catalogue reads whatever files there are
        (path / "x").touch()
    else:
        path.write_bytes(content)
    with pytest.raises(DefinitionFault) as caught:
        read_definitions(own_resources)
    assert Path(file).name in str(caught.value.params["file"])


def test_a_copy_without_faults_is_read_as_the_original(own_resources: Path):
    assert read_definitions(own_resources).forms == LIBRARY.definitions.forms
    assert read_definitions(own_resources).rule_sets == LIBRARY.definitions.rule_sets


def test_a_new_version_of_a_form_stands_beside_the_old(own_resources: Path):
    for path in (own_resources / FORM, own_resources / TEXTS):
        newer = path.read_text("utf-8").replace("version = 1", "version = 2").replace(".v1", ".v2")
        path.with_name("v2.toml").write_text(newer, encoding="utf-8")
    versions = [form.version for form in read_definitions(own_resources).forms if form.id == "F03"]
    assert versions == [1, 2]
