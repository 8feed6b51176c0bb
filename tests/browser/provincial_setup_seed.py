"""A portal just installed: the published facts and the first link of a provincial secretariat, nothing else.

`python -m tests.browser.provincial_setup_seed` does what the guide of the installation says and prints the link as JSON.
"""

from __future__ import annotations

import io
import json

import django

SECRETARIAT = "sekretariat.ntb@contoh.test"


def main() -> None:
    """The two commands of a new installation: facts, and the first person of the host."""
    django.setup()
    from django.core.management import call_command

    call_command("load_reference", stdout=io.StringIO())
    said = io.StringIO()
    call_command(
        "undang",
        SECRETARIAT,
        "--nama=Sekretariat NTB (simulasi)",
        "--lembaga=bappeda:52",
        "--peran=sekretariat",
        stdout=said,
    )
    print(json.dumps({"people": {}, "link": said.getvalue().strip()}))


if __name__ == "__main__":
    main()
