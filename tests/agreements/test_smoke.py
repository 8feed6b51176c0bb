from agreements.selectors.frozen import sheet_of
from agreements.exports.workbook import ba_workbook
from tests.agreements.made import sign_all
import pathlib,time
def test_smoke(closed):
    ba = closed.draft()
    from agreements.models import Signatory
    Signatory.objects.filter(ba=ba,order=2).update(name="Dr. Ir. Nama Yang Panjang Sekali Sampai Dua Baris, S.T., M.Sc., Ph.D.", office="Direktur Perencanaan, Evaluasi dan Informasi Pembangunan Daerah", prefix="plh", nip="198001012005011001", rank="Pembina Utama Muda (IV/c)")
    Signatory.objects.filter(ba=ba,order=3).update(prefix="an", principal_office="Menteri Pekerjaan Umum", office="Sekretaris Jenderal", nip="198001012005011001")
    from agreements.services.finalise import finalise
    pathlib.Path("/tmp/ba_out").mkdir(exist_ok=True)
    pathlib.Path("/tmp/ba_out/draft.xlsx").write_bytes(ba_workbook(sheet_of(ba)))
    ba = finalise(closed.world.moderator, ba, seen_version=ba.version)
    s = sheet_of(ba)
    t=time.time(); b=ba_workbook(s); print("took", time.time()-t, len(b)); assert b==ba_workbook(s)
    pathlib.Path("/tmp/ba_out/final.xlsx").write_bytes(b)
