"""Profiles: what has no place is refused, in one sentence that names the nearest."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from layout.config import BatchSettings, Config, from_tables, load_config, profile_names, to_tables, to_toml
from layout.errors import AccessError, ConfigError

CONFIGS = Path(__file__).resolve().parents[1] / "configs"


def _load(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "profile.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_no_profile_gives_the_defaults() -> None:
    assert load_config(None) == Config()


def test_every_section_goes_through_plain_values_and_back() -> None:
    config = Config()
    assert from_tables(to_tables(config)) == config
    changed = replace(config, text=replace(config.text, language="fa", models=("fas", "Arabic")))
    assert from_tables(to_tables(changed)) == changed


def test_the_whole_configuration_is_a_profile(tmp_path: Path) -> None:
    config = _load(tmp_path, '[text]\nlanguage = "fa"\nmodels = ["fas"]\n[export]\nformats = ["tei"]\n')
    assert _load(tmp_path, to_toml(config)) == config


def test_profiles_are_found_by_path_and_by_name() -> None:
    for path in CONFIGS.glob("*.toml"):
        assert load_config(path.stem) == load_config(path)
    assert set(profile_names()) == {path.stem for path in CONFIGS.glob("*.toml")}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[source]\ndpj = 3", "unknown key 'dpj' in [source]; did you mean 'dpi'?"),
        ("[sorce]\ndpi = 3", "unknown section 'sorce'; did you mean 'source'?"),
        ("dpi = 300", "unknown section 'dpi'"),
        ("source = 3", "[source] must be a table, not 3"),
        ('[source]\ndpi = "300"', '[source] dpi must be a whole number, not "300"'),
        ("[source]\ndpi = 300.5", "[source] dpi must be a whole number, not 300.5"),
        ("[source]\ndpi = true", "[source] dpi must be a whole number, not true"),
        ("[text]\nlanguage = 3", "[text] language must be a text in quotes, not 3"),
        ('[text]\nlatin_runs = "yes"', '[text] latin_runs must be true or false, not "yes"'),
        ('[export]\nformats = "tei"', '[export] formats must be a list in brackets, not "tei"'),
        ("[export]\nformats = [1]", "[export] formats must be a text in quotes, not 1"),
        ("[source]\ndpi = 3", "source.dpi is 3"),
        ("[batch]\njobs = -1", "[batch] jobs must be 0 (automatic) or more, not -1"),
        ('[batch]\non_page_error = "stop"', '[batch] on_page_error must be one of skip, abort, not "stop"'),
        ("[batch]\nmax_failed = 2", "[batch] max_failed is a share from 0 to 1, not 2"),
        ("[source\n", "the profile is not TOML"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, text)
    assert problem in str(caught.value)
    assert "profile.toml" in str(caught.value)
    assert "\n" not in str(caught.value).strip()


def test_a_whole_number_will_do_for_a_number(tmp_path: Path) -> None:
    assert _load(tmp_path, "[batch]\npage_timeout_s = 7").batch.page_timeout_s == 7.0


def test_a_profile_that_is_nowhere_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"there is no profile 'persian-dialy'"):
        load_config("persian-dialy")


def test_a_profile_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(path)
    path.unlink()
    path.mkdir()
    with pytest.raises((ConfigError, AccessError)):
        load_config(path)


def test_the_digest_knows_what_shapes_the_output_and_nothing_else() -> None:
    config = Config()
    dpi = replace(config, source=replace(config.source, dpi=200))
    assert config.digest() != dpi.digest()
    assert config.digest("reflow") == dpi.digest("reflow")
    assert config.digest("source") != dpi.digest("source")
    assert replace(config, batch=BatchSettings(jobs=7)).digest() == config.digest()


def test_every_setting_has_a_default() -> None:
    for section in fields(Config):
        made = type(getattr(Config(), section.name))()
        assert made == getattr(Config(), section.name)
