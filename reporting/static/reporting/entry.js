// From box to box with Enter and the arrows, Ctrl+S to save, a warning before typing is lost.
const form = document.getElementById("entry");
const boxes = [...form.querySelectorAll("input[inputmode]")];
let typed = false;
form.addEventListener("input", () => { typed = true; });
form.addEventListener("submit", () => { typed = false; });
form.addEventListener("keydown", (event) => {
  const at = boxes.indexOf(event.target);
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step || event.isComposing) return;
  event.preventDefault();
  const next = boxes[at + step];
  if (next) { next.focus(); next.select(); }
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && boxes.length) {
    event.preventDefault();
    form.requestSubmit();
  }
});
window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
