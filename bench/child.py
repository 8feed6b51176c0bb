"""One line on one database, in a process of its own: `python -m bench.child LINE KIND FOLDER QUICK`; the last line printed is its result."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

from bench.context import Bench, line


def main() -> None:
    """Run and print."""
    name, kind, folder, quick = sys.argv[1:5]
    if kind:
        django.setup()
    results = line(name).run(Bench(kind, Path(folder), quick == "1"))
    print("\n" + json.dumps([result.as_json() for result in results]))


if __name__ == "__main__":
    main()
