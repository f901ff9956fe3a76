"""A picture given out tells nothing beside itself, and not one point of it is changed."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from desktop_app.domain.bare_pictures import bare_picture
from desktop_app.domain.document_errors import DocumentDamaged
from desktop_app.domain.documents import Mark, MediaType
from desktop_app.domain.picture_heads import check_picture
from tests.helpers.figures import rounds, tell
from tests.helpers.good_files import CANARY, photo_with_place, picture

KINDS = {"JPEG": MediaType.JPEG, "PNG": MediaType.PNG, "WEBP": MediaType.WEBP}


def camera(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = CANARY
    exif[0x8825] = {1: "N", 2: (58.0, 26.0, 0.0)}
    return exif.tobytes()


def telling(kind: str, image: Image.Image, orientation: int = 1, **more: object) -> bytes:
    """A picture with camera data, XMP, words and a comment wherever its kind can hold them."""
    words: dict[str, object] = {"exif": camera(orientation), **more}
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Author", CANARY)
        info.add_itxt("XML:com.adobe.xmp", CANARY)
        info.add_text("Note", CANARY, zip=True)
        words["pnginfo"] = info
    else:
        words["xmp"] = CANARY.encode()
    if kind == "JPEG":
        words["comment"] = CANARY
    made = BytesIO()
    image.save(made, kind, **words)
    return made.getvalue()


def points(content: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(BytesIO(content)) as image:
        return image.mode, image.size, image.tobytes()


def what_it_tells(content: bytes) -> set[str]:
    """What is found beside the points, read with another hand."""
    with Image.open(BytesIO(content)) as image:
        exif = dict(image.getexif())
        told = {f"exif {tag:#x}" for tag in exif if tag != 0x0112}
        told |= {
            f"info {key}"
            for key in image.info
            if key in {"comment", "xmp", "XML:com.adobe.xmp", "Author", "Note"}
        }
        if image.getexif().get_ifd(0x8825):
            told.add("place")
    return told | ({"canary"} if CANARY.encode() in content else set())


IMAGES = st.builds(
    lambda mode, width, height, seed: Image.effect_noise((width, height), 90).rotate(seed).convert(mode),
    st.sampled_from(["RGB", "L"]),
    st.integers(1, 70),
    st.integers(1, 70),
    st.integers(0, 3),
)


@settings(max_examples=rounds(40, 400), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(IMAGES, st.sampled_from(sorted(KINDS)), st.integers(1, 8), st.booleans(), st.binary(max_size=40))
def test_nothing_is_told_and_every_point_stays(
    image, kind: str, orientation: int, progressive: bool, behind: bytes
):
    more = {"JPEG": {"progressive": progressive}, "WEBP": {"lossless": progressive}}.get(kind, {})
    content = telling(kind, image, orientation, **more)
    assert {"canary", "place"} <= what_it_tells(content), "the control: it was told before"
    bare = bare_picture(content + (behind if kind != "WEBP" else b""), KINDS[kind])
    assert what_it_tells(bare) == set()
    assert points(bare) == points(content)
    assert bare_picture(bare, KINDS[kind]) == bare, "once is enough"
    if kind == "JPEG":
        with Image.open(BytesIO(bare)) as again:
            assert again.getexif().get(0x0112, 1) == orientation, "the picture still stands the right way up"


def test_the_place_is_found_before_and_gone_after():
    photo = photo_with_place()
    assert Mark.LOCATION in check_picture(photo, MediaType.JPEG)
    assert check_picture(bare_picture(photo, MediaType.JPEG), MediaType.JPEG) == frozenset()
    tell("P6.22", "a photo with its place: found before, gone after, every point as it was")


@pytest.mark.parametrize("mode", ["CMYK", "RGBA", "P", "1", "I;16"])
def test_other_ways_of_colour_stay_as_they_are(mode: str):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.linear_gradient("L").resize((40, 30)).convert(mode if mode != "I;16" else "I")
    content = telling(kind, image.convert("I;16") if mode == "I;16" else image, icc_profile=b"profil")
    bare = bare_picture(content, KINDS[kind])
    assert points(bare) == points(content)
    with Image.open(BytesIO(bare)) as again:
        assert again.info.get("icc_profile") == b"profil", "colours are shown as they were"


def test_a_moving_picture_still_moves():
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    for kind in ("PNG", "WEBP"):
        made = BytesIO()
        frames[0].save(made, kind, save_all=True, append_images=frames[1:], exif=camera(), lossless=True)
        bare = bare_picture(made.getvalue(), KINDS[kind])
        with Image.open(BytesIO(bare)) as image:
            assert image.n_frames == 3
        assert what_it_tells(bare) == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_picture_that_is_cut_off_is_not_given_out(kind: str):
    content = picture(kind, (30, 20))
    for end in range(0, len(content) - 3, 7):
        cut = content[:end]
        try:
            bare = bare_picture(cut, KINDS[kind])
        except DocumentDamaged:
            continue
        assert kind == "WEBP", "a length of its own tells the others"
        assert len(bare) <= len(cut) + 1


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=200))
def test_whatever_it_is_given_it_says_so_or_gives_a_picture_back(kind: str, noise: bytes):
    heads = {"JPEG": b"\xff\xd8", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF\x40\x00\x00\x00WEBP"}
    try:
        assert bare_picture(heads[kind] + noise, KINDS[kind])
    except DocumentDamaged:
        return
