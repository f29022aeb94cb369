"""What can be set is in the README, and what the README names is there."""

import re
import tomllib
from pathlib import Path

import app
from ingest import __main__ as ingest_main
from ingest import arguments
from qa import __main__ as qa_main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_environment_variable_is_in_the_readme() -> None:
    for module in (app, arguments, ingest_main, qa_main):
        source = Path(module.__file__).read_text(encoding="utf-8")
        for name in re.findall(r"MINUTEBOOK_[A-Z_]+", source):
            assert f"`{name}`" in README


def test_settings_in_the_readme_are_read_somewhere() -> None:
    sources = "".join(
        Path(module.__file__).read_text(encoding="utf-8") for module in (app, arguments, ingest_main, qa_main)
    )
    for name in re.findall(r"`(MINUTEBOOK_[A-Z_]+|--[a-z-]+)`", README):
        assert name in sources


def test_files_the_readme_names_exist() -> None:
    for name in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"`((?:ingest|qa)/[a-z_]+\.py)`", README):
        assert (ROOT / name).is_file(), name


def test_only_the_mains_read_the_environment() -> None:
    mains = {"app.py", "ingest/__main__.py", "qa/__main__.py"}
    for path in [*ROOT.glob("ingest/**/*.py"), *ROOT.glob("qa/**/*.py")]:
        if path.relative_to(ROOT).as_posix() not in mains:
            assert "os.environ.get" not in path.read_text(encoding="utf-8"), path


def test_what_was_taken_from_elsewhere_ships_with_its_licence() -> None:
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    for package, patterns in shipped.items():
        folder = ROOT.joinpath(*package.split("."))
        files = {path for pattern in patterns for path in folder.glob(pattern)}
        assert {path for path in folder.glob("*.LICENSE")} <= files
    notice = (ROOT / "ingest" / "han_variants.LICENSE").read_text("utf-8")
    assert "OpenCC" in notice and "END OF TERMS AND CONDITIONS" in notice
