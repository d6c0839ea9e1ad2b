import { moment } from "../../format/moment";
import type { DeploymentChoice, Setup, VersionChoice } from "../api";
import { Section } from "./section";
import { change, settings } from "./settings";

/** The stack's kept versions: what each scored, and which can be asked. */
export function Versions({ setup: { versions, deployments, stack, rehearsal } }: { setup: Setup }) {
  if (versions.length === 0) return null;
  const deployed = versions.filter((one) => one.deployments.length > 0);
  return (
    <Section title="Versions">
      <ul class="versions">
        {versions.map((one) => (
          <Version key={one.version} one={one} />
        ))}
      </ul>
      {comparable(deployed, deployments).length > 1 && (
        <button type="button" onClick={() => change({ deployments: comparable(deployed, deployments) })}>
          Compare side by side
        </button>
      )}
      {deployed.length < 2 && <OneDeployed versions={versions} stack={rehearsal ? undefined : stack} />}
    </Section>
  );
}

function Version({ one: { version, status, trainedAt, model, evaluation, deployments } }: { one: VersionChoice }) {
  const asked = deployments.some((name) => settings.value.deployments.includes(name));
  const tone = status === "serving" ? "good" : status === "rejected" ? "bad" : "";
  return (
    <li class={asked ? "chosen" : undefined} title={model}>
      <b>Version {version}</b> <span class={`badge ${tone}`}>{status}</span>
      <span class="muted small">
        {trainedAt !== null && `trained ${moment(new Date(trainedAt * 1000).toISOString())} · `}
        {deployments.length > 0 ? `deployed as ${deployments.join(", ")}` : "not deployed"}
      </span>
      <span class="small">{evaluation ?? "not evaluated by up"}</span>
    </li>
  );
}

/** What serves, the base model, then other versions, as many as answer side by side. */
function comparable(deployed: VersionChoice[], deployments: DeploymentChoice[]): string[] {
  const base = deployments.find(({ kind, state }) => kind === "base" && state === "Succeeded")?.name;
  const first = [...deployed].sort((a, b) => Number(b.status === "serving") - Number(a.status === "serving"));
  const [serving, ...others] = first.flatMap((one) => one.deployments.slice(0, 1));
  return [serving, base, ...others].filter((name) => name !== undefined).slice(0, 3);
}

/** How another version comes to be asked. */
function OneDeployed({ versions, stack }: { versions: VersionChoice[]; stack: string | undefined }) {
  const other = versions.find(({ status }) => status === "kept");
  if (!other) return <p class="muted small">The next version appears here when its training has finished.</p>;
  const { version } = other;
  return (
    <p class="muted small">
      Only one version is deployed at a time. <code>deploy.version: {version}</code> deploys version {version} instead,
      without training:{" "}
      <code>
        npm run rollback -- --to {version}
        {stack ? ` --stack ${stack}` : ""}
      </code>{" "}
      shows the preview and asks for confirmation.
    </p>
  );
}
