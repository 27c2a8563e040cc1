// 登记: warns of a like request while it is typed, and adds an item or a person to the paper.
(() => {
  const form = document.getElementById("register");
  const shown = document.getElementById("alike");
  const WATCHED = ["name", "id_number", "subject"];
  let waiting;
  let asked = 0; // an answer that comes after a later question's is of older words
  function typed() {
    const told = new FormData(form);
    for (const [name, value] of [...told]) if (value instanceof File) told.delete(name);
    return told;
  }
  async function look() {
    const turn = ++asked;
    const answer = await fetch(form.dataset.alike, {
      method: "POST", body: typed(), headers: { "X-Fragment": "alike" },
    });
    const told = await answer.text();
    if (turn !== asked) return;
    if (answer.status === 401) {
      shown.replaceChildren(document.getElementById("timed-out").content.cloneNode(true));
      return;
    }
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(told, "text/html");
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

  const people = document.getElementById("people");
  const total = form.elements["beside-TOTAL_FORMS"];
  document.getElementById("add-person").addEventListener("click", () => {
    const one = document.getElementById("one-person").content.cloneNode(true);
    for (const part of one.querySelectorAll("[name], [id], [for]"))
      for (const name of ["name", "id", "for"])
        if (part.hasAttribute(name))
          part.setAttribute(name, part.getAttribute(name).replace("__prefix__", total.value));
    people.append(one);
    total.value = Number(total.value) + 1;
    people.lastElementChild.querySelector("select").focus();
    show();
  });

  // 委托书 is an agent's; 法定代表人 an organisation's, 工作单位 a person's. What was typed stays.
  function show() {
    const kind = form.elements.applicant_kind.value;
    const is = kind === "" || kind === "other" ? "" : kind === "natural_person" ? kind : "organisation";
    for (const field of form.querySelectorAll("[data-of]"))
      field.closest(".office-field").hidden = is && field.dataset.of !== is && !field.value;
    const agents = [...people.querySelectorAll("select[name$=-role]")].some((one) => one.value === "agent");
    const letter = document.getElementById("of-agents");
    letter.hidden = !agents && !letter.querySelector("input[type=file]").value;
    if (is === "organisation" && !form.elements.id_kind.value)
      form.elements.id_kind.value = "统一社会信用代码";
  }
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
})();
