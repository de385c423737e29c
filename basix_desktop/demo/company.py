"""The company behind the demo PBX: whom a call can be connected to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class GroupType(IntEnum):
    """How a group is called (basix-api.md 2.3)."""

    RING = 0  # everybody at once
    HUNT = 1  # one after another


@dataclass(frozen=True, slots=True)
class User:
    """``name`` is what ``destination`` takes, ``label`` is for people, ``reading`` is how it is read, in hiragana."""

    id: int
    name: str
    label: str
    reading: str
    extension: str


@dataclass(frozen=True, slots=True)
class Group:
    """``members`` are user names in order of priority."""

    id: int
    name: str
    label: str
    reading: str
    extension: str
    type: GroupType
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    users: tuple[User, ...]
    groups: tuple[Group, ...]

    def find(self, destination: str) -> User | Group | None:
        """Whom ``destination`` names: a name in any case, or an extension. None if nobody."""
        wanted = destination.casefold()
        everybody: tuple[User | Group, ...] = (*self.users, *self.groups)
        return next((one for one in everybody if wanted in (one.name.casefold(), one.extension)), None)


COMPANY = Company(
    users=(
        User(1, "helen", "Helen Clarke", "へれん くらーく", "1001"),
        User(2, "ken", "Ken Mori", "けん もり", "1002"),
        User(3, "olive", "Olive Marsh", "おりーぶ まーしゅ", "1003"),
        User(4, "luke", "Luke Stone", "るーく すとーん", "1004"),
        User(5, "maria", "Maria Fernández", "まりあ ふぇるなんです", "1005"),
        User(11, "sato", "佐藤 健", "さとう けん", "1011"),
        User(12, "tanaka", "田中 花子", "たなか はなこ", "1012"),
        User(13, "suzuki", "鈴木 一郎", "すずき いちろう", "1013"),
        User(14, "takahashi", "髙橋 美咲", "たかはし みさき", "1014"),
        User(15, "watanabe", "渡邉 翔太", "わたなべ しょうた", "1015"),
        User(16, "reception", "受付", "うけつけ", "100"),
    ),
    groups=(
        Group(101, "sales", "Sales", "せーるす", "2001", GroupType.RING, ("helen", "ken", "sato", "tanaka")),
        Group(102, "support", "Support", "さぽーと", "2002", GroupType.HUNT, ("olive", "luke", "suzuki")),
        Group(103, "campaign", "Campaign", "きゃんぺーん", "2003", GroupType.RING, ("maria", "takahashi")),
        Group(104, "eigyo", "営業部", "えいぎょうぶ", "2004", GroupType.HUNT, ("sato", "tanaka", "watanabe")),
        Group(105, "soumu", "総務課", "そうむか", "2005", GroupType.RING, ("takahashi", "reception")),
    ),
)
