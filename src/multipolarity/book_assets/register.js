// A filter above the register of claims. Without this script the whole table is shown.
(() => {
  "use strict";

  const LABELS = { unit: "Part of the report", verdict: "Verdict" };

  function field(form, words, control) {
    const box = document.createElement("div");
    const label = document.createElement("label");
    control.id = `register-${form.children.length}`;
    label.htmlFor = control.id;
    label.append(words);
    box.append(label, control);
    form.append(box);
    return control;
  }

  function choice(form, name, rows) {
    const select = document.createElement("select");
    select.append(new Option("all", ""));
    for (const value of new Set(rows.map((row) => row.dataset[name]))) {
      select.append(new Option(value.replaceAll("_", " "), value));
    }
    return field(form, LABELS[name], select);
  }

  // "supported_with_caveat" is found as "supported with caveat", too.
  const plain = (text) => text.toLowerCase().replaceAll("_", " ");

  function start(table) {
    const rows = [...table.tBodies[0].rows];
    const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
    const form = document.createElement("form");
    form.className = "register-filter";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Claims of the register");

    const word = document.createElement("input");
    word.type = "search";
    field(form, "Words to find", word);
    const unit = choice(form, "unit", rows);
    const verdict = choice(form, "verdict", rows);
    const count = document.createElement("p");
    count.setAttribute("aria-live", "polite");
    form.append(count);

    function update() {
      const words = plain(word.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits =
          words.every((part) => texts.get(row).includes(part)) &&
          (!unit.value || row.dataset.unit === unit.value) &&
          (!verdict.value || row.dataset.verdict === verdict.value);
        row.hidden = !fits;
        shown += fits;
      }
      count.textContent = shown
        ? `${shown} of ${rows.length} claims are shown.`
        : "No claim fits. Try a shorter word, or choose “all”.";
    }

    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    update();
    table.before(form);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table.register").forEach(start);
  });
})();
