// A list that is too long to be one (select[data-search]) becomes a field that asks the
// server for what is typed: the combobox of the ARIA practices. The list stays behind it,
// out of sight, and carries the choice.
(() => {
  "use strict";
  const PAUSE = 250;

  function searched(select) {
    const input = document.createElement("input");
    const list = document.createElement("ul");
    const told = document.createElement("span");
    const box = document.createElement("span");
    let waiting, asked = 0, at = -1;

    input.type = "text";
    input.autocomplete = "off";
    input.className = select.className;
    input.placeholder = select.dataset.hint;
    input.required = select.required;
    select.required = false;
    for (const name of ["aria-label", "aria-describedby", "aria-invalid"])
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    input.id = select.id;
    select.id += "-chosen";
    list.id = input.id + "-found";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.placeholder);
    told.setAttribute("role", "status");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    box.className = "office-search";
    select.hidden = list.hidden = true;
    select.after(box);
    box.append(input, list, told);

    const chosen = () => (select.value ? select.selectedOptions[0].text : "");
    const options = () => [...list.children];
    input.value = chosen();

    function close() {
      clearTimeout(waiting);
      asked += 1; // what is still on its way comes too late
      list.hidden = true;
      at = -1;
      told.textContent = "";
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(value, label) {
      if (value && ![...select.options].some((one) => one.value === value))
        select.add(new Option(label, value));
      select.value = value;
      input.value = label;
      close();
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function drawn(one, n) {
      const option = document.createElement("li");
      option.id = list.id + "-" + n;
      option.setAttribute("role", "option");
      option.textContent = one.label;
      option.dataset.value = one.value;
      option.addEventListener("mousedown", (event) => {
        event.preventDefault(); // the field keeps the focus
        choose(one.value, one.label);
      });
      return option;
    }

    function move(to) {
      const all = options();
      if (!all.length) return;
      at = (to + all.length) % all.length;
      all.forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
      all[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", all[at].id);
    }

    async function ask() {
      const turn = ++asked;
      const words = input.value === chosen() ? "" : input.value;
      const address = select.dataset.search + "?q=" + encodeURIComponent(words.trim());
      let answer;
      try {
        answer = await fetch(address, { headers: { "X-Fragment": "search", Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.status);
        answer = await answer.json();
      } catch {
        if (turn === asked) told.textContent = select.dataset.failed;
        return;
      }
      if (turn !== asked) return;
      list.replaceChildren(...answer.found.map(drawn));
      list.hidden = !answer.found.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      at = -1;
      input.removeAttribute("aria-activedescendant");
      told.textContent = !answer.found.length ? select.dataset.none : answer.more ? select.dataset.more : "";
    }

    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    });
    input.addEventListener("click", () => { if (list.hidden) ask(); });
    input.addEventListener("focus", () => input.select());
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // Enter ends the writing of Chinese characters
      if (event.key === "ArrowDown") list.hidden ? ask().then(() => move(0)) : move(at + 1);
      else if (event.key === "ArrowUp" && !list.hidden) move(at < 0 ? -1 : at - 1);
      else if (event.key === "Escape" && !list.hidden) { close(); input.value = chosen(); event.stopPropagation(); }
      else if (event.key === "Enter" && (!list.hidden || input.value !== chosen())) {
        const all = options();
        const one = all[at] || (!list.hidden && all.length === 1 && all[0]);
        if (one) choose(one.dataset.value, one.textContent);
      } else return;
      event.preventDefault();
    });
    // emptied, nothing is chosen; typed and left, what was chosen stays
    input.addEventListener("blur", () => {
      if (!input.value.trim() && select.value) choose("", "");
      close();
      input.value = chosen();
    });
    window.addEventListener("pageshow", () => { input.value = chosen(); });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("select[data-search]").forEach(searched);
  });
})();
