"""Nothing of the credentials is left of what a server quotes, however it writes them (reliability.md S1)."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basix_desktop.pbx.scrub import SHORTEST, Scrub

USER, TOKEN = "acme", "Zk3/9xQ+ca'n&ar%41y-7h2Lw0~ü\U00020bb7A1dF"
PAIR = base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()
SECRETS = {
    "token": TOKEN,
    "pair": PAIR,
    "pair for addresses": base64.urlsafe_b64encode(f"{USER}:{TOKEN}".encode()).decode(),
    "base64": base64.b64encode(TOKEN.encode()).decode(),
    "hex": TOKEN.encode().hex(),
    "HEX": TOKEN.encode().hex().upper(),
}
WRITINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "JSON": lambda text: json.dumps(text)[1:-1],
    "PHP's JSON": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON for HTML": lambda text: json.dumps(text)[1:-1].replace("&", "\\u0026").replace("'", "\\u0027"),
    "HTML": html.escape,
    "HTML by numbers": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "HTML by hex numbers": lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    "HTML by names": lambda text: text.replace("&", "&amp;").replace("+", "&plus;").replace("/", "&sol;"),
    "address": lambda text: quote(text, safe=""),
    "address, small": lambda text: quote(text).replace("%2B", "%2b").replace("%C3%BC", "%c3%bc"),
    "script": lambda text: "".join(f"\\x{ord(c):02x}" if c in "/+&'" else c for c in text),
    "address in HTML": lambda text: html.escape(quote(text)),
    "HTML in JSON": lambda text: json.dumps(text.replace("+", "&#43;").replace("&", "&amp;"))[1:-1].replace("/", "\\/"),
}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=list(WRITINGS))
@pytest.mark.parametrize("secret", SECRETS.values(), ids=list(SECRETS))
def test_nothing_is_left_however_it_is_written(secret: str, write: Callable[[str], str]) -> None:
    assert Scrub(USER, TOKEN)(f"Wrong: {write(secret)}, also {write(secret)}.") == "Wrong: ***, also ***."


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Z"), exclude_characters="%\\&"), min_size=SHORTEST),
    st.data(),
)
def test_any_token_in_any_mixture_of_writings(token: str, data: st.DataObject) -> None:
    writings = st.sampled_from([WRITINGS[each] for each in ("HTML by numbers", "PHP's JSON", "address", "plain")])
    assert Scrub(USER, token)(f"<{''.join(data.draw(writings)(c) for c in token)}>") == "<***>"


@pytest.mark.parametrize("write", WRITINGS.values(), ids=list(WRITINGS))
def test_an_answer_cut_off_inside_a_secret_keeps_no_piece_of_it(write: Callable[[str], str]) -> None:
    """The rest of it never came, or was more than is kept of an answer."""
    written, scrub = write(TOKEN), Scrub(USER, TOKEN)
    enough = len(write(TOKEN[:SHORTEST]))
    assert {scrub(f"token: {written[:cut]}") for cut in range(enough, len(written) + 1)} == {"token: ***"}


@pytest.mark.parametrize(
    "text",
    [
        '{"result_code":500,"error":{"id":"channel_limit_reached"}}',
        "<p>100% &lt;b&gt; \\/ \\u0041 %41 &#65; &nosuch; %zz \\</p>",
        "Zk3/9",
        "",
    ],
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert Scrub(USER, TOKEN)(text) == text


@given(
    st.lists(
        st.sampled_from([*"%\\&#;xuU0dD8f9aAzZ", "\\u", "&#", "&#x", "%", "&amp;", "\ufffd", TOKEN, PAIR]) | st.text()
    )
)
def test_no_answer_makes_it_raise(parts: list[str]) -> None:
    """That the PBX has answered must not be lost over it."""
    assert TOKEN not in Scrub(USER, TOKEN)("".join(parts))


def test_several_quotations_are_each_taken_out() -> None:
    assert Scrub(USER, TOKEN)(f"Basic {PAIR}; {TOKEN}{TOKEN}, {quote(TOKEN)}!") == "Basic ***; ******, ***!"


def test_a_token_of_a_few_letters_is_only_looked_for_with_its_user() -> None:
    pair = base64.b64encode(b"acme:e").decode()
    assert Scrub(USER, "e")(f"these letters, {pair}") == "these letters, ***"
