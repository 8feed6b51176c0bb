"""Fill the database with a makro desk at real size: `python -m tests.browser.seed_macro` prints the people and codes as JSON."""

from __future__ import annotations

import json

import django


def main() -> None:
    """Eight indicators for two provinces."""
    django.setup()
    from tests.desks.macro_world import add_macro
    from tests.desks.world import build

    world = build(1)
    macro = add_macro(world, 8)
    facts = {
        "people": {name: who.user.username for name, who in world.actors().items()},
        "items": [item.code for item in world.items(macro.meja)],
        "meja": macro.meja.code, "round": world.round.code, "desk": macro.desk.code,
    }  # fmt: skip
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
