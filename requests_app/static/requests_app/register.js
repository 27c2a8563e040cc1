// 登记: warns of a like request while it is typed, and adds an item to the paper.
(() => {
  const form = document.getElementById("register");
  const shown = document.getElementById("alike");
  let waiting;
  async function look() {
    const answer = await fetch(form.dataset.alike, { method: "POST", body: new FormData(form) });
    if (answer.ok) shown.innerHTML = await answer.text();
  }
  form.addEventListener("input", (event) => {
    if (!["name", "id_number", "subject"].includes(event.target.name)) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 400);
  });
  document.getElementById("add-item").addEventListener("click", () => {
    const one = document.getElementById("one-more").content.cloneNode(true);
    document.getElementById("further").append(one);
    document.getElementById("further").lastElementChild.focus();
  });
})();
