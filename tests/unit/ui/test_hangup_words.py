"""How calls end, in words: every cause of FreeSWITCH in both languages, by whose doing and at which stage."""

from __future__ import annotations

from itertools import product

import pytest

from basix_desktop.domain.live import CallPhase, EndedBy, LiveCall
from basix_desktop.ui.hangup_causes import CAUSES, PLAIN
from basix_desktop.ui.hangup_words import Ending, Stage, sentence, short, stage_of

#: ``switch_call_cause_t`` of FreeSWITCH 1.10, without the prefix SWITCH_CAUSE_.
_NAMES = """
NONE UNALLOCATED_NUMBER NO_ROUTE_TRANSIT_NET NO_ROUTE_DESTINATION CHANNEL_UNACCEPTABLE CALL_AWARDED_DELIVERED
NORMAL_CLEARING USER_BUSY NO_USER_RESPONSE NO_ANSWER SUBSCRIBER_ABSENT CALL_REJECTED NUMBER_CHANGED
REDIRECTION_TO_NEW_DESTINATION EXCHANGE_ROUTING_ERROR DESTINATION_OUT_OF_ORDER INVALID_NUMBER_FORMAT FACILITY_REJECTED
RESPONSE_TO_STATUS_ENQUIRY NORMAL_UNSPECIFIED NORMAL_CIRCUIT_CONGESTION NETWORK_OUT_OF_ORDER NORMAL_TEMPORARY_FAILURE
SWITCH_CONGESTION ACCESS_INFO_DISCARDED REQUESTED_CHAN_UNAVAIL PRE_EMPTED FACILITY_NOT_SUBSCRIBED OUTGOING_CALL_BARRED
INCOMING_CALL_BARRED BEARERCAPABILITY_NOTAUTH BEARERCAPABILITY_NOTAVAIL SERVICE_UNAVAILABLE BEARERCAPABILITY_NOTIMPL
CHAN_NOT_IMPLEMENTED FACILITY_NOT_IMPLEMENTED SERVICE_NOT_IMPLEMENTED INVALID_CALL_REFERENCE INCOMPATIBLE_DESTINATION
INVALID_MSG_UNSPECIFIED MANDATORY_IE_MISSING MESSAGE_TYPE_NONEXIST WRONG_MESSAGE IE_NONEXIST INVALID_IE_CONTENTS
WRONG_CALL_STATE RECOVERY_ON_TIMER_EXPIRE MANDATORY_IE_LENGTH_ERROR PROTOCOL_ERROR INTERWORKING SUCCESS
ORIGINATOR_CANCEL CRASH SYSTEM_SHUTDOWN LOSE_RACE MANAGER_REQUEST BLIND_TRANSFER ATTENDED_TRANSFER ALLOTTED_TIMEOUT
USER_CHALLENGE MEDIA_TIMEOUT PICKED_OFF USER_NOT_REGISTERED PROGRESS_TIMEOUT INVALID_GATEWAY GATEWAY_DOWN INVALID_URL
INVALID_PROFILE NO_PICKUP SRTP_READ_ERROR BOWOUT BUSY_EVERYWHERE DECLINE DOES_NOT_EXIST_ANYWHERE NOT_ACCEPTABLE
UNWANTED NO_IDENTITY BAD_IDENTITY_INFO UNSUPPORTED_CERTIFICATE INVALID_IDENTITY STALE_DATE REJECT_ALL
"""
FREESWITCH = _NAMES.split()


def ending(cause: str, by: str = "pbx", stage: Stage = Stage.RINGING) -> Ending:
    return Ending(cause, by, stage, "Olive", "Helen")


def test_every_cause_of_freeswitch_is_known() -> None:
    assert set(FREESWITCH) <= set(CAUSES) | PLAIN
    assert not set(CAUSES) & PLAIN
    assert set(CAUSES) <= set(FREESWITCH)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_end_has_words_with_nothing_left_to_fill_in(language: str) -> None:
    for cause, by, stage in product([*FREESWITCH, "", "X_NEW"], [*EndedBy, "", "nobody_knows"], Stage):
        for text in (sentence(ending(cause, by, stage), language), short(ending(cause, by, stage), language)):
            assert text.strip()
            assert "{" not in text
            assert (language == "ja") == any(ord(char) > 0x3000 for char in text), text


@pytest.mark.parametrize(
    ("cause", "by", "stage", "words"),
    [
        ("NORMAL_CLEARING", "caller", Stage.CONNECTED, "Olive hung up"),
        ("NORMAL_CLEARING", "destination", Stage.CONNECTED, "Helen hung up"),
        ("NORMAL_CLEARING", "us", Stage.CONNECTED, "You hung up"),
        ("ORIGINATOR_CANCEL", "us", Stage.RINGING, "You hung up before they were connected"),
        ("NORMAL_CLEARING", "caller", Stage.WAITING, "Olive hung up before being connected"),
        ("ORIGINATOR_CANCEL", "pbx", Stage.RINGING, "Olive did not answer"),
        ("USER_BUSY", "caller", Stage.RINGING, "Olive is busy"),
        ("USER_BUSY", "pbx", Stage.WAITING, "Helen is busy"),
        ("NO_ANSWER", "pbx", Stage.WAITING, "Helen did not answer"),
        ("MEDIA_TIMEOUT", "pbx", Stage.CONNECTED, "The sound connection was lost"),
        ("NETWORK_OUT_OF_ORDER", "caller", Stage.CONNECTED, "Olive hung up: The telephone network had a fault"),
        ("X_NEW", "caller", Stage.CONNECTED, "Olive hung up: X_NEW"),
        ("USER_BUSY", "destination", Stage.CONNECTED, "Helen hung up"),
        ("ATTENDED_TRANSFER", "caller", Stage.CONNECTED, "The call was transferred"),
        ("NORMAL_CLEARING", "unknown", Stage.CONNECTED, "The call has ended; how was not seen"),
        ("X_NEW", "pbx", Stage.RINGING, "The PBX ended the call: X_NEW"),
        ("ALLOTTED_TIMEOUT", "destination", Stage.CONNECTED, "The call had reached the longest time that the PBX"),
        ("ALLOTTED_TIMEOUT", "pbx", Stage.WAITING, "Nobody answered within the ring time"),
        ("", "untold", Stage.RINGING, "Olive did not answer"),
        ("", "untold", Stage.WAITING, "The call ended before they were connected"),
        ("", "untold", Stage.CONNECTED, "The call has ended"),
        ("MEDIA_TIMEOUT", "untold", Stage.CONNECTED, "The sound connection was lost"),
        ("X_NEW", "untold", Stage.CONNECTED, "The call has ended: X_NEW"),
    ],
)
def test_who_and_how_far_decide_together_with_the_cause(cause: str, by: str, stage: Stage, words: str) -> None:
    assert sentence(ending(cause, by, stage), "en").startswith(words)


def test_an_unknown_cause_is_the_pbx_s_word_and_can_hide_nothing() -> None:
    text = sentence(ending("A\u202e{who}" + "X" * 200), "en")
    assert "\u202e" not in text
    assert "{who}" in text, "what comes from outside is never filled in"
    assert len(text) < 120


def test_names_are_never_read_as_placeholders() -> None:
    odd = Ending("USER_BUSY", "pbx", Stage.RINGING, "{inside} {word}", "Helen")
    assert sentence(odd, "en") == "{inside} {word} is busy"


@pytest.mark.parametrize(
    ("call", "stage"),
    [
        (LiveCall("u", CallPhase.ENDED), Stage.RINGING),
        (LiveCall("u", CallPhase.ENDED, answered_at=1), Stage.WAITING),
        (LiveCall("u", CallPhase.ENDED, answered_at=1, connected_at=2), Stage.CONNECTED),
        (LiveCall("u", CallPhase.ENDED, answered_at=1, been=(CallPhase.MENU,)), Stage.CONNECTED),
        (LiveCall("u", CallPhase.ENDED, answered_at=1, been=(CallPhase.VOICEMAIL,)), Stage.WAITING),
    ],
)
def test_the_stage_follows_from_how_far_it_came(call: LiveCall, stage: Stage) -> None:
    assert stage_of(call) is stage
