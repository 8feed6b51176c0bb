// [data-countdown="ISO time"]: "2 hari 4 jam" left, by the server's clock, since a laptop's own may be wrong.
const ahead = Date.parse(document.body.dataset.now || "") - Date.now() || 0;

const words = (ms) => {
  const minutes = Math.floor(ms / 60000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days) return hours ? `${days} hari ${hours} jam` : `${days} hari`;
  if (hours) return minutes % 60 ? `${hours} jam ${minutes % 60} menit` : `${hours} jam`;
  return minutes ? `${minutes} menit` : "kurang dari satu menit";
};

const tick = () => {
  for (const el of document.querySelectorAll("[data-countdown]")) {
    const left = Date.parse(el.dataset.countdown) - Date.now() - ahead;
    const text = left > 0 ? `(${words(left)})` : "(sudah tutup)";
    if (el.textContent !== text) el.textContent = text;
    el.classList.toggle("soon", left > 0 && left < 86400000);
  }
};

tick();
setInterval(tick, 15000);
