"""``tel:`` and ``callto:`` links (RFC 3966), and the parameters behind a number."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from basix_desktop.domain.errors import InputRefused
from basix_desktop.domain.number_text import dialled, fold, refuse_controls

_LINK = re.compile(r"\s*<?(?:tel|callto):(?://)?(?P<body>.*?)>?\s*", re.I | re.S)
_NUMBER = re.compile(r"[-+\d\s().*#,pw\[\]/]*", re.I)
_GLOBAL_CONTEXT = re.compile(r"\+[\d\s.()-]+")


def open_link(folded: str) -> tuple[str, str] | None:
    """(the number in the link, what is left off), or None if ``folded`` is ordinary text (``Tel: 03-… Fax: …``).

    Percent-encoding is undone once. Raises ``InputRefused`` for a link that holds no number, for controls, pauses,
    and a context that is not a number: it would be wrong to ignore any of them.
    """
    link = _LINK.fullmatch(folded)
    if link is None:
        return None
    body, escaped = _decode(link["body"])
    number, *parameters = re.split(r"[;?]", body)
    if not _NUMBER.fullmatch(number):
        if escaped:
            raise InputRefused("not_a_number", "number", "percent-encoding that hides no number")
        return None
    if not re.search(r"\d", number) and not re.search(r"[*#]", number):
        raise InputRefused("number_missing" if not number.strip() else "not_a_number", "number")
    return apply_parameters(number, parameters)


def _decode(body: str) -> tuple[str, bool]:
    if not re.search(r"%[0-9A-Fa-f]{2}", body):
        return body, False
    try:
        decoded = unquote_to_bytes(body).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputRefused("not_a_number", "number", "percent-encoding is not UTF-8") from error
    refuse_controls(decoded)
    return fold(decoded), True


def apply_parameters(number: str, parameters: list[str]) -> tuple[str, str]:
    """Apply a numeric ``phone-context``, refuse ``postd`` and mandatory ones, leave off the rest."""
    left_out: list[str] = []
    contexts: list[str] = []
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        match name.strip().lower():
            case "":
                continue
            case "postd":
                raise InputRefused("number_has_pauses", "number", parameter)
            case "phone-context":
                contexts.append(value.strip())
            case "ext":
                left_out.insert(0, value.strip())
            case key if key.startswith("m-"):
                raise InputRefused("number_context_unknown", "number", parameter)
            case _:
                left_out.append(parameter.strip())
    return _in_context(number, contexts), " ".join(left_out)


def _in_context(number: str, contexts: list[str]) -> str:
    if not contexts:
        return number
    if len(contexts) > 1 or not _GLOBAL_CONTEXT.fullmatch(contexts[0]):
        raise InputRefused("number_context_unknown", "number", ";phone-context=" + contexts[0])
    if number.strip().startswith("+"):
        return number
    return f"{dialled(contexts[0])} {number}"
