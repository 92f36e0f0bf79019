"""What an installation sets, and where each value is said to come from."""

from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.settings import Setting, load, sample_data


def _config(home: Path, text: str) -> Path:
    """The user's config file."""
    file = home / ".config" / "triage" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_anything_said_every_value_is_a_default(tmp_path: Path) -> None:
    settings = load({}, {}, tmp_path)

    assert settings.database == Setting("database", f"{tmp_path}/.local/share/triage/triage.db", "default")
    assert settings.policy == Setting("policy", None, "default")
    assert {entry.origin for entry in settings.entries()} == {"default"}


def test_the_config_file_beats_a_default_and_says_so(tmp_path: Path) -> None:
    file = _config(tmp_path, 'theme = "light"\n')

    assert load({}, {}, tmp_path).theme == Setting("theme", "light", str(file))


def test_the_environment_beats_the_config_file(tmp_path: Path) -> None:
    _config(tmp_path, 'database = "/a/one.db"\n')

    assert load({}, {"TRIAGE_DB": "/a/two.db"}, tmp_path).database == Setting("database", "/a/two.db", "TRIAGE_DB")


def test_a_flag_beats_the_environment(tmp_path: Path) -> None:
    settings = load({"database": "/a/three.db"}, {"TRIAGE_DB": "/a/two.db"}, tmp_path)

    assert settings.database == Setting("database", "/a/three.db", "--db")


def test_an_empty_flag_or_variable_says_nothing(tmp_path: Path) -> None:
    assert load({"database": None}, {"TRIAGE_DB": ""}, tmp_path).database.origin == "default"


def test_a_path_in_the_config_file_starts_at_that_file(tmp_path: Path) -> None:
    file = _config(tmp_path, 'policy = "desk.toml"\nkeymap = "~/keys.toml"\n')

    settings = load({}, {}, tmp_path)

    assert settings.policy.value == str(file.parent / "desk.toml")
    assert settings.keymap.value == str(tmp_path / "keys.toml")


def test_a_path_on_the_command_line_starts_where_the_person_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert load({"database": "a.db"}, {}, tmp_path).database.value == str(tmp_path / "a.db")


def test_a_database_may_be_a_url_and_its_password_is_not_shown(tmp_path: Path) -> None:
    database = load({"database": "postgresql://ada:secret@db.example/triage"}, {}, tmp_path).database

    assert database.value == "postgresql://ada:secret@db.example/triage"
    assert database.shown == "postgresql://ada:***@db.example/triage"


def test_the_folders_of_xdg_are_respected_when_absolute(tmp_path: Path) -> None:
    environ = {"XDG_DATA_HOME": "/data", "XDG_STATE_HOME": "not/absolute"}

    settings = load({}, environ, tmp_path)

    assert settings.database.value == "/data/triage/triage.db"
    assert settings.log.value == f"{tmp_path}/.local/state/triage/triage.log"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('\n\ntheem = "light"\n', (":3", "'theem'", "theme")),
        ("theme = 3\n", (":1", "theme", "quotes")),
        ('[database]\nurl = "x"\n', (":1", "database")),
        ('theme = "light\n', ("not valid TOML", "line 1")),
    ],
)
def test_a_config_file_that_cannot_be_used_is_refused_by_line_and_key(
    tmp_path: Path, text: str, words: tuple[str, ...]
) -> None:
    file = _config(tmp_path, text)

    with pytest.raises(Refused) as refusal:
        load({}, {}, tmp_path)

    assert all(word in str(refusal.value) for word in (str(file), *words))


def test_a_config_file_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no such config file"):
        load({"config": str(tmp_path / "none.toml")}, {}, tmp_path)


def test_a_config_file_that_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'theme = "\xe9"\n')

    with pytest.raises(Refused, match="UTF-8"):
        load({}, {"TRIAGE_CONFIG": str(tmp_path / "latin.toml")}, tmp_path)
    with pytest.raises(Refused, match="cannot be read"):
        load({"config": str(tmp_path)}, {}, tmp_path)


def test_the_sample_data_is_found_in_a_checkout() -> None:
    assert sample_data().name == "sample_data"
    assert sample_data().is_dir()
