// Adds to pages what they can do without: they work, and are complete, where this does not run.
"use strict";

// Long work: the part of the page that tells how far it is, asked for anew until it is over.
function follow(part) {
  const address = part.dataset.poll;
  if (!address) return;
  document.querySelector("meta[http-equiv=refresh]")?.remove();
  setTimeout(async () => {
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("main");
      const here = document.querySelector("main");
      if (next && here) {
        here.replaceChildren(...next.childNodes);
        document.querySelectorAll("[data-poll]").forEach(follow);
      }
    } catch { follow(part); }
  }, 2000);
}

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// A slash takes the cursor to the search field, as in other programs.
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("search");
  if (event.key !== "/" || !field || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  event.preventDefault();
  field.focus();
});

document.querySelectorAll("[data-poll]").forEach(follow);
