"""What may stand on the command line, and what a wrong line says."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.app.cli_parser import LONGEST_LINK, WindowOptions, parse
from basix_desktop.demo.stories import STORIES


def window(*argv: str) -> WindowOptions:
    request = parse(argv)
    assert request.command == ""
    return request.window


def refused(*argv: str) -> int:
    with pytest.raises(SystemExit) as caught:
        parse(argv)
    assert isinstance(caught.value.code, int)
    return caught.value.code


def test_without_a_command_the_window_opens() -> None:
    assert window() == WindowOptions()
    assert window("--data-dir", "d", "--demo", "--minimized", "--lang", "ja", "--", "tel:0312341234") == WindowOptions(
        Path("d"), True, True, "ja", "tel:0312341234"
    )
    assert window("tel:+81-3-1234-1234").number == "tel:+81-3-1234-1234"
    assert window("CALLTO:0312341234", "--minimized").minimized


@pytest.mark.parametrize(
    "outside",
    ["--help", "--proxy=http://evil", "-platform", "call", "--demo", "--", '1" --data-dir x "', "-stylesheet"],
)
def test_behind_two_dashes_nothing_is_an_option_or_a_command(outside: str) -> None:
    assert window("--", outside) == WindowOptions(number=outside)
    assert window("--minimized", "--", outside) == WindowOptions(minimized=True, number=outside)


@given(st.lists(st.text(max_size=300), max_size=20))
def test_whatever_stands_behind_two_dashes_only_reaches_the_number_field(words: list[str]) -> None:
    options = window("--", *words)
    assert options == WindowOptions(number=" ".join(words)[:LONGEST_LINK])


def test_a_link_too_long_to_be_a_number_stays_too_long() -> None:
    assert len(window("--", "tel:" + "1" * 1_000_000).number) > 256
    assert len(window("--", *(["1"] * 100_000)).number) > 256


@pytest.mark.parametrize(
    "argv",
    [
        ("cal", "0312341234", "sales"),
        ("0312341234",),
        ("--dem",),
        ("--lang", "fr"),
        ("--data-dir", ""),
        ("log", "--data-dir", " "),
        ("call",),
        ("call", "0312341234"),
        ("call", "0312341234", "sales", "extra"),
        ("call", "0312341234", "sales", "--jso"),
        ("call", "0312341234", "sales", "--server", "https://x.example"),
        ("call", "0312341234", "sales", "--server", "https://x.example", "--domain", "d"),
        ("call", "0312341234", "sales", "--domain", "d", "--token-stdin"),
        ("call", "1", "s", "--account", "A", "--server", "https://x.example", "--domain", "d", "--token-stdin"),
        ("call", "0312341234", "\udcff"),
        ("account",),
        ("account", "add", "A"),
        ("account", "rename", "A"),
        ("account", "remove"),
        ("log", "--json", "--csv"),
        ("log", "--limit", "0"),
        ("log", "--limit", "many"),
        ("log", "--limit", "9" * 5000),
        ("demo-pbx", "--port", "65536"),
        ("demo-pbx", "--speed", "0"),
        ("demo-pbx", "--speed", "nan"),
        ("--demo", "call", "0312341234", "sales"),
    ],
)
def test_wrong_syntax_is_status_2_and_goes_to_standard_error(
    argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(*argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage:" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["call", "account", "log", "demo-pbx", "doctor"])
def test_every_command_takes_the_data_directory_before_or_behind(command: str) -> None:
    rest = {"call": ["0312341234", "sales"], "account": ["list"]}.get(command, [])
    assert parse(["--data-dir", "d", command, *rest]).arguments.data_dir == Path("d")
    assert parse([command, *rest, "--data-dir=d"]).arguments.data_dir == Path("d")
    assert parse([command, *rest]).arguments.data_dir is None
    assert parse([command, *rest, "--lang", "ja"]).arguments.language == "ja"


def test_a_call_with_everything() -> None:
    line = (
        "call --yes +81-3-1234-1234 sales --calling-number 1 --answer-timeout soon --callback-url U --end-user-id 7 "
        "--end-user-name N --end-user-organization O --end-user-avatar A --end-user-prefecture P --json"
    )
    given = vars(parse(shlex.split(line)).arguments)
    assert (given["number"], given["destination"], given["calling_number"]) == ("+81-3-1234-1234", "sales", "1")
    assert given["answer_timeout"] == "soon", "a value that our rules refuse is no wrong syntax"
    assert [given[f"end_user_{part}"] for part in ("id", "name", "organization", "avatar", "prefecture")] == [
        "7",
        "N",
        "O",
        "A",
        "P",
    ]


def test_a_number_or_destination_with_a_dash_in_front_goes_behind_two_dashes() -> None:
    arguments = parse(["call", "--json", "--", "-1", "--help"]).arguments
    assert (arguments.number, arguments.destination, arguments.json) == ("-1", "--help", True)


def test_help_names_every_command_and_every_story(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused("--help") == 0
    text = capsys.readouterr().out
    assert all(command in text for command in ("call", "account", "log", "demo-pbx", "doctor"))
    assert refused("demo-pbx", "--help") == 0
    text = capsys.readouterr().out
    assert all(story.digits in text and story.english in text for story in STORIES)
    assert refused("--version") == 0
