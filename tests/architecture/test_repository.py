"""What lies in the repository: the rooms agreed on, files of a readable size, nothing of one machine."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, parsed, repository_files

LONGEST_FILE = 400
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helper", "helpers", "manager", "managers", "common", "misc"}
TOP_LEVEL = {
    "desktop_app",
    "ui",
    "resources",
    "tests",
    "docs",
    "build.spec",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "dev.py",
    "requirements.lock",
    "requirements-dev.lock",
}
MAY_ALSO_STAND = {"LICENSE"}

# Written apart so that this file does not name what it looks for.
PLACES_OF_ONE_MACHINE = [
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.])/(?:wor" + r"k|roo" + r"t)/\w",
        r"/(?:hom" + r"e|User" + r"s)/[a-z]\w*/",
        r"[A-Za-z]:\\User" + r"s\\\w",
        r"/opt/(?:pyp" + r"i|whee" + r"ls)",
        r"\.\./shar" + r"ed",
    )
]
INDEX_ADDRESSES = [
    re.compile(pattern)
    for pattern in (
        r"pypi\.or" + r"g",
        r"files\.pythonhoste" + r"d",
        r"registry\.npmj" + r"s",
        r"deb\.debia" + r"n\.org",
        r"(?<!no-emit-)(?:extra-)?index-ur" + r"l\b",
        r"(?<!no-emit-)find-link" + r"s\b",
        r"trusted-hos" + r"t\b",
    )
]

needs_git = pytest.mark.skipif(not repository_files(), reason="this is no git checkout")


def text_of(name: str) -> str:
    """A file's text; a picture or a font has none."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def python_files() -> list[str]:
    """The names of all Python files."""
    return [name for name in repository_files() if name.endswith((".py", ".spec"))]


def says_what_it_is_for(name: str) -> bool:
    """Whether a file begins with words on what it holds."""
    return bool((ast.get_docstring(parsed(ROOT / name)) or "").strip())


def found_in_files(patterns: list[re.Pattern[str]]) -> list[str]:
    """Where any of the patterns stands."""
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in repository_files()
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if any(pattern.search(line) for pattern in patterns)
    ]


@needs_git
def test_the_top_level_holds_the_agreed_names_and_no_others() -> None:
    top = {name.split("/")[0] for name in repository_files()}
    plain = {name for name in top if not name.startswith(".")}
    assert plain - MAY_ALSO_STAND == TOP_LEVEL


@needs_git
def test_no_file_names_a_place_on_one_machine() -> None:
    assert not found_in_files(PLACES_OF_ONE_MACHINE)


@needs_git
def test_no_file_names_a_package_index() -> None:
    assert not found_in_files(INDEX_ADDRESSES)


@needs_git
def test_no_file_is_too_long_without_saying_why() -> None:
    too_long = []
    for name in python_files():
        length = len(text_of(name).splitlines())
        reason = ast.get_docstring(parsed(ROOT / name)) or ""
        if length > LONGEST_FILE and f"over {LONGEST_FILE} lines" not in reason.lower():
            too_long.append(f"{name}: {length} lines")
    assert not too_long


@needs_git
def test_every_file_has_a_name_that_says_what_is_in_it() -> None:
    assert not [name for name in python_files() if Path(name).stem in NAMES_THAT_SAY_NOTHING]


@needs_git
def test_every_file_of_the_program_says_what_it_is_for() -> None:
    product = [name for name in python_files() if name.startswith(("desktop_app/", "ui/"))]
    assert not [name for name in product if not says_what_it_is_for(name)]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_a_version_and_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", text_of(lock).strip())
    assert len(entries) > 10
    for entry in entries:
        first, *hashes = entry.replace("\\\n", "\n").split("\n")
        assert re.match(r"[a-z0-9-]+==[\w.]+ ?(;.*)?$", first.strip()), first
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each.strip()) for each in hashes), first


def test_both_lock_files_hold_the_same_versions_of_what_the_program_runs_on() -> None:
    run, dev = (
        dict(re.findall(r"^([a-z0-9-]+)==([\w.]+)", text_of(lock), re.M))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )
    assert run.items() <= dev.items()
