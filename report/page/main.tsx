import { render } from "preact";
import type { ReportData } from "../report-data";
import "./base.css";
import { RehearsalNotice } from "./rehearsal";
import { ReportView } from "./report-view";
import { ThemeButton } from "./theme";

/** The report in a file by itself: its data stands in the page. */
const report = JSON.parse(document.getElementById("data")!.textContent) as ReportData;

render(
  <>
    <header class="bar">
      <h1>Training report</h1>
      <span class="muted">
        {report.stack} · {report.account.name} · {report.generatedAt.slice(0, 16).replace("T", " ")} UTC
      </span>
      <span class="spring" />
      <ThemeButton />
    </header>
    <RehearsalNotice rehearsal={report.rehearsal} />
    <main>
      <ReportView report={report} />
    </main>
  </>,
  document.getElementById("app")!,
);
