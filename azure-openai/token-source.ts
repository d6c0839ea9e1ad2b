import { messageOf } from "./message-of";
import type { AccessToken, GetTokenOptions, TokenCredential } from "@azure/identity";
import { systemClock, ticks, type Clock } from "./clock";
import { connectionFailure } from "./connection-error";
import { withDeadline } from "./deadline";
import { AzureFailure } from "./failure";
import { signInFailure } from "./sign-in-error";
import { findReason } from "./sign-in-reason";
import type { AzureSettings } from "./settings";

/** A new token is requested this long before the old one expires: a long upload must not outlive it. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** A sign-in takes a second, `az` several on a slow machine; a host that answers drop by drop must not hold a run for ever. */
const SIGN_IN_MS = 2 * 60_000;

/**
 * Access tokens of one identity. Unlike the credential's own cache, `renew()` drops what the service has refused
 * (revoked, or expired by a clock that differs from ours), so that waits of many hours continue.
 */
export class TokenSource implements TokenCredential {
  private credential: TokenCredential;
  /** With the moment, on the clock's even scale, until which each is handed out. */
  private readonly cache = new Map<string, { token: AccessToken; until: number }>();

  constructor(
    private readonly create: () => TokenCredential,
    private readonly settings: AzureSettings,
    private readonly loginEndpoint: string,
    private readonly destroying: () => boolean,
    private readonly clock: Clock = systemClock,
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
    if (cached && ticks(this.clock) < cached.until) return cached.token;
    const token = await this.signIn(scopes, options);
    // The library gives the expiry on this machine's clock, which somebody may set while the token is in use: only the time left counts.
    const left = token.expiresOnTimestamp - this.clock.now();
    this.cache.set(key, { token, until: ticks(this.clock) + left - RENEW_BEFORE_MS });
    return token;
  }

  private async signIn(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken> {
    try {
      const token = await withDeadline(SIGN_IN_MS, (abortSignal) =>
        this.credential.getToken(scopes, { ...options, abortSignal }),
      );
      if (token) return token;
    } catch (error) {
      if (error instanceof AzureFailure) throw beforehand(error);
      const unreachable = connectionFailure(error, this.loginEndpoint);
      if (unreachable) throw new AzureFailure(unreachable.message, { code: unreachable.code, neverSent: true });
      const message = messageOf(error);
      throw signInFailure(
        await findReason(message, this.loginEndpoint, this.settings),
        this.settings,
        this.destroying(),
      );
    }
    throw signInFailure("no token was returned", this.settings, this.destroying());
  }
}

/** A failure of the sign-in says nothing about the request that it was for: that was never sent, and nothing of it was not found. */
function beforehand({ message, code, permanent }: AzureFailure): AzureFailure {
  return new AzureFailure(message, { code, permanent, neverSent: true });
}
