import { connectionFailure } from "./connection-error";
import { AzureFailure } from "./failure";
import { outboundFetch } from "./outbound/fetch";

/**
 * Asks GitHub Actions (or a service with the same contract) for a token that proves this workflow run.
 * https://docs.github.com/actions/reference/security/oidc
 * @param requestUrl - ACTIONS_ID_TOKEN_REQUEST_URL
 * @param requestToken - ACTIONS_ID_TOKEN_REQUEST_TOKEN
 */
export async function requestGithubToken(requestUrl: string, requestToken: string, audience: string): Promise<string> {
  const url = new URL(requestUrl);
  url.searchParams.set("audience", audience);
  let response: Response;
  try {
    response = await outboundFetch(url, {
      headers: { authorization: `bearer ${requestToken}`, accept: "application/json" },
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    throw connectionFailure(error, url.origin) ?? new AzureFailure(`${url.origin} did not return a federated token.`);
  }
  const body = (await response.json().catch(() => undefined)) as
    { value?: unknown; reason?: unknown } | null | undefined;
  if (response.ok && typeof body?.value === "string") return body.value;
  // `reason` is of the endpoint that `npm run ci:...` opens on other platforms (commands/ci/token-endpoint.ts).
  const reason =
    typeof body?.reason === "string" ? body.reason : "does the workflow have `permissions: id-token: write`?";
  throw new AzureFailure(
    `${url.origin} responded to the request for a federated token with status ${response.status}: ${reason}`,
    {
      status: response.status,
      neverSent: true,
    },
  );
}
