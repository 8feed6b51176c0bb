// Excel manners of the Isian: Enter goes down, shift-Enter up, a pasted column fills the fields below in one batch.
const form = document.querySelector("form[data-isian]");
const fields = () => [...form.querySelectorAll("td.edit input[name^='v.']")];

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.name?.startsWith("v.")) return;
  event.preventDefault();
  const all = fields();
  (all[all.indexOf(event.target) + (event.shiftKey ? -1 : 1)] || event.target).focus();
});

form?.addEventListener("paste", (event) => {
  const lines = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n");
  if (lines.length < 2 || !event.target.name?.startsWith("v.")) return;
  event.preventDefault();
  const all = fields();
  const filled = all.slice(all.indexOf(event.target), all.indexOf(event.target) + lines.length);
  filled.forEach((field, i) => (field.value = lines[i].split("\t")[0].trim()));
  form.dispatchEvent(new CustomEvent("isian:filled", { detail: filled.map((field) => field.name.slice(2)) }));
});
