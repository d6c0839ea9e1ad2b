import { tokensName } from "../../catalog";
import type { FileReport, Finding, Histogram } from "../../datasets";
import { usd } from "../../format/money";
import type { Estimate, ValidationReport } from "./report";

type Histograms = { total: Histogram; assistant: Histogram };

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid #8884; }
th:first-child, td:first-child, .findings td, .findings th { text-align: left; }
figure { display: inline-block; margin: 0 2rem 1rem 0; }
figcaption { font-size: .85em; opacity: .75; }
rect { fill: #3b82c4; }
.error { color: #c0392b; } .warning { color: #b7791f; } code { font-size: .95em; }
`;

/** The report as one page that needs nothing else: no script, no font, no picture from elsewhere. */
export function htmlPage(report: ValidationReport, histograms: Histograms[]): string {
  const { model, method, files, overlap, estimate } = report;
  const cost = estimate?.trainingUsd
    ? `<p>Training ${range(estimate.trainingUsd, usd)} for ${trained(estimate)};
hosting ${usd(estimate.hostingUsdPerMonth)} a month (prices of ${escape(estimate.priceDate)}, ${escape(estimate.location)}).
${escape(estimate.assumptions.join(" "))}</p>`
    : "";
  const both =
    overlap.exact + overlap.near > 0
      ? `<p>In both files: ${overlap.exact} identical examples, ${overlap.near} nearly identical.</p>`
      : "";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Dataset report</title><style>${style}</style></head>
<body><h1>Dataset report</h1><p>Model <code>${escape(model)}</code>, method ${escape(method)}</p>${cost}${both}
${files.map((file, index) => fileSection(file, tokensName(model), histograms[index]!)).join("\n")}
</body></html>
`;
}

function trained({ trainingHours, epochs }: Estimate): string {
  return trainingHours ? `${range(trainingHours, String)} hours` : `${range(epochs, String)} epochs`;
}

function fileSection(file: FileReport, tokens: string, { total, assistant }: Histograms): string {
  const columns = ["sum", "min", "p5", "p10", "median", "mean", "p90", "p95", "max"] as const;
  const row = (kind: "total" | "assistant") =>
    `<tr><td>${kind}</td>${columns.map((name) => `<td>${number(file.tokens[kind][name])}</td>`).join("")}</tr>`;
  return `<section><h2>${escape(file.path)}</h2>
<p>${file.role}, ${number(file.examples)} examples, ${number(file.bytes)} bytes, SHA-256 <code>${escape(file.sha256)}</code></p>
<table><tr><th>${tokens}</th>${columns.map((name) => `<th>${name}</th>`).join("")}</tr>${row("total")}${row("assistant")}</table>
${figure("Tokens per example", total)}${figure("Assistant tokens per example", assistant)}
${findingTables(file)}</section>`;
}

function figure(caption: string, { min, max, counts }: Histogram): string {
  const highest = Math.max(1, ...counts);
  const width = 400 / counts.length;
  const drawn = counts.map((count, index) => {
    const height = (100 * count) / highest;
    const title = `<title>${number(count)} examples</title>`;
    return `<rect x="${(index * width).toFixed(1)}" y="${(100 - height).toFixed(1)}" width="${(width - 1).toFixed(1)}" height="${height.toFixed(1)}">${title}</rect>`;
  });
  return `<figure><svg viewBox="0 0 400 100" width="400" height="100" role="img" aria-label="${caption}">${drawn.join("")}</svg>
<figcaption>${caption}: ${number(min)} to ${number(max)}</figcaption></figure>`;
}

/** Secrets and personal data first, whatever their severity. */
function findingTables({ errors, errorCount, warnings, warningCount }: FileReport): string {
  const isDisclosure = ({ code }: Finding) => code === "secret" || code === "personal-data";
  const others = (kind: "error" | "warning", list: readonly Finding[], count: number) => {
    const shown = list.filter((finding) => !isDisclosure(finding));
    const all = count - (list.length - shown.length);
    return findings(kind, `${number(all)} ${kind}${all === 1 ? "" : "s"}`, shown, all);
  };
  const disclosures = [...errors, ...warnings].filter(isDisclosure);
  return [
    findings("error", "Secrets or personal data", disclosures, disclosures.length),
    others("error", errors, errorCount),
    others("warning", warnings, warningCount),
  ].join("");
}

function findings(kind: "error" | "warning", title: string, list: readonly Finding[], count: number): string {
  if (count === 0) return "";
  const rows = list.map(({ code, line, file, message }) => {
    const place = line === 0 ? "" : file === undefined ? String(line) : `${file}, ${line}`;
    return `<tr><td>${escape(place)}</td><td><code>${escape(code)}</code></td><td>${escape(message)}</td></tr>`;
  });
  const more = count > list.length ? `<p>and ${number(count - list.length)} more</p>` : "";
  return `<h3 class="${kind}">${title}</h3>
<table class="findings"><tr><th>line</th><th>rule</th><th>finding</th></tr>${rows.join("")}</table>${more}`;
}

function range({ low, high }: { low: number; high: number }, shown: (value: number) => string): string {
  return low === high ? shown(low) : `${shown(low)} to ${shown(high)}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
