// 登记: warns of a like request while it is typed, and adds an item or a person to the paper.
(() => {
  const form = document.getElementById("register");
  const shown = document.getElementById("alike");
  const WATCHED = ["name", "id_number", "subject", "same"];
  let waiting;
  function typed() {
    const told = new FormData(form);
    for (const [name, value] of [...told]) if (value instanceof File) told.delete(name);
    return told;
  }
  async function look() {
    const answer = await fetch(form.dataset.alike, {
      method: "POST", body: typed(), headers: { "X-Fragment": "alike" },
    });
    if (answer.status === 401) {
      shown.replaceChildren(document.getElementById("timed-out").content.cloneNode(true));
      return;
    }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const piece = page.querySelector("[data-fragment=alike]");
    if (piece) shown.replaceChildren(...piece.childNodes);
  }
  form.addEventListener("input", (event) => {
    if (!WATCHED.includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 400);
  });
  // what the back button or a reload brings back was typed without a keystroke
  window.addEventListener("pageshow", () => {
    if (WATCHED.some((name) => form.elements[name] && form.elements[name].value)) look();
  });
  document.getElementById("add-item").addEventListener("click", () => {
    const one = document.getElementById("one-more").content.cloneNode(true);
    document.getElementById("further").append(one);
    document.getElementById("further").lastElementChild.focus();
  });
})();
