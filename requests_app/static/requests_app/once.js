// A form goes once: the second click of a double click is not sent, and the page says that
// it is at work, and for how long. The server refuses what comes twice all the same. A form
// or link that leads to a file leaves the page as it is: it may go again after three seconds.
(() => {
  "use strict";
  const FILE = 3000, PAGE = 120000, QUICK = 500;

  function rest(one) {
    clearInterval(one.ticking);
    clearTimeout(one.waking);
    delete one.dataset.sent;
    one.removeAttribute("aria-busy");
    if (one.working) one.working.remove();
    for (const button of one.asleep || []) button.disabled = false;
    one.asleep = [];
  }

  function said(one, words) {
    const template = document.getElementById("office-working");
    if (!template) return;
    one.working = template.content.firstElementChild.cloneNode(true);
    if (words) one.working.querySelector("[data-words]").textContent = words;
    const counted = one.working.querySelector("[data-seconds]");
    let seconds = 0;
    one.ticking = setInterval(() => { counted.textContent = ++seconds; }, 1000);
    if (one.tagName === "FORM") one.append(one.working);
    else one.after(one.working);
  }

  function work(one, most) {
    one.dataset.sent = "yes";
    one.setAttribute("aria-busy", "true");
    // once the form is on its way: a button put to sleep before would not be sent with it
    setTimeout(() => {
      if (one.tagName !== "FORM" || !one.dataset.sent) return;
      one.asleep = [...one.elements].filter((e) => e.type === "submit" && !e.disabled);
      for (const button of one.asleep) button.disabled = true;
    });
    setTimeout(() => { if (one.dataset.sent) said(one, one.dataset.working); }, QUICK);
    one.waking = setTimeout(rest, most, one);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" && !form.matches(".office-form, .office-panel")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    work(form, "file" in form.dataset || form.target === "_blank" ? FILE : PAGE);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-file]");
    if (!link) return;
    if (link.dataset.sent) event.preventDefault();
    else work(link, FILE);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[data-sent]").forEach(rest);
  });
})();
