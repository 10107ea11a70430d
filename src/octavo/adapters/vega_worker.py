"""The process that draws charts: specifications as JSON on its input, an answer a line on its output.

It is run as a file, apart from the package, so that a chart that takes all memory or never ends takes nothing along.
Its charts get their data within their specifications and may load nothing.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile


def main() -> None:
    """Answer each chart with ``{"svg": ..., "said": ...}`` or ``{"error": ..., "said": ...}``."""
    import vl_convert

    asked = json.load(sys.stdin)
    for folder in asked["fonts"]:
        vl_convert.register_font_directory(folder)
    for chart in asked["charts"]:
        answer: dict[str, str] = {}
        with tempfile.TemporaryFile() as said:
            # What Vega-Lite has to say of a chart comes on the standard error, whoever listens there.
            kept = os.dup(2)
            os.dup2(said.fileno(), 2)
            try:
                answer["svg"] = vl_convert.vegalite_to_svg(
                    chart["spec"],
                    vl_version="6.4",
                    config=chart["config"],
                    show_warnings=True,
                    allowed_base_urls=[],
                    format_locale=chart["numbers"],
                    time_format_locale=chart["dates"],
                )
            except ValueError as error:
                answer["error"] = str(error)
            finally:
                os.dup2(kept, 2)
                os.close(kept)
            said.seek(0)
            answer["said"] = said.read().decode("utf-8", "replace")
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
