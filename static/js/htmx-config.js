// What every htmx request carries, and what the page says when one fails.
const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1);

const say = (text, link) => {
  const box = document.getElementById("notices");
  if (!box) return;
  const message = document.createElement("p");
  message.className = "message tone-kuning";
  message.append(text);
  if (link) {
    const a = document.createElement("a");
    a.href = link.href;
    a.target = "_blank";
    a.rel = "noopener";
    a.textContent = link.text;
    message.append(" ", a);
  }
  box.querySelector("[data-trouble]")?.remove();
  message.dataset.trouble = "";
  box.append(message);
};

// After logging in again in another tab the token of this page is stale, the cookie is not.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = cookie("csrftoken");
  if (!token || detail.verb === "get") return;
  if (document.body.dataset.user) detail.headers["X-Person"] = document.body.dataset.user;
  detail.headers["X-CSRFToken"] = token;
  if (detail.parameters.has?.("csrfmiddlewaretoken")) detail.parameters.set("csrfmiddlewaretoken", token);
});

const WORDS = {
  403: "Ditolak: Anda tidak berwenang, atau formulir kedaluwarsa. Ketikan Anda masih di layar; muat ulang halaman setelah menyalinnya.",
  404: "Baris ini tidak ditemukan lagi. Ketikan Anda masih di layar.",
  413: "Kiriman terlalu besar. Batasnya 20 MB.",
  429: "Terlalu banyak permintaan. Tunggu satu menit, lalu ulangi. Ketikan Anda masih di layar.",
};

// A refusal of the domain (yours / theirs / base and the like) opens above the page: what was typed stays under it.
// An element with data-swap-errors takes it into its own target instead; a 422 with the form again is swapped as usual.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status < 400 || detail.elt.closest("[data-swap-errors]")) return;
  const problem = new DOMParser().parseFromString(detail.serverResponse, "text/html").querySelector("[data-problem]");
  const box = document.getElementById("problem");
  if (!problem || !box) return;
  detail.shouldSwap = false;
  box.querySelector("[data-problem-body]").replaceChildren(problem);
  if (!box.open) box.showModal();
});

document.addEventListener("htmx:responseError", ({ detail }) => {
  const status = detail.xhr.status;
  if (status === 401) {
    const next = "?next=" + encodeURIComponent(location.pathname + location.search);
    say("Sesi Anda berakhir. Ketikan Anda masih di layar ini dan belum disimpan.", {
      href: (document.body.dataset.login || "/") + next,
      text: "Masuk lagi di tab baru, lalu kembali ke sini dan simpan.",
    });
  } else if (![409, 412, 422].includes(status) && !document.getElementById("problem")?.open) {
    say(WORDS[status] || "Portal sedang bermasalah. Ketikan Anda masih di layar; coba simpan lagi beberapa saat lagi.");
  }
});

for (const event of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, () => say("Sambungan terputus. Ketikan Anda masih di layar; akan bisa disimpan begitu sambungan kembali."));
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) document.querySelector("[data-trouble]")?.remove();
});
