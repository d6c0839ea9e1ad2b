import type { Histogram } from "../../datasets/statistics";
import type { TokenStatistics } from "../../datasets/report";
import type { DatasetFacts } from "../report-data";
import { bytes, count } from "./format";

/** Tokens per example of both files on one scale, so that they can be compared. */
export function Distributions({ datasets }: { datasets: DatasetFacts[] }) {
  const highest = Math.max(1, ...datasets.map(({ tokens }) => tokens.total.max));
  return (
    <div class="datasets">
      {datasets.map((data) => (
        <Dataset key={data.role} data={data} highest={highest} />
      ))}
      <p class="muted small">
        Tokens per example, and how many examples have so many. Line: smallest to largest; bar: 10th to 90th percentile;
        mark: median. Counted with the model's own encoding.
      </p>
    </div>
  );
}

function Dataset({ data, highest }: { data: DatasetFacts; highest: number }) {
  const { role, path, examples, tokens, histograms, warnings } = data;
  return (
    <section class="dataset">
      <h3>
        {role === "training" ? "Training" : "Validation"} file <code>{path}</code>
      </h3>
      {data.next && (
        <p class="notice small">The job above was not trained on this file as it is now: the next training will be.</p>
      )}
      <p class="muted small">
        {count(examples)} examples · {count(tokens.total.sum)} tokens · {bytes(data.bytes)} · SHA-256{" "}
        <code>{data.sha256.slice(0, 12)}</code>
      </p>
      <Box label="Whole example" statistics={tokens.total} histogram={histograms?.total} highest={highest} />
      <Box label="Assistant" statistics={tokens.assistant} histogram={histograms?.assistant} highest={highest} />
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
  histogram?: Histogram;
  /** Right end of the scale, in tokens. */
  highest: number;
}

function Box({ label, statistics, histogram, highest }: BoxProps) {
  const { min, p5, p10, median, mean, p90, p95, max } = statistics;
  const at = (value: number) => `${(100 * value) / highest}%`;
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
      <span class="box-label">{label}</span>
      {histogram && <Bars histogram={histogram} highest={highest} />}
      <div class="box-track" aria-hidden="true">
        <i class="whisker" style={{ left: at(min), width: at(max - min) }} />
        <i class="spread" style={{ left: at(p10), width: at(p90 - p10) }} />
        <i class="median" style={{ left: at(median) }} />
      </div>
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

/** One bar per bin, on the scale of the line below it. */
function Bars({ histogram: { min, max, counts }, highest }: { histogram: Histogram; highest: number }) {
  const width = (max - min + 1) / counts.length;
  const most = Math.max(...counts);
  return (
    <div class="bins" aria-hidden="true">
      {counts.map((examples, bin) => (
        <i
          key={bin}
          title={`${count(min + bin * width)} tokens: ${examples}`}
          style={{
            left: `${(100 * (min + bin * width)) / highest}%`,
            width: `calc(${(100 * width) / highest}% - 1px)`,
            height: `${(100 * examples) / most}%`,
          }}
        />
      ))}
    </div>
  );
}
