"""What the feed says, made for tests and read through the frames it comes in."""

from basix_desktop.cti.messages import Parser
from basix_desktop.domain.feed import Channel, Element, ElementEvent, Ignored, Message
from basix_desktop.etf import Chars, Term, decode, encode

T0 = 1_546_839_040_024_071  # microseconds
MS = 1_546_839_040_024


def reader(**specs: str) -> Parser:
    """A parser that was told these elements' fields."""
    parser = Parser()
    for kind, names in specs.items():
        assert isinstance(parser.feed(frame(("field_spec", Chars(kind.encode()), list(names.split())))), Ignored)
    return parser


def frame(term: Term) -> Term:
    return decode(encode(term))


def event(kind: str, values: dict[str, Term], change: str = "updated") -> Message:
    parser = reader(**{kind: " ".join(values)})
    return parser.feed(frame(("info_event", Chars(kind.encode()), tuple(values.values()), change)))


def read(kind: str, values: dict[str, Term]) -> Element:
    message = event(kind, values)
    assert isinstance(message, ElementEvent), message
    return message.element


def channel(**values: Term) -> Channel:
    element = read("channel", {"uuid": b"u-1", **values})
    assert isinstance(element, Channel)
    return element
