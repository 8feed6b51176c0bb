"""An empty portal with a little reference data and one secretariat: `python -m tests.browser.setup_seed` prints the login as JSON."""

from __future__ import annotations

import json

import django


def main() -> None:
    """Regions, institutions, a bidang and one account; no round."""
    django.setup()
    from accounts.choices import InstitutionKind as Kind
    from accounts.choices import Role
    from planning.models import BidangUrusan
    from tests.factories import make_actor, make_institution, make_nation, make_region

    make_nation()
    provinces = [make_region("32", "Jawa Barat"), make_region("36", "Banten")]
    host = make_institution(Kind.KEMENDAGRI, "010", name="Kemendagri")
    make_institution(Kind.KL, "033", name="Kementerian PU")
    for region in provinces:
        make_institution(Kind.BAPPEDA, region.kode, region, name=f"Bappeda {region.name}")
        make_institution(Kind.OPD, f"{region.kode}.1.03", region, name=f"Dinas PUPR {region.name}")
    BidangUrusan.objects.create(
        kode="1.03",
        name="Pekerjaan Umum dan Penataan Ruang",
        short_name="Pekerjaan Umum",
        urusan_kode="1",
        urusan_name="Urusan wajib",
        concurrent=True,
    )
    print(json.dumps({"people": {"secretariat": make_actor(Role.SEKRETARIAT, host).user.username}}))


if __name__ == "__main__":
    main()
