"""Fill the database of the sector journey: a round of one dinas with seven kab/kota; all but the last have submitted, the sitting is planned.

`python -m tests.browser.sector_seed` prints the people and codes as JSON.
"""

from __future__ import annotations

import json

import django


def main() -> None:
    """Build it and say where everything is."""
    django.setup()
    from desks.choices import BaScope, RoundLevel
    from tests.browser.provincial_seed import facts_of, plan
    from tests.desks import provincial_world as p

    made = p.build(7, level=RoundLevel.SECTOR, scope=BaScope.SESSION)
    p.hand_in(made, made.desks[0], by=made.local_opd[:-1])
    print(json.dumps(facts_of(made, plan(made))))


if __name__ == "__main__":
    main()
