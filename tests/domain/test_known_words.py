"""What a case knows is found in running text however it was written, and everyday words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.definitions.tables import read_words
from desktop_app.domain.known_words import Known, KnownKind, KnownWords
from desktop_app.domain.search_words import plain
from desktop_app.paths import RESOURCES
from tests.helpers.figures import rounds, tell

EVERYDAY = frozenset(read_words(RESOURCES / "data" / "everyday_words.txt"))
SILENT = frozenset(read_words(RESOURCES / "data" / "silent_words.txt"))

NAME, PLACE, PHONE = KnownKind.NAME, KnownKind.PLACE, KnownKind.PHONE
MUNICIPALITY, PROVIDER, NUMBER = KnownKind.MUNICIPALITY, KnownKind.PROVIDER, KnownKind.IDENTITY_NUMBER


def words(*known: tuple[KnownKind, str]) -> KnownWords:
    return KnownWords(tuple(Known(kind, text) for kind, text in known), EVERYDAY, SILENT)


def found(known: KnownWords, text: str) -> list[str]:
    return [text[each.start : each.end] for each in known.found_in(text)]


CASES = [
    # what is known, a text, what is found
    (PHONE, "070-174 06 05", "Ring 070-1740605 efter fem", ["070-1740605"]),
    (PHONE, "070-174 06 05", "Ring +46 70 174 06 05.", ["+46 70 174 06 05"]),
    (PHONE, "070-174 06 05", "Ring 0046(0)701740605", ["0046(0)701740605"]),
    (PHONE, "+46701740605", "nr 070.174.06.05", ["070.174.06.05"]),
    (PHONE, "070-174 06 05", "nr 0 7 0 1 7 4 0 6 0 5", ["0 7 0 1 7 4 0 6 0 5"]),
    (PHONE, "070-174 06 05", "nr 070-174 06 051", []),
    (PHONE, "08-123 456", "på 08123456", ["08123456"]),
    (NUMBER, "19970516-2387", "pnr 970516-2387", ["970516-2387"]),
    (NUMBER, "19970516-2387", "pnr 19 970516 2387", ["19 970516 2387"]),
    (NUMBER, "19970516-2387", "född 1997-05-16", ["1997-05-16"]),
    (NUMBER, "19970516-2387", "den 16 maj 1997", []),
    (PROVIDER, "556677-8899", "orgnr 5566778899", ["5566778899"]),
    (PLACE, "Kvarngatan 7, Ystad", "bor på kvarngatan 7", ["kvarngatan"]),
    (PLACE, "Kvarngatan 7", "bor på KVARNGATAN  7 nu", ["KVARNGATAN  7"]),
    (PLACE, "Kvarngatan 7", "bor på Kvarngatans bakgård", ["Kvarngatans"]),
    (PLACE, "hos moster vid sjön", "Hon är hos moster, vid sjön.", ["hos moster, vid sjön"]),
    (PLACE, "telefon efter kl. 17", "Ring telefon", []),
    (MUNICIPALITY, "Malmö", "åker till Malmös station", ["Malmös"]),
    (MUNICIPALITY, "Malmö", "en malmöpolis från malmo", ["malmöpolis", "malmo"]),
    (MUNICIPALITY, "Göteborg", "hela Storgöteborg", ["Storgöteborg"]),
    (MUNICIPALITY, "Vara", "det kan vara så; han är i Vara, en Varabo", ["Vara", "Varabo"]),
    (MUNICIPALITY, "Upplands Väsby", "i upplands-väsby kommun", ["upplands-väsby"]),
    (PROVIDER, "Behandlingshemmet Kattungen", "på ett hem som heter kattungens", ["kattungens"]),
    (NAME, "Klara Kastanj", "KLARA och Kastanjs mor", ["KLARA", "Kastanjs"]),
    (NAME, "Klara Kastanj", "Det är klarare nu, säger Klaras bror", ["Klaras"]),
    (NAME, "Sol", "Solen sken och sol är bra", []),
    (NAME, "Sol", "Sols skola ringde Sol", ["Sols", "Sol"]),
    (NAME, "Bo Ek", "bo kvar under en ek", []),
    (NAME, "Åsa", "frågade Asa om det", ["Asa"]),
    (NAME, "Anna-Karin", "med Anna Karin", ["Anna Karin"]),
]


@pytest.mark.parametrize(("kind", "text", "said", "wanted"), CASES)
def test_it_is_found_in_its_spellings(kind: KnownKind, text: str, said: str, wanted: list[str]):
    assert found(words((kind, text)), plain(said)) == wanted


def test_letters_put_together_from_two_signs_are_one():
    assert found(words((MUNICIPALITY, "Malmö")), plain("i Malmo\u0308")) == ["Malmö"]


def test_what_lies_inside_another_place_is_told_once():
    known = words((PLACE, "Kvarngatan 7"), (MUNICIPALITY, "Ystad"), (NAME, "Ystad"))
    assert found(known, "Kvarngatan 7 i Ystad") == ["Kvarngatan 7", "Ystad"]


AROUND = st.text(st.sampled_from("abc åäö.,;:!?()\n\t\"'/–"), max_size=30)
SIGNS = st.sampled_from(["", " ", "-", ".", " - ", "\u00a0", "/"])


@st.composite
def planted(draw: st.DrawFn) -> tuple[KnownKind, str, str]:
    """A known text, and a spelling of it as somebody may write it."""
    kind = draw(st.sampled_from([PHONE, NUMBER, NAME, PLACE, MUNICIPALITY]))
    if kind in (PHONE, NUMBER):
        known = "0701740605" if kind is PHONE else "199705162387"
        digits = known
        if kind is PHONE:
            digits = draw(st.sampled_from(["0701740605", "+46701740605", "0046701740605"]))
        else:
            digits = draw(st.sampled_from([known, known[2:], known[:8]]))
        return kind, known, "".join(digit + draw(SIGNS) for digit in digits[:-1]) + digits[-1]
    known = draw(
        st.sampled_from(
            {
                NAME: ["Hemligsson", "Åsne", "Kerstin Björkqvist"],
                PLACE: ["Ekorrbacken 12", "Sjövägen 3 B", "Lönnkrogen"],
                MUNICIPALITY: ["Örnsköldsvik", "Upplands Väsby", "Åmål"],
            }[kind]
        )
    )
    said = draw(st.sampled_from([known, known.upper(), known.lower(), known + "s"]))
    return kind, known, said.replace(" ", draw(st.sampled_from([" ", "  ", "\n", "-", ", "])))


@given(planted(), AROUND, AROUND)
def test_whatever_is_planted_is_found_in_any_text(plant: tuple[KnownKind, str, str], before: str, after: str):
    kind, known, said = plant
    text = plain(f"{before} {said} {after}")
    hits = words((kind, known)).found_in(text)
    assert hits, (known, text)
    assert hits[0].start <= len(plain(before)) + 1 + len(said)


PLAIN_TEXT = """Personen tog själv kontakt och säger sig vilja lämna miljön. Solen sken när vi sågs vid sjön. Det kan
vara så att hon vill bo kvar, men det är inte klart. Björnen i skogen, en sten på stigen, en ros i handen. Vi ses den
14 maj klockan 10.30 i rum 2 på plan 3. Kostnaden är 1 250 kronor per dygn, tillsammans 38 750 kronor. Mötet hölls på
kommunens kontor. Ärendet K-2026-014, diarienummer SN 2026/0417. Telefon till växeln: 010-123 45 67."""

OTHERS = [
    (NAME, "Sol Björn"),
    (NAME, "Stig Sten"),
    (NAME, "Bo Ros"),
    (NAME, "Klara"),
    (MUNICIPALITY, "Vara"),
    (MUNICIPALITY, "Mark"),
    (PLACE, "Telefon efter kl. 17, hos mormor"),
    (PHONE, "070-174 06 05"),
    (NUMBER, "19970516-2387"),
]


def test_everyday_words_are_left_alone():
    assert found(words(*OTHERS), plain(PLAIN_TEXT)) == ["Björnen"][:0]
    tell("P6.21", "nine known texts that are everyday words: none found in ordinary prose")


@given(st.text(max_size=rounds(200, 2000)))
def test_any_text_can_be_read(text: str):
    for each in words(*OTHERS).found_in(plain(text)):
        assert 0 <= each.start < each.end <= len(plain(text))


def test_a_search_that_looks_for_the_very_words_would_miss_most_spellings():
    """The control: plain looking-up finds few of the cases above."""
    missed = [case for case in CASES if case[3] and case[1] not in case[2]]
    assert len(missed) > len(CASES) // 2
