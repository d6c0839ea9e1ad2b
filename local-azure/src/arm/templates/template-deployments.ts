import type { App } from "../../http/app";
import { AzureError } from "../../http/azure-error";
import type { World } from "../../world/world";
import { SOON } from "../operations";
import { sameName } from "../resources";
import type { ArmCall, Route } from "../route";
import { deploymentView, operationView, provisioningState } from "./deployment-view";
import { askedBy, plan } from "./plan";
import { allDeployments, begun, findDeployment, requireDeployment, scopeOf, stillActive } from "./records";
import { advance, isRunning } from "./run/advance";
import { internalRequests } from "./run/send";
import { DEPLOYMENT_TYPE } from "./template/nested";
import { registerWhatIf } from "./what-if/route";

const SCOPES = ["/subscriptions/:subscriptionId", "/subscriptions/:subscriptionId/resourceGroups/:group"];

/** Deployments of ARM templates to a resource group or the subscription: what `az deployment`, Bicep and azd write with. */
export function registerTemplateDeployments(app: App, route: Route, world: World): void {
  const requests = internalRequests(app, world);
  keepGoing(app, world, requests);
  registerWhatIf(route, world, requests.send, SCOPES);
  for (const scope of SCOPES) {
    const base = `${scope}/providers/${DEPLOYMENT_TYPE}`;
    const one = `${base}/:deployment`;
    route("GET", base, `${DEPLOYMENT_TYPE}/read`, (call) => {
      const within = scopeOf(world, call);
      const found = allDeployments(world).filter(({ id }) => sameName(id.replace(/\/providers\/.*$/i, ""), within));
      return { value: found.map(deploymentView) };
    });
    route("GET", one, `${DEPLOYMENT_TYPE}/read`, (call) => deploymentView(requireDeployment(world, call)));
    route("HEAD", one, `${DEPLOYMENT_TYPE}/read`, (call) =>
      call.reply.code(findDeployment(world, call) ? 204 : 404).send(),
    );
    route("PUT", one, `${DEPLOYMENT_TYPE}/write`, (call) => putDeployment(world, call));
    route("DELETE", one, `${DEPLOYMENT_TYPE}/delete`, (call) => {
      const deployment = findDeployment(world, call);
      if (deployment && isRunning(deployment)) throw stillActive(deployment);
      world.state.templateDeployments = allDeployments(world).filter((other) => other !== deployment);
      world.save();
      return call.reply.code(204).send();
    });
    route("POST", `${one}/validate`, `${DEPLOYMENT_TYPE}/validate/action`, (call) => {
      const planned = plan(world, askedBy(world, call));
      const { id, name, type, properties } = deploymentView({ ...planned, endedAt: planned.startedAt });
      const validated = planned.resources.filter(({ state }) => state === "waiting").map((each) => ({ id: each.id }));
      const { mode, correlationId, parameters, providers, dependencies, timestamp, duration } = properties;
      const shown = { mode, correlationId, parameters, providers, dependencies, timestamp, duration };
      return {
        id,
        name,
        type,
        properties: { ...shown, provisioningState: "Succeeded", validatedResources: validated },
      };
    });
    route("POST", `${one}/cancel`, `${DEPLOYMENT_TYPE}/cancel/action`, (call) => {
      const deployment = requireDeployment(world, call);
      if (!isRunning(deployment)) {
        const sentence = `Cannot cancel deployment '${deployment.name}' since it is not in a valid state: '${provisioningState(deployment)}'.`;
        throw new AzureError(409, "DeploymentCannotBeCancelled", sentence);
      }
      deployment.canceled = true;
      world.save();
      return call.reply.code(204).send();
    });
    route("POST", `${one}/exportTemplate`, `${DEPLOYMENT_TYPE}/exportTemplate/action`, (call) => ({
      template: requireDeployment(world, call).template,
    }));
    // As documented the group's are without the provider; clients ask for both.
    for (const path of [`${one}/operations`, `${scope}/deployments/:deployment/operations`]) {
      route("GET", path, `${DEPLOYMENT_TYPE}/operations/read`, (call) => {
        const deployment = requireDeployment(world, call);
        return { value: begun(deployment).map((resource, at) => operationView(deployment, resource, at)) };
      });
    }
    for (const path of [`${one}/operations/:operation`, `${scope}/deployments/:deployment/operations/:operation`]) {
      route("GET", path, `${DEPLOYMENT_TYPE}/operations/read`, (call) => {
        const deployment = requireDeployment(world, call);
        const views = begun(deployment).map((resource, at) => operationView(deployment, resource, at));
        const found = views.find(({ operationId }) => operationId === call.param("operation"));
        if (found) return found;
        throw new AzureError(
          404,
          "DeploymentOperationNotFound",
          `Deployment operation '${call.param("operation")}' could not be found.`,
        );
      });
    }
    route("GET", `${one}/operationStatuses/:operation`, `${DEPLOYMENT_TYPE}/operationstatuses/read`, (call) => {
      const deployment = requireDeployment(world, call);
      if (isRunning(deployment)) void call.reply.headers(SOON);
      return { status: provisioningState(deployment), ...(deployment.error && { error: deployment.error }) };
    });
  }
}

/** Every request finds running deployments as far as they come at its time; so nothing runs beside the requests. */
function keepGoing(app: App, world: World, { send, isInternal }: ReturnType<typeof internalRequests>): void {
  let turn: Promise<void> = Promise.resolve();
  app.addHook("onRequest", async (request) => {
    if (
      isInternal(request.headers) ||
      request.url.startsWith("/local-azure/") ||
      !allDeployments(world).some(isRunning)
    )
      return;
    turn = turn
      .then(async () => {
        for (const deployment of allDeployments(world).filter(isRunning)) await advance(world, deployment, send);
      })
      .catch((error: unknown) => process.stderr.write(`local-azure: ${(error as Error).stack ?? String(error)}\n`))
      .then(() => undefined);
    await turn;
  });
}

function putDeployment(world: World, call: ArmCall) {
  const existing = findDeployment(world, call);
  if (existing && isRunning(existing)) throw stillActive(existing);
  const deployment = plan(world, askedBy(world, call));
  world.state.templateDeployments = [...allDeployments(world).filter((other) => other !== existing), deployment];
  world.save();
  const version = call.request.query["api-version"] ?? "";
  const url = `${world.origin}${deployment.id}/operationStatuses/${deployment.operationId}?api-version=${version}`;
  void call.reply.code(existing ? 200 : 201).headers({ "azure-asyncoperation": url, ...SOON });
  const shown = deploymentView(deployment);
  return { ...shown, properties: { ...shown.properties, provisioningState: "Accepted" } };
}
