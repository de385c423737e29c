"""All rows on all their ways."""

from __future__ import annotations

from tests.helpers.fault_rows import runs
from tests.helpers.fault_rows_answers import BODIES, STATUSES
from tests.helpers.fault_rows_network import AFTER, BEFORE
from tests.helpers.fault_rows_secure import CERTIFICATES, PROXIES

ROWS = BEFORE + AFTER + STATUSES + BODIES + CERTIFICATES + PROXIES
MATRIX = runs(ROWS)
