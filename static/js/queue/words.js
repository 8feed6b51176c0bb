// What the queue says, wherever it says it.
import { baseOf, conflicting, theirsOf } from "./kinds.js";

const SAFE = "ketikan aman di komputer ini";
const TROUBLES = {
  link: `belum tersimpan, menunggu sambungan; ${SAFE}`,
  server: `belum tersimpan: portal sedang bermasalah dan dicoba lagi sendiri; ${SAFE}`,
  busy: `belum tersimpan: terlalu banyak kiriman, dicoba lagi sendiri; ${SAFE}`,
  login: `belum tersimpan: sesi berakhir. Masuk lagi di tab lain; ${SAFE}`,
  other: "belum tersimpan: orang lain kini masuk di komputer ini; ketikan menunggu Anda masuk kembali",
  speaker: "belum tersimpan: Anda kini berbicara untuk lembaga lain; muat ulang halaman, atau kembali ke lembaga semula",
};

/** Why an edit waits, in words. */
export const troubleWords = (trouble) => (trouble ? (TROUBLES[trouble.name] ?? `belum tersimpan: ${trouble.words} (${SAFE})`) : "menyimpan…");

/** The same as a sentence of its own. */
export const troubleSentence = (trouble) => troubleWords(trouble).replace(/^./, (letter) => letter.toUpperCase()).concat(".");

const LABELS = {
  value: "Usulan", applicability: "Keberlakuan", applicability_reason: "Alasan", proposal_note: "Catatan", volume: "Volume",
  volume_unit: "Satuan", places: "Lokasi", unit: "Satuan pagu", hapus: "Hapus",
};

/** A field as people call it. */
export const fieldLabel = (field) => LABELS[field] ?? (field.startsWith("pagu.") ? `Pagu ${field.slice(5)}` : field);

const moment = new Intl.DateTimeFormat("id-ID", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

/** A moment in the reader's zone. */
export const when = (time) => moment.format(new Date(time));

/** Who changed the row meanwhile, and when; '' where the server may not say. */
export const byWhom = (row) => {
  const by = row.result?.details?.theirs?.by;
  return by ? `${by.name} (${by.institution}), ${when(by.at)}` : "";
};

/** The fields that met, each with yours, theirs and base as text. */
export const threeVersions = (row) =>
  conflicting(row).map((field) => {
    if (field === "hapus") return { field, label: fieldLabel(field), yours: "dihapus", theirs: "diubah", base: "belum diubah" };
    return { field, label: fieldLabel(field), yours: row.changes[field], theirs: theirsOf(row, field) ?? "", base: baseOf(row, field) ?? "" };
  });

export const orEmpty = (text) => (text === "" || text === undefined ? "kosong" : text);

/** A conflict in one sentence. */
export const conflictWords = (row) => {
  const by = byWhom(row), parts = threeVersions(row).map((met) =>
    `${met.field === "value" ? "" : `${met.label}: `}ketikan Anda ${orEmpty(met.yours)}; kini ${orEmpty(met.theirs)}${by && ` oleh ${by}`}; saat Anda buka ${orEmpty(met.base)}`);
  return `bentrok: ${parts.join(". ")}. `;
};
