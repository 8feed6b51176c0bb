// The one question of a whole paste: what a dot means in the numbers that could be read both ways.
import { queue } from "../queue.js";

/** Show the box while rows of this page ask, and pass the answer on to all of them; `here(code)` tells which those are. */
export const askDots = (box, kind, here) => {
  const rows = queue.entries().filter((row) => row.state === "ask" && row.kind === kind && here(row.code));
  const appears = box.hidden && rows.length > 0;
  box.hidden = !rows.length;
  if (!rows.length) return;
  const { text, as_thousands: thousands, as_decimal: decimal } = rows[0].result.details;
  const shown = { thousands: `Ribuan: ${thousands}`, decimal: `Desimal: ${decimal.replace(".", ",")}` };
  box.querySelector("[data-tanya]").textContent = `“${text}” berarti …? Jawaban berlaku untuk ${rows.length} angka bertitik yang Anda isi di halaman ini.`;
  for (const choice of box.querySelectorAll("[data-titik]")) {
    choice.textContent = shown[choice.dataset.titik];
    choice.onclick = () => queue.answer(choice.dataset.titik, kind, rows.map((row) => row.code));
  }
  if (appears) box.scrollIntoView({ block: "nearest" });
};
