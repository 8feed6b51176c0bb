// One help at a time, closed by Escape.
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.("details.about") && target.open) for (const other of document.querySelectorAll("details.about[open]")) if (other !== target) other.open = false;
}, true);
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.about[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});
