"""The measuring of benchmarks/: nothing that a command starts is missed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MEASURING = Path(__file__).resolve().parents[1] / "benchmarks" / "measuring.py"

# A command that leaves an orphan behind, which then burns a known amount of processor time.
ORPHAN = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(0.2)
        while time.process_time() < 0.5:
            pass
    os._exit(0)
os.wait()
"""

MEASURE = """
import importlib.machinery, importlib.util, os, sys
from pathlib import Path
loader = importlib.machinery.SourceFileLoader("bench", sys.argv[1])
bench = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench", loader))
sys.modules["bench"] = bench
sys.dont_write_bytecode = True
loader.exec_module(bench)
if sys.argv[2] == "adopt":
    bench.adopt_orphans()
print(bench.measure([[sys.executable, "-c", sys.argv[3]]], Path.cwd(), dict(os.environ)).processor)
"""


def measured(how: str) -> float:
    result = subprocess.run(
        [sys.executable, "-c", MEASURE, str(MEASURING), how, ORPHAN],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return float(result.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux alone")
def test_processor_time_of_orphans_is_counted() -> None:
    assert measured("adopt") >= 0.5
    assert measured("do not") < 0.4, "the orphan would have been counted anyway, so the test shows nothing"
