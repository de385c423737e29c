"""Rows C and D: statuses and bodies."""

from __future__ import annotations

import gzip
import json

from tests.helpers import fault_scripts as do
from tests.helpers.fault_rows import LEG, PLACED, SUCCESS, Expected, Row, refused, unknown
from tests.helpers.fault_server import Script

SECOND_LEG = "0b0c0b5e-52a6-4b8a-9d4c-3f1f6a3f9a77"
HTML = b"<!doctype html><html><body><h1>It works!</h1></body></html>"
NO_LINE = b'{"result_code":500,"error":{"id":"channel_limit_reached"}}'
NO_AUTH = b'{"result_code":401,"error":{"id":"authentication_required"}}'
UNUSABLE = unknown("answer_unusable")
NO_ID = unknown("answer_without_call_id")
GATEWAY = unknown("gateway_error")
BROKE = unknown("connection_broke")
PBX = refused("pbx_refused")

_N_STATUSES = {
    400: "request_refused",
    401: "token_refused",
    403: "forbidden",
    404: "server_not_basix",
    405: "server_not_basix",
    411: "request_refused",
    413: "request_refused",
    414: "request_refused",
    415: "server_not_basix",
    421: "server_not_basix",
    422: "request_refused",
    426: "server_not_basix",
    429: "too_many_requests",
    431: "request_refused",
    307: "server_not_basix",
    308: "server_not_basix",
}
_U_STATUSES = {
    300: "answer_unusable",
    301: "redirected",
    302: "redirected",
    303: "redirected",
    304: "answer_unusable",
    402: "answer_unusable",
    408: "answer_unusable",
    409: "answer_unusable",
    418: "answer_unusable",
    425: "answer_unusable",
    451: "answer_unusable",
    500: "gateway_error",
    501: "gateway_error",
    502: "gateway_error",
    503: "gateway_error",
    504: "gateway_error",
    511: "gateway_error",
    599: "gateway_error",
    799: "answer_unusable",
    201: "answer_unusable",
    202: "answer_unusable",
    299: "answer_unusable",
}
_EMPTY_STATUSES = (204, 205, 206)


def _status(status: int) -> Script:
    headers = ("Location: http://127.0.0.1:{port}/elsewhere",) if 300 <= status < 400 else ()
    return do.answers(status, HTML, *headers, length=status != 304)


def _answer(name: str, fault: str, body: bytes, expected: Expected, status: int = 200, *headers: str) -> Row:
    return Row(name, fault, do.answers(status, body, *headers), expected)


def _retry(name: str, value: str) -> Row:
    script = do.answers(429, HTML, f"Retry-After: {value}")
    return Row(f"C3-{name}", f"429, Retry-After: {value[:30]}", script, refused("too_many_requests"))


def _uuids(name: str, value: object) -> Row:
    body = json.dumps({"result_code": 0, "uuids": value}).encode()
    return _answer(f"D10-{name}", f"success with uuids {name}", body, NO_ID)


def _code(name: str, text: bytes) -> Row:
    body = b'{"result_code":%s,"uuids":["%s"]}' % (text, LEG.encode())
    return _answer(f"D8-{name}", f"result_code is {name}", body, UNUSABLE)


STATUSES = (
    *(Row(f"C-{s}", f"HTTP {s} with a page", _status(s), refused(id_)) for s, id_ in _N_STATUSES.items()),
    *(Row(f"C-{s}", f"HTTP {s} with a page", _status(s), unknown(id_)) for s, id_ in _U_STATUSES.items()),
    *(Row(f"C11-{s}", f"HTTP {s}, empty", do.answers(s, length=s != 204), UNUSABLE) for s in _EMPTY_STATUSES),
    _answer("C1-json", "401 in the PBX's words", NO_AUTH, refused("token_refused"), 401),
    _answer("C1-200", "authentication_required with HTTP 200", NO_AUTH, refused("token_refused")),
    _answer(
        "C1-other", "401 with an unknown word", b'{"result_code":9,"error":{"id":"x"}}', refused("token_refused"), 401
    ),
    _retry("number", "30"),
    _retry("absurd", "1000000000"),
    _retry("huge", "9" * 5000),
    _retry("negative", "-5"),
    _retry("date", "Wed, 21 Oct 2099 07:28:00 GMT"),
    _retry("garbage", "soon; \u00e9"),
    _answer("C5", "no free line, HTTP 500", NO_LINE, refused("channel_limit_reached"), 500),
    _answer("C6", "no free line, HTTP 200", NO_LINE, refused("channel_limit_reached")),
    _answer("C7-json", "no free line, HTTP 503", NO_LINE, refused("channel_limit_reached"), 503),
    _answer("C8-json", "a success with a redirect", SUCCESS, PLACED, 302, "Location: /x"),
    _answer("C-500-placed", "a success with HTTP 500", SUCCESS, PLACED, 500),
    _answer("C-403-no-id", "success without an id with HTTP 403", b'{"result_code":0}', NO_ID, 403),
    _answer("C10", "a captive portal", HTML, UNUSABLE),
    Row("C12-esc", "a reason phrase with ESC", do.answers(200, SUCCESS, reason="\x1b[2J\x07"), UNUSABLE),
    Row("C12-cr", "a reason phrase with CR", do.answers(200, SUCCESS, reason="OK\rX: y"), BROKE),
    Row("C12-099", "a status of 099", do.answers("099", SUCCESS), BROKE),
    Row("C12-word", "a status that is a word", do.answers("abc", SUCCESS), BROKE),
    Row("C12-long", "a status of four digits", do.answers("2000", SUCCESS), BROKE),
)

BODIES = (
    _answer("D1", "an empty body", b"", UNUSABLE),
    _answer("D1-space", "white space", b" \r\n\t ", UNUSABLE),
    _answer("D2-latin", "not UTF-8", b'{"result_code":0,"uuids":["%s"],"x":"\xff"}' % LEG.encode(), UNUSABLE),
    _answer("D2-bom", "a byte order mark", b"\xef\xbb\xbf" + SUCCESS, UNUSABLE),
    _answer("D2-utf16", "UTF-16", SUCCESS.decode().encode("utf-16"), UNUSABLE),
    _answer("D2-nul", "NUL bytes", SUCCESS + b"\0", UNUSABLE),
    _answer("D3", "60,000 brackets", b"[" * 60_000, UNUSABLE),
    _answer("D3-big", "200,000 brackets", b"[" * 200_000, UNUSABLE),
    _answer(
        "D3-deep",
        "a success, and 40 levels",
        b'{"result_code":0,"uuids":["%s"],"x":%s%s}' % (LEG.encode(), b"[" * 40, b"]" * 40),
        UNUSABLE,
    ),
    Row("D4", "a body without end", do.floods(b"HTTP/1.1 200 OK\r\n\r\n"), UNUSABLE),
    Row("D4-stated", "1 GB stated", do.floods(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"), UNUSABLE),
    Row("D4-success", "a success, then spaces without end", do.floods(b"HTTP/1.1 200 OK\r\n\r\n" + SUCCESS), UNUSABLE),
    _answer("D4-over", "a success of 65,537 bytes", SUCCESS.ljust(65_537), UNUSABLE),
    _answer("D4-limit", "a success of exactly 65,536 bytes", SUCCESS.ljust(65_536), PLACED),
    _answer("D5", "gzip bomb", gzip.compress(b" " * 50_000_000, 1), UNUSABLE, 200, "Content-Encoding: gzip"),
    _answer("D5-success", "a success in gzip", gzip.compress(SUCCESS), UNUSABLE, 200, "Content-Encoding: gzip"),
    _answer("D5-claimed", "a success called br", SUCCESS, UNUSABLE, 200, "Content-Encoding: identity, br"),
    _answer("D5-identity", "a success called identity", SUCCESS, PLACED, 200, "Content-Encoding: identity"),
    _answer("D5-401", "401 in gzip", gzip.compress(HTML), refused("token_refused"), 401, "Content-Encoding: gzip"),
    _answer("D6-lengths", "two lengths", SUCCESS, BROKE, 200, "Content-Length: 5"),
    Row(
        "D6-both",
        "chunked and a length",
        do.says(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
            % (len(SUCCESS), len(SUCCESS), SUCCESS)
        ),
        UNUSABLE,
    ),
    Row(
        "D6-chunk",
        "a bad chunk",
        do.says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + SUCCESS),
        BROKE,
    ),
    Row(
        "D6-encoding",
        "an unknown transfer encoding",
        do.says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
        BROKE,
    ),
    Row("D6-negative", "a negative length", do.says(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + SUCCESS), BROKE),
    _answer("D7-long", "a header of 300 kB", SUCCESS, BROKE, 200, "X: " + "y" * 300_000),
    _answer("D7-many", "10,000 headers", SUCCESS, UNUSABLE, 200, *["X: y"] * 10_000),
    _answer("D7-some", "100 headers", SUCCESS, PLACED, 200, *["X: y"] * 100),
    _code("text", b'"0"'),
    _code("float", b"0.0"),
    _code("minus zero float", b"-0.0"),
    _code("false", b"false"),
    _code("null", b"null"),
    _code("overflow", b"1e400"),
    _code("huge", b"1" + b"0" * 5000),
    _code("list", b"[0]"),
    _answer("D8-missing", "no result_code", b'{"uuids":["%s"]}' % LEG.encode(), UNUSABLE),
    _answer("D8-array", "a list", b"[%s]" % SUCCESS, UNUSABLE),
    _answer("D8-number", "a number", b"0", UNUSABLE),
    _answer("D9", "result_code twice", b'{"result_code":500,' + SUCCESS[1:], UNUSABLE),
    _answer("D9-escaped", "result_code twice, once escaped", b'{"result\\u005fcode":500,' + SUCCESS[1:], UNUSABLE),
    _answer("D9-inner", "a name twice further in", SUCCESS[:-1] + b',"x":{"a":1,"a":2}}', UNUSABLE),
    _answer("D9-after", "two documents", SUCCESS + SUCCESS, UNUSABLE),
    _uuids("none", []),
    _uuids("null", None),
    _uuids("text", LEG),
    _uuids("numbers", [1, 2]),
    _uuids("object", {LEG: LEG}),
    _uuids("path", ["../x"]),
    _uuids("markup", ["<img src=x>"]),
    _uuids("long", ["a" * 50_000]),
    _uuids("many", [LEG] * 1000),
    _uuids("spaces", [f" {LEG}"]),
    _uuids("newline", [f"{LEG}\n"]),
    _uuids("wide digits", [LEG.replace("2", "２")]),
    _uuids("one of two", [LEG, ""]),
    _answer("D10-missing", "success without uuids", b'{"result_code":0}', NO_ID),
    _answer("D11", "two legs", json.dumps({"result_code": 0, "uuids": [LEG, SECOND_LEG]}).encode(), PLACED),
    _answer("D11-capital", "a leg in capitals", SUCCESS.replace(LEG.encode(), LEG.upper().encode()), PLACED),
    _answer("D-more", "a success with more members", SUCCESS[:-1] + b',"big":%s}' % (b"9" * 400), PLACED),
    _answer("D13", "an unknown word", b'{"result_code":500,"error":{"id":"moon_phase"}}', PBX),
    _answer("D13-200", "a negative code, no error", b'{"result_code":-1}', PBX),
    _answer("D13-text", "error is text", b'{"result_code":500,"error":"channel_limit_reached"}', PBX, 500),
    _answer("D13-list", "error is a list", b'{"result_code":1,"error":[{"id":"x"}]}', PBX, 502),
    _answer("D14-long", "a word of 50 kB", b'{"result_code":1,"error":{"id":"%s"}}' % (b"x" * 50_000), PBX),
    _answer("D14-markup", "a word with markup", b'{"result_code":1,"error":{"id":"<b>\\u202e\\u0007\\ud800"}}', PBX),
    _answer("D15-nan", "NaN", SUCCESS[:-1] + b',"x":NaN}', UNUSABLE),
    _answer("D15-infinity", "Infinity", SUCCESS[:-1] + b',"x":-Infinity}', UNUSABLE),
)
