"""Attempts as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.app.cli_attempts import COLUMNS, csv_row, iso, log_object, neutral, outcome_object
from basix_desktop.app.cli_parser import parse
from basix_desktop.app.cli_words import ARGUMENTS, choose_language, concern_words, error_line, verdict_line
from basix_desktop.domain.calls import Attempt, CallRequest, EndUser, State
from basix_desktop.domain.concerns import Concern, ConcernKind
from basix_desktop.domain.errors import ConfirmationRequired, Failure, InputRefused, NumberAmbiguous

PLACED = Attempt(
    id="a1",
    row=1,
    created_at=1_700_000_000_123,
    updated_at=1_700_000_000_456,
    account="本社",
    server="https://pbx.example/api",
    domain="example",
    request=CallRequest("0312341234", "sales", end_user=EndUser(id="7", name="=HYPERLINK()", organization="A\r\n@B")),
    state=State.ACCEPTED,
    uuids=("ede7b23e-c172-445e-832e-963b11ba2b96",),
)
REFUSED = replace(PLACED, state=State.REJECTED, uuids=(), failure=Failure("pbx_refused", pbx_id="line_on_fire"))


def test_the_outcome_object_has_exactly_the_documented_members() -> None:
    assert outcome_object(PLACED, "en") == {
        "attempt": "a1",
        "outcome": "placed",
        "number": "0312341234",
        "destination": "sales",
        "uuids": ["ede7b23e-c172-445e-832e-963b11ba2b96"],
        "error": None,
    }
    error = outcome_object(REFUSED, "en")["error"]
    assert error["id"] == "line_on_fire", "the PBX's own word is what a script sees"
    assert "line_on_fire" in error["message"]


def test_the_log_object_adds_when_state_and_legs() -> None:
    document = log_object(REFUSED, "ja")
    assert document["created_at"] == "2023-11-14T22:13:20.123Z"
    assert (document["state"], document["outcome"], document["uuids"]) == ("REJECTED", "not_placed", [])
    json.dumps(document)


def test_a_csv_row_is_read_back_and_holds_no_formula() -> None:
    line = io.StringIO()
    csv.writer(line).writerow(csv_row(PLACED, "en"))
    (cells,) = csv.reader(io.StringIO(line.getvalue(), newline=""))
    row = dict(zip(COLUMNS, cells, strict=True))
    assert row["number"] == "0312341234"
    assert row["end_user_name"] == "'=HYPERLINK()"
    assert row["end_user_organization"] == "A\r\n'@B"


DANGEROUS = [
    "=1",
    "+81312341234",
    "-1",
    "@A",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    "'=1",
    "\tx",
]


@pytest.mark.parametrize("cell", [*DANGEROUS, *(f"line one\n{cell}" for cell in DANGEROUS)])
def test_each_line_that_could_be_a_formula_gets_an_apostrophe(cell: str) -> None:
    for line in re.split(r"\r\n|\r|\n", neutral(cell)):
        assert not re.match(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]", line)


@pytest.mark.parametrize("cell", ["", "Tanaka", "0312341234", "a=b", "'t Hooft", "株式会社 山田", "2026-11-23"])
def test_what_is_harmless_stays_as_it_is(cell: str) -> None:
    assert neutral(cell) == cell


def restored(cell: str) -> str:
    """What an import does: the documented inverse."""
    pattern = re.compile(r"['\s\u200b\ufeff]*[=+\-@＝＋－＠]|'*[\t\r\n]")
    lines = cell.splitlines(keepends=True)
    return "".join(line[1:] if line.startswith("'") and pattern.match(line[1:]) else line for line in lines)


@given(st.text(st.sampled_from("=+-@'\t\r\n ＝ab\u3000")) | st.text())
def test_neutralising_loses_nothing(cell: str) -> None:
    assert restored(neutral(cell)) == cell


@pytest.mark.parametrize("milliseconds", [-(10**17), 10**17, 0, -1, 2**31 * 1000])
def test_absurd_clocks_do_not_break_the_log(milliseconds: int) -> None:
    assert iso(milliseconds) == "" or iso(milliseconds).endswith("Z")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_reason_for_a_second_look_has_words(language: str) -> None:
    for kind in ConcernKind:
        concern = Concern(kind, country="US", seconds_ago=4, count=11)
        words = concern_words(concern, language)
        assert words
        assert "{" not in words
        assert words in error_line(ConfirmationRequired((concern,)), language)
    assert {concern_words(Concern(kind), "en") for kind in ConcernKind}.isdisjoint(
        {concern_words(Concern(kind), "ja") for kind in ConcernKind}
    )


@pytest.mark.parametrize(("field", "argument"), sorted(ARGUMENTS.items()))
@pytest.mark.parametrize(("language", "where"), [("en", "Where: {}."), ("ja", "項目：{}。")])
def test_a_refusal_names_what_was_given_as_the_help_does(
    field: str, argument: str, language: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert error_line(InputRefused("end_user_invalid", field), language).endswith(where.format(argument))
    with pytest.raises(SystemExit):
        parse(["account", "add", "--help"] if field == "name" else ["call", "--help"])
    assert re.search(rf"(?m)^\s*{argument}\b", capsys.readouterr().out)


def test_every_argument_of_a_call_that_can_be_refused_has_its_name() -> None:
    given_ = vars(parse(["call", "1", "2"]).arguments)
    never = {"data_dir", "language", "account", "token_stdin", "yes", "json"}
    assert set(given_) - never == set(ARGUMENTS) - {"name", "token"}


def test_what_is_given_nowhere_on_the_command_line_is_not_named() -> None:
    assert "proxy" not in error_line(InputRefused("region_invalid", "proxy"), "en")


def test_a_question_names_its_candidates() -> None:
    line = error_line(NumberAmbiguous((("TEL", "03-1234-1234"), ("携帯", "090-1111-2222"))), "en")
    assert "TEL 03-1234-1234" in line
    assert "携帯 090-1111-2222" in line


@pytest.mark.parametrize("state", [State.ACCEPTED, State.REJECTED, State.NOT_SENT, State.UNKNOWN, State.SENDING])
def test_every_verdict_names_number_and_destination(state: State) -> None:
    for language in ("en", "ja"):
        line = verdict_line(replace(REFUSED, state=state), language)
        assert "0312341234" in line
        assert "sales" in line
        assert "\n" not in line


def test_the_verdict_tells_how_long_the_pbx_asked_to_wait() -> None:
    asked = replace(REFUSED, failure=Failure("too_many_requests", http_status=429), retry_after=20)
    assert "wait 20 seconds" in verdict_line(asked, "en")


def test_the_language_is_the_options_then_the_settings_then_the_locales() -> None:
    japanese = {"LANG": "ja_JP.UTF-8"}
    assert choose_language("en", "ja", japanese) == "en"
    assert choose_language("", "en", japanese) == "en"
    assert choose_language("", "", japanese) == "ja"
    assert choose_language("", "", {"LC_ALL": "C", **japanese}) == "en"
    assert choose_language("", "", {}) == "en"
