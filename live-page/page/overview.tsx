import { bytes, count, moment } from "../../report/page/format";
import { StatusBadge } from "./badge";
import { Card } from "./card";
import { Jobs } from "./jobs";
import { section } from "./state";
import { Tiles } from "./tiles";

/** `2026-11-23 01:03 UTC` of milliseconds. */
const when = (ms: number) => moment(ms / 1000);

/** Everything that is there. */
export function Overview() {
  return (
    <section class="overview" aria-label="What is there">
      <Tiles />
      <Faults />
      <Jobs />
      <Deployments />
      <Accounts />
      <Files />
      <Evals />
      <Quota />
      <Roles />
      <Models />
      <Timings />
    </section>
  );
}

function Faults() {
  const faults = section("faults");
  if (!faults || faults.rows.length === 0) return null;
  return (
    <Card id="faults" title="Configured faults" list={faults} none="" keyOf={({ id }) => id}>
      {({ of, what, which, seen, fired }) => (
        <>
          <p>
            <span class="badge busy">{what}</span> <code>{of}</code>
          </p>
          {seen !== undefined && (
            <p class="muted small">
              happens at {which} · {count(seen)} matched so far, happened {count(fired!)}{" "}
              {fired === 1 ? "time" : "times"}
            </p>
          )}
        </>
      )}
    </Card>
  );
}

function Deployments() {
  return (
    <Card
      id="deployments"
      title="Deployments"
      list={section("deployments")}
      none="Nothing is deployed."
      keyOf={({ account, name }) => `${account}/${name}`}
    >
      {({ account, name, model, version, fineTuned, sku, capacity, state, endsAt }) => (
        <>
          <p>
            <b>{name}</b> <StatusBadge status={state} /> {fineTuned && <span class="badge">fine-tuned</span>}
          </p>
          <p>
            <code>
              {model}
              {version !== undefined && ` ${version}`}
            </code>
          </p>
          <p class="muted small">
            {account} · {sku}, capacity {count(capacity)}
            {endsAt !== undefined && ` · deleted automatically on ${when(endsAt)} if unused`}
          </p>
        </>
      )}
    </Card>
  );
}

function Accounts() {
  return (
    <Card
      id="accounts"
      title="Accounts"
      list={section("accounts")}
      none="There are no accounts."
      keyOf={({ name, resourceGroup, state, purgeAt }) => `${resourceGroup}/${name}/${state}/${purgeAt ?? ""}`}
    >
      {({ name, kind, location, resourceGroup, sku, state, endpoint, localAuth, projects, purgeAt }) => (
        <>
          <p>
            <b>{name}</b> <StatusBadge status={state} />
          </p>
          <p class="muted small">
            {kind} {sku} · {location} · {resourceGroup} · {localAuth ? "keys enabled" : "keyless"}
            {projects.length > 0 && ` · projects: ${projects.join(", ")}`}
            {purgeAt !== undefined && ` · can be recovered until ${when(purgeAt)}`}
          </p>
          {purgeAt === undefined && <code class="small">{endpoint}</code>}
        </>
      )}
    </Card>
  );
}

function Files() {
  return (
    <Card id="files" title="Files" list={section("files")} none="There are no files." keyOf={({ id }) => id}>
      {({ account, id, filename, purpose, bytes: size, rows, status, problem, createdAt }) => (
        <>
          <p>
            <b>{filename}</b> <StatusBadge status={status} />
          </p>
          {problem !== undefined && <p class="notice error small">{problem}</p>}
          <p class="muted small">
            {[
              purpose,
              size === undefined ? undefined : bytes(size),
              rows === undefined ? undefined : `${count(rows)} rows`,
              account,
              when(createdAt),
            ]
              .filter((part) => part !== undefined)
              .join(" · ")}
          </p>
          <code class="small">{id}</code>
        </>
      )}
    </Card>
  );
}

function Evals() {
  return (
    <Card id="evals" title="Evals" list={section("evals")} none="There are no evals." keyOf={({ id }) => id}>
      {({ account, id, name, criteria, runs }) => (
        <>
          <p>
            <b>{name || id}</b>
          </p>
          <p class="muted small">
            {account} · {count(criteria)} {criteria === 1 ? "criterion" : "criteria"}
          </p>
          {runs.map((run) => (
            <p key={run.id} class="small">
              {run.name || run.id} <StatusBadge status={run.status} />
              {run.passed !== undefined &&
                ` ${count(run.passed)} passed, ${count(run.failed!)} failed, ${count(run.errored!)} with errors`}
            </p>
          ))}
        </>
      )}
    </Card>
  );
}

function Quota() {
  return (
    <Card
      id="quota"
      title="Quota in use"
      list={section("quota")}
      none="No quota is in use."
      keyOf={({ location, name }) => `${location}/${name}`}
    >
      {({ location, name, used, limit }) => (
        <>
          <p class="split">
            <code class="small">{name}</code>{" "}
            <span class="small number">
              {count(used)} of {count(limit)}, {count(Math.max(0, limit - used))} left
            </span>
          </p>
          <meter min={0} max={limit} value={used} aria-label={`${name} in ${location}`} />
          <p class="muted small">{location}</p>
        </>
      )}
    </Card>
  );
}

function Roles() {
  return (
    <Card
      id="roles"
      title="Role assignments"
      list={section("roles")}
      none="No roles are assigned."
      keyOf={({ principal, role, scope }) => `${principal}/${role}/${scope}`}
      closed
    >
      {({ principal, role, scope, inEffect }) => (
        <>
          <p>
            <b>{role}</b> {!inEffect && <span class="badge busy">not yet in effect</span>}
          </p>
          <p class="small">{principal}</p>
          <code class="small muted">{scope}</code>
        </>
      )}
    </Card>
  );
}

function Models() {
  return (
    <Card
      id="models"
      title="Base models"
      list={section("models")}
      none=""
      keyOf={({ name, version }) => `${name}/${version}`}
      closed
    >
      {({ name, version, format, methods, regions, retiresOn }) => (
        <>
          <p>
            <b>{name}</b> <span class="muted small">{version}</span>
          </p>
          <p class="muted small">
            {format} · {methods.length === 0 ? "cannot be fine-tuned" : `fine-tuned by ${methods.join(", ")}`}
            {regions.length > 0 && ` · Standard training in ${regions.join(", ")}`} · retires on {retiresOn}
          </p>
        </>
      )}
    </Card>
  );
}

function Timings() {
  const seconds = Object.entries(section("clock")?.seconds ?? {});
  return (
    <Card
      id="timings"
      title="How long things take"
      list={{ rows: seconds, more: 0 }}
      none=""
      keyOf={([name]) => name}
      closed
    >
      {([name, value]) => (
        <p class="split small">
          <code>{name}</code> <span class="number">{count(value)} s</span>
        </p>
      )}
    </Card>
  );
}
