/** The OIDC token of a GitHub workflow (or a service that speaks the same), asked for at its request URL. */
export async function gitHubToken(requestUrl: string, requestToken: string, audience: string): Promise<string> {
  const url = new URL(requestUrl);
  url.searchParams.set("audience", audience);
  const answer = await fetch(url, { headers: { accept: "application/json", authorization: `Bearer ${requestToken}` } });
  if (!answer.ok) throw new Error(`The OIDC token request to ${url.origin} was answered ${answer.status}.`);
  const { value } = (await answer.json()) as { value?: string };
  if (!value) throw new Error(`The OIDC token request to ${url.origin} was answered without a token.`);
  return value;
}
