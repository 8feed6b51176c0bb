"""The signatory plan of a draft: two confirm in the portal, the chair signs on paper. `python -m tests.browser.signers BA`."""

from __future__ import annotations

import sys

import django


def main() -> None:
    """Replace the proposed plan by services."""
    django.setup()
    from accounts.actors import Actor
    from accounts.models import Membership
    from agreements.choices import SignMode
    from agreements.models import BeritaAcara
    from agreements.services import SignatoryData, remove_signatory, save_signatory

    def member(role: str, kind: str) -> Membership:
        found = Membership.objects.filter(role=role, institution__kind=kind).select_related(
            "user", "institution__region"
        )
        return found.order_by("pk")[0]

    moderator = member("moderator", "kemendagri")
    actor = Actor(moderator.user, moderator)
    ba = BeritaAcara.objects.get(code=sys.argv[1])
    for row in ba.signatories.order_by("-order"):
        remove_signatory(actor, ba, row.order, seen_version=BeritaAcara.objects.get(pk=ba.pk).version)
    chair, kl = moderator.institution, member("pembahas", "kl")
    bappeda = Membership.objects.filter(role="bappeda", institution__kode="32").select_related("user")[0]
    plan = (
        SignatoryData(chair.pk, "Direktur PEIPD", "Dr. Sasmita Contoh, M.Si.", prefix="an", principal_office="Direktur Jenderal", chair=True,
                      nip="198001012005011001", rank="Pembina Utama Muda (IV/c)"),
        SignatoryData(kl.institution_id, "Direktur Perencanaan", kl.user.full_name, mode=SignMode.PORTAL, user_id=kl.user_id),
        SignatoryData(bappeda.institution_id, "Kepala Bappeda", bappeda.user.full_name, prefix="plt", mode=SignMode.PORTAL, user_id=bappeda.user_id),
    )  # fmt: skip
    for data in plan:
        save_signatory(actor, ba, data, seen_version=BeritaAcara.objects.get(pk=ba.pk).version)


if __name__ == "__main__":
    main()
