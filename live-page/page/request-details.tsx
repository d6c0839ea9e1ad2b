import { useEffect, useState } from "preact/hooks";
import type { RequestDetail, ShownHeader, ShownRequest } from "local-azure/live/shapes";
import { shortDuration } from "./request-text";
import { requestDetail } from "./connect";

/** One request with its headers, asked for again when it is answered. */
export function RequestDetails({ request }: { request: ShownRequest }) {
  const { number, status, left, method, path, at, ms, agent, id } = request;
  const [detail, setDetail] = useState<RequestDetail | undefined>();
  const [problem, setProblem] = useState<string | undefined>();
  useEffect(() => {
    let current = true;
    requestDetail(number).then(
      (found) => current && setDetail(found),
      (error: Error) => current && setProblem(error.message),
    );
    return () => {
      current = false;
    };
  }, [number, status, left]);
  const facts: [string, string][] = [
    ["Request", `${method} ${path}`],
    ["Arrived", new Date(at).toISOString().replace("T", " ").replace("Z", " UTC")],
    [
      "Status",
      left ? "The connection closed before it was answered" : status === 0 ? "Not answered yet" : String(status),
    ],
    ["Duration", ms === undefined ? "–" : shortDuration(ms)],
    ["Client", agent ?? "–"],
    ["Request ID", id],
  ];
  return (
    <div class="details small">
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt class="muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {problem !== undefined && <p class="notice warning">{problem}</p>}
      {detail && <Headers title="Request headers" headers={detail.asked} />}
      {detail?.answered && <Headers title="Response headers" headers={detail.answered} />}
    </div>
  );
}

function Headers({ title, headers }: { title: string; headers: ShownHeader[] | undefined }) {
  if (!headers) return <p class="muted">Headers are recorded only while a live page is open.</p>;
  return (
    <>
      <h3>{title}</h3>
      <dl class="facts">
        {headers.map(({ name, value, hidden }) => (
          <div key={name}>
            <dt class="muted">{name}</dt>
            <dd>{hidden ? <span class="muted">hidden ({value})</span> : value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
