import type { StorageAccess } from "../../azure-openai/azure";
import { Calls } from "../../azure-openai/calls";
import { systemClock } from "../../azure-openai/clock";
import { BlobStore } from "../../blob-storage/store";

/** Blobs as one process reads them, with a sign-in that gives any token. */
export function blobStore(own: Partial<StorageAccess> = {}): BlobStore {
  return new BlobStore(() =>
    Promise.resolve({
      credential: { getToken: () => Promise.resolve({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }) },
      domain: "core.windows.net",
      rehearsal: true,
      calls: (target) => new Calls({ clock: systemClock, target, renewToken: () => undefined }),
      principalId: () => Promise.resolve("a1a1a1a1-0000-0000-0000-000000000001"),
      ...own,
    }),
  );
}
