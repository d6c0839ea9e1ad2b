import type { Histogram } from "../../datasets/statistics";
import type { TokenStatistics } from "../../datasets/report";
import type { DatasetFacts } from "../report-data";
import { bytes, count } from "./format";
import { HistogramChart, type TokenScale } from "./histogram-chart";

/** Tokens per example of both files: each measure on one scale, so that the files can be compared. */
export function Distributions({ datasets }: { datasets: DatasetFacts[] }) {
  return (
    <div class="datasets">
      {datasets.map((data) => (
        <Dataset
          key={data.role}
          data={data}
          scales={{ total: scaleOf(datasets, "total"), assistant: scaleOf(datasets, "assistant") }}
        />
      ))}
      <p class="muted small">
        Distribution of tokens per example. {datasets[0]?.tokensCaveat ?? "Counted with the model's own encoding."}{" "}
        Line: smallest to largest; bar: 10th to 90th percentile; mark: median.
      </p>
    </div>
  );
}

type Part = keyof DatasetFacts["tokens"];

/** From the shortest to the longest of all files. */
function scaleOf(datasets: DatasetFacts[], part: Part): TokenScale {
  const statistics = datasets.map(({ tokens }) => tokens[part]);
  const low = Math.min(...statistics.map(({ min }) => min));
  const high = Math.max(...statistics.map(({ max }) => max));
  return { low, high: high + 1 };
}

function Dataset({ data, scales }: { data: DatasetFacts; scales: Record<Part, TokenScale> }) {
  const { role, path, examples, tokens, histograms, warnings } = data;
  return (
    <section class="dataset">
      <h3>
        {role === "training" ? "Training" : "Validation"} file <code>{path}</code>
      </h3>
      {data.next && (
        <p class="notice small">The job above used a different version of this file. The next job will use this one.</p>
      )}
      <p class="muted small">
        {count(examples)} examples · {count(tokens.total.sum)}{" "}
        {data.tokensCaveat === undefined ? "tokens" : "tokens (estimated)"} · {bytes(data.bytes)} · SHA-256{" "}
        <code>{data.sha256.slice(0, 12)}</code>
      </p>
      <Box label="Whole example" statistics={tokens.total} histogram={histograms?.total} scale={scales.total} />
      <Box
        label="Assistant messages"
        statistics={tokens.assistant}
        histogram={histograms?.assistant}
        scale={scales.assistant}
      />
      {warnings.map((warning) => (
        <p key={warning} class="notice warning small">
          {warning}
        </p>
      ))}
    </section>
  );
}

interface BoxProps {
  label: string;
  statistics: TokenStatistics;
  /** Absent where the file is not there any more: then the percentiles alone are drawn. */
  histogram?: Histogram;
  scale: TokenScale;
}

function Box({ label, statistics, histogram, scale }: BoxProps) {
  const { min, p5, p10, median, mean, p90, p95, max } = statistics;
  const figures = [
    ["min", min],
    ["p5", p5],
    ["p10", p10],
    ["median", median],
    ["mean", mean],
    ["p90", p90],
    ["p95", p95],
    ["max", max],
  ] as const;
  return (
    <div class="box">
      <h4>{label}</h4>
      <HistogramChart name={label} statistics={statistics} histogram={histogram} scale={scale} />
      <dl class="figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
