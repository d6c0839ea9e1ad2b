import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/identity";
import { connectionFailure } from "./connection-error";
import { AzureFailure } from "./failure";
import { signInFailure } from "./sign-in-error";
import { findReason } from "./sign-in-reason";
import type { AzureSettings } from "./settings";

/** A token is asked for anew this long before it ends: a long upload must not outlive it. */
const RENEW_BEFORE_MS = 5 * 60_000;

/**
 * Access tokens of one identity. Unlike the credential's own cache, `renew()` drops what the service has refused
 * (revoked, or expired by a clock that differs from ours), so that waits of many hours go on.
 */
export class TokenSource implements TokenCredential {
  private credential: TokenCredential;
  private readonly cache = new Map<string, AccessToken>();

  constructor(
    private readonly create: () => TokenCredential,
    private readonly settings: AzureSettings,
    private readonly loginEndpoint: string,
    private readonly destroying: () => boolean,
  ) {
    this.credential = create();
  }

  /** Forgets every token; the next call signs in again. */
  renew(): void {
    this.cache.clear();
    this.credential = this.create();
  }

  async getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    const key = [scopes].flat().join(" ");
    const cached = this.cache.get(key);
    if (cached && cached.expiresOnTimestamp - Date.now() > RENEW_BEFORE_MS) return cached;
    const token = await this.signIn(scopes, options);
    this.cache.set(key, token);
    return token;
  }

  private async signIn(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    try {
      const token = await this.credential.getToken(scopes, options);
      if (token) return token;
    } catch (error) {
      if (error instanceof AzureFailure) throw beforehand(error);
      const unreachable = connectionFailure(error, this.loginEndpoint);
      if (unreachable) throw new AzureFailure(unreachable.message, { code: unreachable.code, neverSent: true });
      const message = error instanceof Error ? error.message : String(error);
      throw signInFailure(
        await findReason(message, this.loginEndpoint, this.settings),
        this.settings,
        this.destroying(),
      );
    }
    throw signInFailure("no token was given", this.settings, this.destroying());
  }
}

/** A failure of the sign-in says nothing about the request that it was for: that was never sent, and nothing of it was not found. */
function beforehand({ message, code, permanent }: AzureFailure): AzureFailure {
  return new AzureFailure(message, { code, permanent, neverSent: true });
}
