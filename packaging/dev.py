#!/usr/bin/env python3
"""Sets up, runs, tests and measures Basix Desktop from a checkout: ``python3 packaging/dev.py --help``.

Needs the standard library only. This file alone must be readable by old Pythons, so that they can say what is missing.
"""

import sys

if sys.version_info < (3, 11) or sys.version_info >= (3, 15):
    # no f-string, so that every Python gets as far as this sentence
    sys.exit(
        "Basix Desktop needs Python 3.11, 3.12, 3.13 or 3.14, but this is Python {}.{} ({}). "
        "Start it with one of those, for example: python3.11 packaging/dev.py run".format(
            sys.version_info[0], sys.version_info[1], sys.executable
        )
    )

from devkit.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
