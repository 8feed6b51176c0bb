// Logging out with typing that has not reached the server: send it, leave it on this computer, or throw it away.
import { queue } from "../queue.js";
import { troubleSentence } from "./words.js";

const make = (tag, props, ...parts) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...parts);
  return element;
};
const choice = (verb, css, text, act) => make("li", {}, make("button", { type: "button", className: `btn ${css}`, textContent: verb, onclick: act }), make("p", { className: "hint", textContent: text }));

const lines = () => {
  const rows = queue.entries(), of = (state) => rows.filter((row) => row.state === state).length;
  const parts = [[of("waiting"), "menunggu dikirim"], [of("conflict"), "bentrok"], [of("refused"), "ditolak"], [of("ask"), "perlu jawaban"]];
  return `${rows.length} ketikan Anda belum diterima server: ${parts.filter(([n]) => n).map(([n, words]) => `${n} ${words}`).join(", ")}.`;
};

const leave = async (form) => {
  // The data of the page goes with the login; a page brought back must ask the server.
  HTMLFormElement.prototype.submit.call(form);
};

/** Ask what becomes of the queue before the form logs out. */
export const ask = async (form) => {
  await queue.ready;
  if (!queue.entries().length) return leave(form);
  const title = make("h2", { id: "keluar-judul", textContent: "Keluar sebelum semua ketikan tersimpan?" });
  const text = make("p", { textContent: lines() }), told = make("p", { className: "inset tone-kuning", hidden: true });
  told.setAttribute("role", "status");
  const send = async (event) => {
    event.target.setAttribute("aria-busy", "true");
    const trouble = await queue.flush();
    event.target.removeAttribute("aria-busy");
    if (!queue.entries().length) return leave(form);
    text.textContent = lines();
    told.hidden = false;
    told.textContent = trouble ? `${troubleSentence(trouble)} Anda belum keluar.` : "Yang tersisa perlu keputusan Anda di halaman Antrean ketikan. Anda belum keluar.";
  };
  const drop = async () => {
    await queue.clear();
    for (const name of Object.keys(localStorage)) if (name.startsWith(`ketik:${document.body.dataset.user}:`)) localStorage.removeItem(name);
    leave(form);
  };
  const list = make("ul", { className: "choices" },
    choice("Kirim sekarang lalu keluar", "btn-main", "Semua yang menunggu dikirim dahulu. Bila ada yang tidak diterima, Anda tetap masuk.", send),
    choice("Simpan di komputer ini lalu keluar", "", "Ketikan tetap di peramban ini. Hanya Anda yang dapat melihat dan mengirimnya, setelah masuk lagi dengan akun ini di komputer ini.", () => leave(form)),
    choice("Buang lalu keluar", "btn-danger", "Ketikan dihapus dari komputer ini dan tidak dapat dikembalikan. Yang sudah telanjur sampai di server tetap tersimpan di sana.", drop));
  const links = make("div", { className: "actions" }, make("a", { className: "btn btn-link", href: document.querySelector("[data-queue]").dataset.queue, textContent: "Lihat antrean" }),
    make("button", { type: "button", className: "btn", textContent: "Batal", onclick: () => dialog.close() }));
  const dialog = make("dialog", { onclose: () => dialog.remove() }, title, text, told, list, links);
  dialog.setAttribute("aria-labelledby", title.id);
  document.body.append(dialog);
  dialog.showModal();
};
