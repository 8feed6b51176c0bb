// The keys and the scroll of the room: S agrees, C agrees with a note, N goes on; the agenda stays where it was over loads and swaps.
const PLACE = `agenda:${location.pathname}`;
const list = () => document.querySelector(".room-agenda");
function keepScroll() {
  if (list()) sessionStorage.setItem(PLACE, String(list().scrollTop));
}
function restoreScroll() {
  const place = sessionStorage.getItem(PLACE);
  if (list() && place !== null) list().scrollTop = Number(place);
}
restoreScroll();
addEventListener("pagehide", keepScroll);
for (const event of ["htmx:beforeSwap", "room:before"]) document.addEventListener(event, keepScroll);
document.addEventListener("htmx:afterSettle", restoreScroll);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const button = document.querySelector(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  const note = document.getElementById("kesimpulan");
  if (button.dataset.shortcut === "c" && note && !note.value.trim()) note.focus();
  else button.click();
});
