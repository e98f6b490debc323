const data = JSON.parse(document.getElementById("data").textContent);
const table = document.querySelector("table");
const rows = [...table.tBodies[0].rows];
const heads = [...table.querySelectorAll("[data-key]")];
const filters = document.getElementById("filters");
const dialog = document.getElementById("opened");
const content = document.getElementById("content");
const SIDES = ["within the bound", "outside it"];

// --- the matrix

function compare(key, sign) {
  return (a, b) => {
    const [left, right] = [a.dataset[key], b.dataset[key]];
    if (key === "name") return sign * left.localeCompare(right, "en");
    if (!left || !right) return !left - !right;
    return left === right ? 0 : sign * (left - right);
  };
}

function sortBy(head) {
  const { key, first } = head.dataset;
  const turned = { ascending: "descending", descending: "ascending", none: first };
  const order = turned[head.ariaSort];
  for (const other of heads) other.ariaSort = "none";
  head.ariaSort = order;
  rows.sort(compare("name", 1)).sort(compare(key, order === "ascending" ? 1 : -1));
  table.tBodies[0].append(...rows);
}

function filter() {
  const name = filters.elements.name.value.trim().toLowerCase();
  const chosen = [...filters.querySelectorAll(":checked")].map((box) => box.value);
  let count = 0;
  for (const row of rows) {
    const verdicts = row.dataset.verdicts.split(",");
    const isChosen = !chosen.length || verdicts.some((one) => chosen.includes(one));
    row.hidden = !(isChosen && row.dataset.name.toLowerCase().includes(name));
    count += !row.hidden;
  }
  document.getElementById("count").value = `${count} of ${rows.length} operations`;
}

for (const head of heads) {
  head.querySelector("button").addEventListener("click", () => sortBy(head));
}
filters.addEventListener("input", filter);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.reset();

// --- what a cell opens

let opener = null;
table.tBodies[0].addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  opener = button;
  const { result, laws } = button.dataset;
  if (laws) openLaws(laws);
  else openResult(data.results[result]);
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
dialog.addEventListener("close", () => opener.focus());

function show(title, ...parts) {
  document.getElementById("title").textContent = title;
  content.replaceChildren(...parts.filter(Boolean));
  dialog.showModal();
  dialog.scrollTop = 0;
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function text(heading, words) {
  if (!words) return null;
  const pre = element("pre", { tabIndex: 0, className: "said" }, words);
  return element("section", {}, element("h3", {}, heading), pre);
}

function openLaws(operation) {
  show(`${operation}: laws of the definition`, tests(data.laws[operation]));
}

function openResult(result) {
  const { operation, backend, device, dtype, worst } = result;
  const laws = data.laws[operation];
  const [first, ...others] = result.counterexamples.map(counterexample);
  show(
    `${operation} on ${backend} ${device}, ${dtype}`,
    facts(result),
    first,
    plot(result),
    text(`Worst: ${brief(worst.share)} of the bound, of ${worst.part}`, worst.call),
    folded("More counterexamples", others, others),
    folded("Properties", result.tests, [tests(result.tests)]),
    folded("Laws of the definition", laws, [tests(laws)]),
  );
}

function brief(number) {
  if (number === null) return "∞";
  return number < 1e6 ? `${number}` : number.toExponential(1);
}

function share(count, of) {
  return of ? `${count} of ${of} (${Math.round((100 * count) / of)}%)` : `${count}`;
}

function facts(result) {
  const { examples, undecidable, numbers, unchecked, diverted } = result;
  const known = {
    verdict: result.verdict,
    examples: `${examples} in ${result.seconds.toFixed(1)} s`,
    "examples per second": result.examples_per_second ?? "",
    undecidable: share(undecidable, examples + undecidable),
    "unchecked numbers": share(unchecked, numbers),
    "diverted by known issues": share(diverted, examples + diverted),
  };
  const pairs = Object.entries(known).flatMap(([name, value]) => [
    element("dt", {}, name),
    element("dd", {}, `${value}`),
  ]);
  return element("dl", {}, ...pairs);
}

function counterexample({ message, script, text: source }) {
  const shown = source ? reproduction(source, script) : null;
  return element("section", {}, text("Counterexample", message), shown);
}

function reproduction(source, path) {
  const button = element("button", { type: "button" }, "Copy");
  const said = element("span", { role: "status", className: "hidden" });
  const pre = element("pre", { tabIndex: 0 }, source);
  button.addEventListener("click", async () => {
    const done = (await copy(source)) ? "Copied" : "Not copied";
    button.textContent = said.textContent = done;
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  const title = element("h3", {}, "Script that shows it");
  const bar = element("div", { className: "bar" }, title, button);
  const name = element("figcaption", {}, path.split(/[\\/]/).pop());
  return element("section", {}, bar, said, pre, name);
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copySelected(words);
  }
}

function copySelected(words) {
  const focused = document.activeElement;
  const area = element("textarea", { value: words, className: "hidden" });
  dialog.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused.focus();
  return done;
}

function tests(ran) {
  const lines = ran.map(([test, outcome, seconds]) =>
    element("li", {}, element("b", {}, outcome), ` ${test} (${seconds} s)`),
  );
  return element("ul", {}, ...lines);
}

function folded(what, all, parts) {
  if (!all.length) return null;
  const summary = element("summary", {}, `${what} (${all.length})`);
  return element("details", {}, summary, ...parts);
}

// --- the plot of error against bound

function plot(result) {
  const { stretch, operation } = result;
  const shares = result.shares.map((one) => one && one / 1000);
  if (!shares.length) return null;
  const each = stretch > 1 ? `the greatest of ${stretch} examples` : "an example";
  const told = `Each point is ${each}, in the order of the run; 1 is the bound.`;
  const top = Math.max(1.1, ...shares) * (shares.includes(null) ? 2 : 1);
  const points = shares.map((one, index) => ({
    example: index * stretch + 1,
    share: one ?? top,
    told: one ?? "∞",
    side: one !== null && one <= 1 ? SIDES[0] : SIDES[1],
  }));
  const spec = chart(points, top, `${operation}: error as a share of the bound`);
  const room = element("div", { className: "plot" });
  requestAnimationFrame(() =>
    window.vegaEmbed(room, spec, { actions: false, renderer: "svg" }),
  );
  const heading = element("h3", {}, "Error as a share of the bound");
  return element("figure", {}, heading, room, element("figcaption", {}, told));
}

function colour(name) {
  return getComputedStyle(table).getPropertyValue(`--${name}`);
}

function chart(points, top, description) {
  const [ink, line] = [colour("ink"), colour("line")];
  const y = vertical(top);
  const bound = {
    data: { values: [{}] },
    mark: { type: "rule", strokeDash: [6, 4], size: 1.5 },
    encoding: { y: { datum: 1, axis: y.axis }, color: { value: ink } },
  };
  return {
    description,
    width: "container",
    height: 240,
    autosize: { type: "fit", contains: "padding" },
    background: "transparent",
    data: { values: points },
    layer: [bound, marks(y)],
    config: {
      view: { stroke: line },
      axis: { labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink },
    },
  };
}

function vertical(top) {
  const wide = top > 3;
  const step = Math.ceil(Math.log10(top) / 4);
  const values = [0, 1, 2, 3, 4].map((power) => 10 ** (step * power));
  return {
    field: "share",
    type: "quantitative",
    title: "error / bound",
    scale: { domain: [0, top], type: wide ? "symlog" : "linear", nice: false },
    axis: { grid: false, ...(wide && { values, format: "~g", labelOverlap: false }) },
  };
}

function marks(y) {
  const scale = (...range) => ({ domain: SIDES, range });
  const side = { field: "side", type: "nominal", legend: null };
  const shades = scale(colour("point"), colour("outside"));
  return {
    mark: { type: "point", filled: true, size: 28, opacity: 0.85 },
    encoding: {
      x: {
        field: "example",
        type: "quantitative",
        scale: { nice: false },
        axis: { grid: false, tickMinStep: 1 },
      },
      y,
      color: { ...side, scale: shades },
      shape: { ...side, scale: scale("circle", "cross") },
      tooltip: [{ field: "example" }, { field: "told", title: "error / bound" }],
    },
  };
}
