import type { FilterFinding, FilterFindings } from "../../azure-openai/chat-types";

interface FilterNoticeProps {
  filter: FilterFindings;
  /** Whether it opens by itself: it explains why there is no answer. */
  open?: boolean;
}

const names: Record<string, string> = {
  self_harm: "self-harm",
  protected_material_text: "protected text",
  protected_material_code: "protected code",
  indirect_attack: "indirect attack",
};

/** What the content filter found in prompt and answer, by category; in one line as long as nobody asks for more. */
export function FilterNotice({ filter: { prompt = [], answer = [] }, open = false }: FilterNoticeProps) {
  const categories = [...new Set([...prompt, ...answer].map(({ category }) => category))];
  return (
    <details class="filter small" open={open}>
      <summary>Content filter: {summary(prompt, answer)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Prompt</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {categories.map((category) => (
            <tr key={category}>
              <th scope="row">{nameOf(category)}</th>
              <Result finding={find(prompt, category)} />
              <Result finding={find(answer, category)} />
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Result({ finding }: { finding: FilterFinding | undefined }) {
  if (!finding) return <td class="muted">not checked</td>;
  return <td class={finding.filtered ? "wrong" : undefined}>{found(finding)}</td>;
}

/** `high, blocked`, `detected`, `safe`. */
function found({ severity, detected, filtered }: FilterFinding): string {
  const what = severity ?? (detected ? "detected" : detected === false ? "not detected" : undefined);
  return [what, filtered ? "blocked" : undefined].filter(Boolean).join(", ") || "nothing found";
}

function summary(prompt: FilterFinding[], answer: FilterFinding[]): string {
  const said = [...notable(prompt, "prompt"), ...notable(answer, "answer")];
  return said.length > 0 ? said.join("; ") : "nothing found";
}

function notable(findings: FilterFinding[], where: string): string[] {
  return findings
    .filter(({ filtered, severity, detected }) => filtered || detected || (severity ?? "safe") !== "safe")
    .map((finding) => `${nameOf(finding.category)} in the ${where} (${found(finding)})`);
}

function find(findings: FilterFinding[], wanted: string): FilterFinding | undefined {
  return findings.find(({ category }) => category === wanted);
}

function nameOf(category: string): string {
  return names[category] ?? category.replaceAll("_", " ");
}
