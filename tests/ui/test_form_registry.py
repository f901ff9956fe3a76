"""One declaration, several renderings: no item type may lack one of them."""

from desktop_app.domain.values import VALUE_TYPES, ItemType
from desktop_app.printing.items import PAPER_TYPES
from ui.forms.editors import EDITORS


def test_every_item_type_has_a_value_type_an_editor_and_a_place_on_paper():
    every = set(ItemType)
    assert set(VALUE_TYPES) == every
    assert set(EDITORS) == every
    drawn_otherwise = {ItemType.REPEAT, ItemType.INFO, ItemType.SIGNATURE}
    assert set(PAPER_TYPES) | drawn_otherwise == every
