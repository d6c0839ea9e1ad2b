import { signal } from "@preact/signals";
import { render } from "preact";
import type { ShownCase } from "../evaluation/shown-cases";
import type { PageData } from "../page-data";
import "./base.css";
import { EvaluationView } from "./evaluation/evaluation-view";
import { RehearsalNotice } from "./rehearsal";
import { ReportView } from "./report-view";
import { ThemeButton } from "./theme";
import { unpacked } from "./unpacked";

/** The report in a file by itself: its data stands in the page. */
const data = JSON.parse(document.getElementById("data")!.textContent) as PageData;
/** Cases of the evaluation, once they are unpacked. */
const cases = signal<ShownCase[] | undefined>(undefined);
void unpacked<ShownCase[]>().then((found) => (cases.value = found));

/** What the header says, from what the page is of. */
const { title, facts, rehearsal } =
  "report" in data
    ? {
        title: "Training report",
        facts: `${data.report.stack} · ${data.report.account.name} · ${minute(data.report.generatedAt)}`,
        rehearsal: data.report.rehearsal,
      }
    : {
        title: "Evaluation report",
        facts: `${data.evaluation.summary.models[0]!.name} · ${minute(data.evaluation.evaluatedAt)}`,
        rehearsal: data.evaluation.summary.rehearsal,
      };

function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

function View() {
  if ("report" in data) return <ReportView report={data.report} cases={cases.value} />;
  return <EvaluationView evaluation={data.evaluation} cases={cases.value} />;
}

render(
  <>
    <header class="bar">
      <h1>{title}</h1>
      <span class="muted">{facts}</span>
      <span class="spring" />
      <ThemeButton />
    </header>
    <RehearsalNotice rehearsal={rehearsal} />
    <main>
      <View />
    </main>
  </>,
  document.getElementById("app")!,
);
