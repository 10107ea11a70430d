"""What the fork server loads before it makes the first worker, and nobody else does.

Workers get the signals as the fork server had them when it had loaded this: Ctrl-C is for the main process, which ends
its workers itself, and none of them may say a word of it while it starts.
"""

from __future__ import annotations

import signal

from octavo.render import worker as worker

signal.signal(signal.SIGINT, signal.SIG_IGN)
