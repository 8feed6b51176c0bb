// What pages of an older version left in localStorage ("isian:<user>:<code>"): nobody knows whether it was typed to its end, so it waits
// for a word of its owner. The Isian itself takes those of its own rows, which its owner then sees.
import { idOf } from "./rules.js";

const WORDS = "Ketikan ini ditinggalkan halaman versi lama dan belum dikirim. Kirim bila sudah benar, atau buang.";

/** Takes all that is left into the queue, held back; the slots it took. */
export const adopt = (work, user) => {
  const mark = `isian:${user}:`, onPage = document.querySelector("form[data-isian]"), { speaker, as } = document.body.dataset;
  const slots = Object.keys(localStorage).filter((key) => key.startsWith(mark) && !onPage?.elements.namedItem(`v.${key.slice(mark.length)}`));
  for (const slot of slots) {
    const code = slot.slice(mark.length), id = idOf("butir", code), { value, version } = JSON.parse(localStorage.getItem(slot));
    if (work.rows.has(id)) continue;
    work.save({
      id, kind: "butir", code, item: code, version, changes: { value }, base: {}, dot: "ask", state: "refused", flight: null, label: "", place: "",
      link: `/butir/${code}/`, seq: work.meta.clock, at: Date.now(), speaker, as, result: { status: "refused", message: WORDS },
    });
  }
  return slots;
};
