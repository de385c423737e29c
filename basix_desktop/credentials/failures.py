"""What a keyring's exception means for the user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from basix_desktop.domain.errors import TokenUnavailable

#: By class name, so that no back end has to be imported to compare with it (reliability.md H5, H7).
LOCKED: Final = frozenset({"KeyringLocked", "InitError", "LockedException", "PromptDismissedException"})
ABSENT: Final = frozenset({"NoKeyringError", "SecretServiceNotAvailableException"})
#: macOS: authentication failed, interaction not allowed, code signature changed, cancelled (reliability.md H11).
LOCKED_STATUS: Final = frozenset({-25293, -25308, -67030, -128})


def token_unavailable(error: BaseException) -> TokenUnavailable:
    """The failure with a remedy. Its detail is class names and numbers only: a back end's text may hold the secret."""
    chain = list(_chain(error))
    names = {kind.__name__ for link in chain for kind in type(link).__mro__}
    numbers = [arg for link in chain for arg in link.args if type(arg) is int]
    cancelled = any(str(arg) == "Cancelled by user" for link in chain for arg in link.args)
    detail = " ".join([*(type(link).__name__ for link in chain), *(str(number) for number in numbers[:2])])
    if names & LOCKED or cancelled or LOCKED_STATUS.intersection(numbers):
        return TokenUnavailable("keyring_locked", detail)
    if names & ABSENT:
        return TokenUnavailable("keyring_absent", detail)
    return TokenUnavailable("keyring_failed", detail)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, at most four."""
    link: BaseException | None = error
    for _ in range(4):
        if link is None:
            return
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
