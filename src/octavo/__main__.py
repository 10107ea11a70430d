"""``python -m octavo``."""

import sys

from octavo.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
