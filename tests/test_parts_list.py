"""P5.5: the list of what the built program is made of, and the watch over it."""

import importlib.metadata
import json
import re
from pathlib import Path

import pytest

import dev
from tests.helpers.figures import tell

BUNDLE = dev.ROOT / "dist" / "utvag"
RUN_LOCK = dev.ROOT / dev.RUN_LOCK


def files_of(*packages: str) -> list[Path]:
    """Where the installed files of some packages lie."""
    owners = [importlib.metadata.distribution(name) for name in packages]
    files = [Path(str(owner.locate_file(file))) for owner in owners for file in owner.files or ()]
    return [file for file in files if file.suffix in (".py", ".so", ".pyd") and file.is_file()]


def bundle(folder: Path, parts: dict[str, object], *names: str) -> Path:
    """A folder that looks like a bundle."""
    folder.mkdir()
    (folder / dev.PARTS_LIST).write_text(json.dumps(parts), encoding="utf-8")
    for name in names:
        (folder / name).touch()
    return folder


def test_each_package_is_listed_with_version_hash_and_licence(tmp_path: Path) -> None:
    names = [name for name in dev.locked_names(RUN_LOCK) if importlib.metadata.distribution(name).files]
    parts = dev.parts_list([*files_of(*names), Path(dev.__file__), Path(re.__file__)], "1.0")
    listed = {part["name"]: part for part in parts["components"]}
    with_code = {name for name in names if files_of(name)}
    assert set(listed) == {"python", *with_code}
    for name in with_code:
        assert re.fullmatch(r"[0-9a-f]{64}", listed[name]["hashes"][0]["content"])
        assert len(listed[name]["licenses"][0]["license"]["name"]) > 2
    assert dev.bundle_faults(bundle(tmp_path / "utvag", parts, "libQt6Network.so.6"), RUN_LOCK) == []
    tell(
        "P5.5", f"{len(with_code)} packages listed with version, hash and licence, each as in {RUN_LOCK.name}"
    )


def test_a_file_of_no_package_ends_the_build(tmp_path: Path) -> None:
    stray = tmp_path / "stray.py"
    stray.touch()
    with pytest.raises(dev.Refused):
        dev.parts_list([stray], "1.0")


def test_a_package_of_the_tools_is_a_fault(tmp_path: Path) -> None:
    parts = dev.parts_list(files_of("pytest", "segno"), "1.0")
    faults = dev.bundle_faults(bundle(tmp_path / "utvag", parts), RUN_LOCK)
    assert len(faults) == 1
    assert faults[0].startswith("pytest ")


def test_another_version_than_the_locked_one_is_a_fault(tmp_path: Path) -> None:
    parts = dev.parts_list(files_of("segno"), "1.0")
    parts["components"][1]["version"] = "0.0.1"
    assert dev.bundle_faults(bundle(tmp_path / "utvag", parts), RUN_LOCK)


@pytest.mark.parametrize(
    "name",
    [
        "_socket.cpython-311-x86_64-linux-gnu.so",
        "_ssl.pyd",
        "QtNetwork.abi3.so",
        "libssl.so.3",
        "libssl-3.dll",
    ],
)
def test_a_door_to_a_network_is_a_fault(tmp_path: Path, name: str) -> None:
    parts = dev.parts_list(files_of("segno"), "1.0")
    assert dev.bundle_faults(bundle(tmp_path / "utvag", parts, name), RUN_LOCK) == [
        f"{name} can connect to a network"
    ]


@pytest.mark.skipif(not (BUNDLE / dev.PARTS_LIST).is_file(), reason="nothing has been built here")
def test_what_was_built_here_is_what_the_lock_names() -> None:
    assert dev.bundle_faults(BUNDLE, RUN_LOCK) == []
