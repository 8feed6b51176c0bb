"""The world with three linked sub kegiatan: `python -m tests.browser.documents_seed` prints the people and codes as JSON."""

from __future__ import annotations

import json

import django


def main() -> None:
    """One sub kegiatan on each of the first three rows of Jawa Barat."""
    django.setup()
    from desks.services.support import SupportData, add_support
    from tests.browser.seed import facts_of, prepare

    world, printed = prepare()
    rows = zip(world.items(), world.sub_kegiatan, ("12", "7", "3"), strict=False)
    for item, sub, volume in rows:
        data = SupportData(sub.pk, world.dinas_jabar.pk, volume, "Km", (), ((world.sources[0].pk, "1.500.000", "rp"),))
        add_support(world.bappeda, item, data, seen_version=item.version)
    print(json.dumps(facts_of(world, printed) | {"owner": world.bappeda_jabar.name}))


if __name__ == "__main__":
    main()
