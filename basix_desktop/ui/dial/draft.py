"""What stands in the dial column, as typed. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from basix_desktop.domain.accounts import DEFAULT_ANSWER_TIMEOUT

#: The fields in the order in which a refusal is told and takes the focus: the tab order.
FIELDS = (
    "number",
    "destination",
    "end_user_id",
    "end_user_name",
    "end_user_organization",
    "end_user_avatar",
    "end_user_prefecture",
    "calling_number",
    "answer_timeout",
    "callback_url",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The column as typed. ``destination`` is what the PBX takes; ``destination_label`` what people call it."""

    number: str = ""
    destination: str = ""
    destination_label: str = ""
    end_user_id: str = ""
    end_user_name: str = ""
    end_user_organization: str = ""
    end_user_avatar: str = ""
    end_user_prefecture: str = ""
    calling_number: str = ""
    answer_timeout: str = str(DEFAULT_ANSWER_TIMEOUT)
    callback_url: str = ""

    def sends_as(self, other: Draft) -> bool:
        """Whether both would be the same call: what people call the destination may have become known meanwhile."""
        return replace(self, destination_label="") == replace(other, destination_label="")

    @property
    def caller(self) -> tuple[str, str, str, str, str]:
        return (
            self.end_user_id,
            self.end_user_name,
            self.end_user_organization,
            self.end_user_avatar,
            self.end_user_prefecture,
        )

    @property
    def options(self) -> tuple[str, str, str]:
        return (self.calling_number, self.answer_timeout, self.callback_url)
