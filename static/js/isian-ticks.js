// The tick boxes of the Isian follow what is saved: the version they name, and whether the row can be ticked yet.
document.querySelector("form[data-isian]")?.addEventListener("isian:settled", ({ detail: { code, version, filled } }) => {
  const box = document.querySelector(`input[data-select-row][value^="${code}:"]`);
  if (!box) return;
  box.value = `${code}:${version}`;
  // A row that is filled on this page can be ticked at once, an emptied one no longer.
  if (!("needsValue" in box.dataset) || box.disabled !== filled) return;
  box.disabled = !filled;
  box.checked &&= filled;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});
