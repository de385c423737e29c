"""Everything that may go wrong and can be explained: one class per remedy, one stable id per sentence.

The words for people are in ``ui.explain``, keyed by :attr:`BasixError.id`. An id is written to the log and printed by
the command line, so it never changes its meaning once released.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from basix_desktop.domain.concerns import Concern


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt was not placed, or why nobody can tell: as it is stored with the attempt.

    ``id`` is one of the ids in this module; ``pbx_id`` is the PBX's own ``error.id`` where it gave one, cleaned of
    control characters and clipped to 64 (reliability.md D14). ``detail`` is technical: *Technical details* only.
    """

    id: str
    pbx_id: str = ""
    http_status: int | None = None
    detail: str = ""

    @property
    def public_id(self) -> str:
        """The id a script sees: the PBX's own word where it said one, else ours."""
        return self.pbx_id or self.id


class BasixError(Exception):
    """A failure with a remedy. ``id`` selects the sentence, ``detail`` is for *Technical details* and the log only."""

    ids: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, id: str, detail: str = "") -> None:  # noqa: A002 - the field's name everywhere
        if id not in self.ids:
            raise ValueError(f"{type(self).__name__} has no id {id!r}")
        super().__init__(f"{id}: {detail}" if detail else id)
        self.id = id
        self.detail = detail

    @property
    def failure(self) -> Failure:
        return Failure(self.id, detail=self.detail)


class InputRefused(BasixError):
    """Remedy: change what was typed. ``field`` names the field that the sentence stands beside."""

    ids = frozenset(
        {
            "number_missing",
            "not_a_number",
            "number_ambiguous",
            "number_too_long",
            "number_has_pauses",
            "number_has_controls",
            "number_is_code",
            "number_context_unknown",
            "emergency_number",
            "number_blocked",
            "destination_missing",
            "destination_is_external",
            "destination_invalid",
            "calling_number_invalid",
            "calling_number_too_long",
            "answer_timeout_invalid",
            "callback_url_invalid",
            "avatar_url_invalid",
            "url_has_sign_in",
            "url_too_long",
            "end_user_invalid",
            "domain_invalid",
            "server_invalid",
            "token_invalid",
            "token_for_other_server",
            "account_name_invalid",
            "account_name_missing",
            "account_name_too_long",
            "account_name_taken",
            "proxy_invalid",
            "region_invalid",
            "listener_address_invalid",
            "listener_port_invalid",
            "listener_url_invalid",
            "feed_user_invalid",
        }
    )

    def __init__(self, id: str, field: str, detail: str = "") -> None:  # noqa: A002
        super().__init__(id, detail)
        self.field = field


class NumberAmbiguous(InputRefused):
    """Remedy: choose one of ``candidates``. Each is (label found beside it or "", the number as it would be typed)."""

    def __init__(self, candidates: tuple[tuple[str, str], ...]) -> None:
        super().__init__("number_ambiguous", "number", " / ".join(text for _, text in candidates))
        self.candidates = candidates


class ConfirmationRequired(BasixError):
    """Remedy: take a second look at ``concerns`` and confirm them for exactly these values."""

    ids = frozenset({"confirmation_required"})

    def __init__(self, concerns: tuple[Concern, ...]) -> None:
        super().__init__("confirmation_required", ", ".join(sorted(c.kind for c in concerns)))
        self.concerns = concerns


class AlreadyCalling(BasixError):
    """Remedy: wait for the attempt in flight. ``attempt_id`` names it."""

    ids = frozenset({"call_in_progress"})

    def __init__(self, attempt_id: str, detail: str = "") -> None:
        super().__init__("call_in_progress", detail)
        self.attempt_id = attempt_id


class StoreError(BasixError):
    """Remedy: look after the disk or the log file. Nothing was placed: what cannot be recorded is not sent."""

    ids = frozenset(
        {
            "cannot_record",
            "store_busy",
            "store_full",
            "store_read_only",
            "store_replaced",
            "store_newer",
            "store_foreign",
            "store_damaged",
        }
    )


class TokenUnavailable(BasixError):
    """Remedy: unlock the keyring, or enter the token."""

    ids = frozenset({"token_missing", "keyring_locked", "keyring_absent", "keyring_timeout", "keyring_failed"})


class AccountMissing(BasixError):
    """Remedy: connect an account (none yet), or name one that exists. ``detail`` is the name that was asked for."""

    ids = frozenset({"account_missing", "account_unknown"})


class SettingsFailed(BasixError):
    """Remedy: look after the settings file, or ask whoever wrote the policy file. ``detail`` names the file. What was
    to be changed is unchanged."""

    ids = frozenset({"settings_not_saved", "fixed_by_policy"})


class NotReached(BasixError):
    """Remedy: look at the network. Only ever raised when not a byte of the request was sent."""

    ids = frozenset(
        {
            "address_not_found",
            "connection_refused",
            "network_unreachable",
            "connect_timeout",
            "connection_lost_early",
            "too_many_files",
            "network_failed",
        }
    )


class CertificateProblem(BasixError):
    """Remedy: the administrator's, or the computer's clock. There is no "continue anyway"."""

    ids = frozenset(
        {
            "certificate_untrusted",
            "certificate_wrong_host",
            "certificate_expired",
            "certificate_not_yet_valid",
            "tls_failed",
        }
    )


class ProxyProblem(BasixError):
    """Remedy: the proxy's settings or sign-in. Only ever raised when not a byte of the request was sent."""

    ids = frozenset({"proxy_unreachable", "proxy_refused", "proxy_sign_in", "proxy_unusable"})


class AccountTestFailed(BasixError):
    """Remedy: check domain, token and server. What testing an account (no call is placed) found wrong."""

    ids = frozenset(
        {
            "token_refused",
            "server_not_basix",
            "server_failed",
            "answer_unusable",
            "forbidden",
            "pbx_refused",
            "too_many_requests",
        }
    )

    def __init__(self, id: str, detail: str = "", *, pbx_id: str = "", http_status: int | None = None) -> None:  # noqa: A002
        super().__init__(id, detail)
        self._pbx_id, self._http_status = pbx_id, http_status

    @property
    def failure(self) -> Failure:
        return Failure(self.id, self._pbx_id, self._http_status, self.detail)


class FeedProblem(BasixError):
    """Remedy: wait for the live feed, or use a telephone. A command to a call had no visible effect."""

    ids = frozenset({"feed_not_live", "call_not_shown", "command_unanswered", "not_answered_yet"})


class CallbackProblem(BasixError):
    """Remedy: another port or address in the account's settings. Results are not received; calls are placed all the
    same."""

    ids = frozenset(
        {
            "callback_port_taken",
            "callback_port_forbidden",
            "callback_address_invalid",
            "callback_address_absent",
            "callback_failed",
        }
    )


class Stopped(BasixError):
    """Nothing to remedy: the attempt was stopped before a byte of it was sent."""

    ids = frozenset({"cancelled", "too_old", "stopped_before_sending"})


#: Ids of failures that are the PBX's own word, or an HTTP status that proves it did not act (outcome: not placed).
REFUSED_IDS = frozenset(
    {
        "channel_limit_reached",
        "token_refused",
        "pbx_refused",  # any other error id, shown as it is
        "destination_not_found",
        "destination_refused",
        "forbidden",
        "server_not_basix",  # 404, 405, 415, 307, 308 …: an address where no Basix PBX answers
        "request_refused",  # 400, 422 …
        "too_many_requests",
    }
)

#: Ids of failures after which the call may have been placed (outcome: unknown).
UNKNOWN_IDS = frozenset(
    {
        "connection_broke",
        "no_answer_in_time",
        "answer_unusable",
        "answer_without_call_id",
        "gateway_error",
        "redirected",
        "stopped_while_sending",
    }
)
