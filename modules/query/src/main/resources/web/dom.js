// Elements from data. Text is only ever set as text; links only ever lead to this page or http(s).

const SVG = "http://www.w3.org/2000/svg";

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "key") node.dataset.key = value;
    else if (name === "href") node.setAttribute("href", safe(String(value)));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child instanceof Node) node.append(child);
    else if (child !== null && child !== undefined && child !== false) {
      node.append(document.createTextNode(visible(String(child))));
    }
  }
}

/** Characters that hide or turn round others are shown as their codes. */
function visible(text) {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

function safe(address) {
  return /^(#|\/(?!\/)|https?:\/\/)/i.test(address) ? address : "#";
}

export function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

const ICONS = {
  check: "M3.5 8.5l3 3 6-7",
  cross: "M4 4l8 8M12 4l-8 8",
  deny: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM4 12l8-8",
  clock: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.5V8l2.5 1.5",
  person: "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM3 14c.5-3 2.4-4.3 5-4.3s4.5 1.3 5 4.3",
  question: "M5.8 6a2.2 2.2 0 1 1 3.3 1.9C8.3 8.4 8 8.8 8 9.7M8 12.3v.2",
  retry: "M13 8a5 5 0 1 1-1.5-3.5M13 2.5v3h-3",
  bell: "M4 11V7a4 4 0 0 1 8 0v4l1 1H3zM7 14h2",
};

export function icon(name) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] }),
  );
}

export function table(caption, columns, rows, props) {
  return el(
    "div",
    { class: "scroll", role: "region", "aria-label": caption, tabindex: "0", key: "t-" + caption },
    el(
      "table",
      props,
      el("caption", { class: "unseen" }, caption),
      el(
        "thead",
        null,
        el("tr", null, columns.map((c) => el("th", { scope: "col", class: c.class, title: c.title }, c.label))),
      ),
      el("tbody", null, rows),
    ),
  );
}

export function empty(title, ...more) {
  return el("section", { class: "empty" }, el("h2", null, title), more);
}

export function facts(pairs) {
  return el(
    "dl",
    { class: "facts" },
    pairs
      .filter((pair) => pair[1] !== null && pair[1] !== undefined && pair[1] !== "")
      .map(([name, value]) => el("div", null, el("dt", null, name), el("dd", null, value))),
  );
}
