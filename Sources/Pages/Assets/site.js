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
        enhance();
      }
    } catch { follow(part); }
  }, 2000);
}

// A form is sent once, however often its button is pressed; one whose answer is a file leaves its page standing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post" && !("file" in form.dataset)) form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// A slash takes the cursor to the search field, as in other programs.
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("search");
  if (event.key !== "/" || !field || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  event.preventDefault();
  field.focus();
});

// Numbers over months as lines, above the table that has them; only where Chart.js is installed.
function draw(table) {
  const place = Number(table.dataset.chart);
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows].reverse();
  const number = (cell) => Number(cell.textContent.replace(/[^0-9.-]/g, ""));
  if (rows.length < 3) return;
  // Shares have another measure than numbers, so they are left to the table.
  const isLine = (head, column) => head.className === "n" && column !== place && !rows.at(-1).cells[column].textContent.includes("%");
  const lines = heads.flatMap((head, column) => isLine(head, column) ? [column] : []).slice(0, 4);
  if (lines.length === 0) return;
  const frame = document.createElement("div");
  frame.className = "chart";
  frame.setAttribute("aria-hidden", "true");
  const canvas = document.createElement("canvas");
  frame.append(canvas);
  table.closest(".scroll").before(frame);
  const colours = ["#0b4f9e", "#a04400", "#1a6b35", "#6b2fa0"];
  const dashes = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
  new Chart(canvas, {
    type: "line",
    data: {
      labels: rows.map((row) => row.cells[place].textContent),
      datasets: lines.map((column, at) => ({
        label: heads[column].textContent, data: rows.map((row) => number(row.cells[column])),
        borderColor: colours[at], backgroundColor: colours[at], borderDash: dashes[at], borderWidth: 2, pointRadius: 2,
      })),
    },
    options: { animation: false, maintainAspectRatio: false, scales: { y: { beginAtZero: true } } },
  });
}

// What a page gets when it appears, and its main part whenever it is there anew.
function enhance() {
  document.querySelectorAll("[data-poll]").forEach(follow);
  if (window.Chart) document.querySelectorAll("table[data-chart]").forEach(draw);
}

enhance();
