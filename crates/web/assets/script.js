// Comfort: names are suggested while they are typed. Every page works without this.
"use strict";

for (const field of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${field.id}-names`;
  field.after(list);
  field.setAttribute("list", list.id);
  let last = "";
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value.trim();
      if (typed.length < 2 || typed === last) return;
      last = typed;
      const answer = await fetch(`/suggest?q=${encodeURIComponent(typed)}`).catch(() => null);
      if (!answer?.ok || field.value.trim() !== typed) return;
      const found = await answer.json();
      list.replaceChildren(...found.map(({ name, described }) => {
        const option = document.createElement("option");
        option.value = name;
        option.label = described;
        return option;
      }));
    }, 150);
  });
}

// What a mark in a text leads to is lit while the mark is looked at.
for (const mark of document.querySelectorAll(".text a.mark")) {
  const told = document.getElementById(mark.hash.slice(1));
  if (!told) continue;
  const light = (on) => () => told.classList.toggle("lit", on);
  for (const event of ["mouseenter", "focus"]) mark.addEventListener(event, light(true));
  for (const event of ["mouseleave", "blur"]) mark.addEventListener(event, light(false));
}
