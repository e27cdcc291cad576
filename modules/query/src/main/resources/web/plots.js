// Small drawings as SVG, and lines over time with Chart.js.

import { el, svg } from "./dom.js";
import { clock, percent } from "./format.js";

/** A rate with a faint bar of its size; a full bar is top. */
export function rate(share, top) {
  return el("span", { class: "rate" }, percent(share), share === null ? null : bar(Math.min(share / top, 1) * 100));
}

function bar(width) {
  return svg(
    "svg",
    { class: "ratebar", "aria-hidden": "true", viewBox: "0 0 100 3", preserveAspectRatio: "none" },
    svg("rect", { class: "base", x: 0, y: 1, width: 100, height: 1 }),
    svg("rect", { x: 0, y: 0, width, height: 3 }),
  );
}

/** What a full bar means for these rates: the largest of them, at least a tenth. */
export function fullBar(rates) {
  return Math.max(0.1, ...rates.map((r) => r ?? 0));
}

/** A line with gaps where nothing is known; y runs from 0 to top. */
export function sparkline(values, top, label) {
  const step = 96 / Math.max(values.length - 1, 1);
  const parts = [];
  let pen = false;
  values.forEach((value, i) => {
    if (value === null) {
      pen = false;
      return;
    }
    parts.push((pen ? "L" : "M") + (2 + i * step).toFixed(1) + " " + (18 - (value / top) * 16).toFixed(1));
    if (!pen && (i + 1 >= values.length || values[i + 1] === null)) parts.push("h1.5");
    pen = true;
  });
  return svg(
    "svg",
    { class: "spark", viewBox: "0 0 100 20", role: "img", "aria-label": label, preserveAspectRatio: "none" },
    svg("path", { class: "base", d: "M2 18H98" }),
    svg("path", { d: parts.join("") }),
  );
}

/** Before and after as intervals on one axis from 0. */
export function intervals(rows) {
  const top = niceTop(Math.max(...rows.map((row) => row.high)));
  const x = (share) => ((share / top) * 100).toFixed(2) + "%";
  return el(
    "div",
    { class: "intervals" },
    rows.map((row) => [
      el("span", { class: "label" }, row.label),
      svg(
        "svg",
        { class: "interval " + row.tone, role: "img", "aria-label": row.label + ": " + percent(row.rate) + ", between " + percent(row.low) + " and " + percent(row.high) },
        svg("line", { class: "axis", x1: "0%", x2: "100%", y1: "50%", y2: "50%" }),
        svg("rect", { class: "band", x: x(row.low), width: x(Math.max(row.high - row.low, top / 400)), y: "25%", height: "50%", rx: 2 }),
        svg("circle", { cx: x(row.rate), cy: "50%", r: 5 }),
      ),
      el("span", { class: "num" }, el("strong", null, percent(row.rate)), " ", row.note),
    ]),
    el("span", { class: "scale" }, el("span", null, "0 %"), el("span", null, percent(top))),
  );
}

function niceTop(value) {
  for (const top of [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1]) {
    if (value <= top) return top;
  }
  return 1;
}

const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];

/** Swatch of a line, for a legend that is a table. */
export function swatch(index) {
  return svg(
    "svg",
    { class: "swatch line" + (index % 6), viewBox: "0 0 28 8", "aria-hidden": "true" },
    svg("path", { d: "M1 4H27", "stroke-dasharray": DASHES[index % DASHES.length].join(" ") }),
  );
}

const charts = new WeakMap();

/** Lines over time with vertical marks at changes. */
export function lines(canvas, { series, marks, format, fromMs, toMs, label }) {
  charts.get(canvas)?.destroy();
  if (!globalThis.Chart) return;
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(name).trim();
  const ink = resolve(colour("--soft"));
  const rule = resolve(colour("--rule"));
  charts.set(
    canvas,
    new globalThis.Chart(canvas, {
      type: "line",
      data: {
        datasets: series.map((s, i) => ({
          label: s.label,
          data: s.points,
          borderColor: resolve(colour("--line" + (i % 6))),
          backgroundColor: resolve(colour("--line" + (i % 6))),
          borderDash: DASHES[i % DASHES.length],
          segment: { borderDash: (at) => (at.p1.raw?.open ? [1, 4] : undefined) },
          borderWidth: 1.75,
          pointRadius: s.points.length < 40 ? 2 : 0,
          pointHitRadius: 8,
          spanGaps: false,
        })),
      },
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        parsing: false,
        interaction: { mode: "nearest", axis: "x", intersect: false },
        plugins: {
          legend: { display: false },
          tooltip: {
            callbacks: {
              title: (items) => (items.length ? clock(items[0].parsed.x) : ""),
              label: (item) => item.dataset.label + ": " + format(item.parsed.y),
            },
          },
        },
        scales: {
          x: { type: "linear", min: fromMs, max: toMs, grid: { color: rule }, border: { color: rule }, afterBuildTicks: (axis) => { axis.ticks = every(fromMs, toMs); }, ticks: { color: ink, maxRotation: 0, autoSkipPadding: 16, callback: (v) => clock(v, false) } },
          y: { beginAtZero: true, grid: { color: rule }, border: { display: false }, title: { display: true, text: label, color: ink }, ticks: { color: ink, maxTicksLimit: 6, callback: (v) => format(v) } },
        },
      },
      plugins: [marker(marks, resolve(colour("--mark")), ink)],
    }),
  );
}

const STEPS = [60_000, 300_000, 600_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 86_400_000];

function every(fromMs, toMs) {
  const step = STEPS.find((s) => (toMs - fromMs) / s <= 12) ?? STEPS.at(-1);
  const ticks = [];
  for (let at = Math.ceil(fromMs / step) * step; at <= toMs; at += step) ticks.push({ value: at });
  return ticks;
}

function marker(marks, colour, ink) {
  return {
    id: "marks",
    afterDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      ctx.save();
      ctx.font = "11px system-ui, sans-serif";
      for (const mark of marks) {
        const x = scales.x.getPixelForValue(mark.ms);
        if (x < chartArea.left || x > chartArea.right) continue;
        ctx.strokeStyle = colour;
        ctx.setLineDash([4, 3]);
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
        ctx.fillStyle = ink;
        const right = x > (chartArea.left + chartArea.right) / 2;
        ctx.textAlign = right ? "right" : "left";
        ctx.fillText(mark.label, right ? x - 4 : x + 4, chartArea.top + 10);
      }
      ctx.restore();
    },
  };
}

/** Canvas cannot read light-dark(): let the browser work the colour out. */
function resolve(value) {
  const probe = document.createElement("span");
  probe.style.color = value;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
