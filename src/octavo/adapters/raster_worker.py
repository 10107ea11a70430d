"""The process that draws vector graphics as pictures of points: a list of SVG as JSON on its input, an answer a line.

It is run as a file, apart from the package, so that a drawing that takes all memory takes nothing along.
"""

from __future__ import annotations

import base64
import json
import sys


def main() -> None:
    """Answer each drawing with ``{"png": BASE64}`` or ``{"error": ...}``."""
    import vl_convert

    asked = json.load(sys.stdin)
    for folder in asked["fonts"]:
        vl_convert.register_font_directory(folder)
    for svg in asked["drawings"]:
        try:
            answer = {"png": base64.b64encode(vl_convert.svg_to_png(svg, scale=1.0, ppi=asked["ppi"])).decode()}
        except ValueError as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
