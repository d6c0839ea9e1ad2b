import type * as Storage from "@azure/storage-blob";
import type { StorageAccess } from "../azure-openai/azure";
import { AzureFailure } from "../azure-openai/failure";
import { ANSWER_MS } from "../azure-openai/requests";
import {
  type BlobAddress,
  blobUrl,
  insteadOfPattern,
  isDatasetName,
  isPrefix,
  parseBlobAddress,
  type Part,
  type RemoteStore,
} from "../datasets/sources";
import { ChangedBlob } from "./changed-blob";
import { endpointOf } from "./endpoint";
import { refusalOf, sentenceFor, unreachable } from "./refusals";
import { storageTransport } from "./transport";

/** What reading an archived blob would be answered. */
const ARCHIVED = { status: 409, code: "BlobArchived" };

/** A stream that breaks continues at the byte where it broke, under the same ETag; so often. */
const RESUMED = 5;

/** Blobs as parts of datasets, read by the identity that signs in. The client of Azure Storage is loaded with the first one. */
export class BlobStore implements RemoteStore {
  private readonly asked = new Map<string, Promise<Part[] | string>>();

  /** @param access - asked for when the first blob is read, since it may sign in */
  constructor(private readonly access: () => Promise<StorageAccess>) {}

  find(address: string): Promise<Part[] | string> {
    const known = this.asked.get(address);
    if (known) return known;
    const found = this.ask(address);
    this.asked.set(address, found);
    // What can be put right while the process runs is asked for again.
    found.then(
      (parts) => typeof parts === "string" && this.asked.delete(address),
      () => this.asked.delete(address),
    );
    return found;
  }

  found(address: string, etag: string, bytes: number): Part {
    return { path: address, bytes, etag, read: () => this.read(address, etag, bytes) };
  }

  private async ask(address: string): Promise<Part[] | string> {
    const blob = parseBlobAddress(address);
    if (typeof blob === "string") return blob;
    try {
      return isPrefix(blob) ? await this.list(address, blob) : [await this.look(address, blob)];
    } catch (error) {
      // What no second try can change is said of the dataset, like a file that is not there.
      if (error instanceof AzureFailure && !error.transient) return error.message;
      throw error;
    }
  }

  /** One request. */
  private async look(address: string, blob: BlobAddress): Promise<Part> {
    const {
      etag,
      contentLength = 0,
      archived,
    } = await this.run(address, blob, async (client) => {
      const found = await client.blob().getProperties({ abortSignal: AbortSignal.timeout(ANSWER_MS) });
      return { ...found, archived: found.accessTier === "Archive" };
    });
    if (archived) {
      const sentence = await sentenceFor(ARCHIVED, blob, address, await this.access());
      throw new AzureFailure(sentence!, { permanent: true, ...ARCHIVED });
    }
    return this.found(address, requireTag(etag, address), contentLength);
  }

  /** One request for each 5,000 blobs. */
  private async list(address: string, blob: BlobAddress): Promise<Part[] | string> {
    const parts = await this.run(address, blob, async (client) => {
      const found: Part[] = [];
      const { name: prefix } = blob;
      for await (const item of client.container.listBlobsByHierarchy("/", { prefix })) {
        if (item.kind === "prefix" || !isDatasetName(item.name)) continue;
        const { etag, contentLength = 0 } = item.properties;
        const one = blobUrl({ ...blob, name: item.name });
        // A list has the tag without the quotes that every other answer gives it.
        found.push(this.found(one, requireTag(etag.startsWith('"') ? etag : `"${etag}"`, one), contentLength));
      }
      return found;
    });
    if (parts.length === 0)
      return `${address} has no JSONL blobs. ${insteadOfPattern(address) ?? "The dataset consists of the *.jsonl blobs directly below it."}`;
    // By code units, as the files of a folder.
    return parts.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private async *read(address: string, etag: string, bytes: number): AsyncGenerator<Uint8Array> {
    const blob = parseBlobAddress(address);
    if (typeof blob === "string") throw new Error(blob);
    const conditions = { ifMatch: etag };
    try {
      const body = await this.run(address, blob, async (client) => {
        const answer = await client.blob().download(0, undefined, { conditions, maxRetryRequests: RESUMED });
        return answer.readableStreamBody!;
      });
      let done = 0;
      for await (const block of body as AsyncIterable<Buffer>) {
        done += block.length;
        yield block;
      }
      if (done !== bytes) {
        const problem = `The response from ${address} was cut short: ${done} of ${bytes} bytes were received. Check whether a proxy or gateway between this machine and Azure interferes.`;
        throw new AzureFailure(problem, { neverSent: true });
      }
    } catch (error) {
      if (!isChanged(error)) throw await this.brokenOff(error, blob, { address, etag });
      throw new ChangedBlob(address, etag, await this.tagNow(address, blob));
    }
  }

  private async tagNow(address: string, blob: BlobAddress): Promise<string | undefined> {
    return this.look(address, blob).then(
      (part) => part.etag,
      () => undefined,
    );
  }

  /** @throws AzureFailure, for a refusal of the service with what it means */
  private async run<T>(address: string, blob: BlobAddress, request: (client: Clients) => Promise<T>): Promise<T> {
    const access = await this.access();
    const endpoint = endpointOf(blob, address, access);
    if ("problem" in endpoint) throw new AzureFailure(endpoint.problem, { neverSent: true, permanent: true });
    const client = clientsOf(blob, endpoint.url, access);
    try {
      return await access.calls(endpoint.url).run(`Reading ${address}`, async () => {
        try {
          return await request(client);
        } catch (error) {
          const refusal = refusalOf(error);
          throw (refusal && (await this.refused(refusal, blob, address))) ?? error;
        }
      });
    } catch (error) {
      throw this.explained(error, blob, address);
    }
  }

  private async refused(
    refusal: { status: number; code: string },
    blob: BlobAddress,
    address: string,
  ): Promise<AzureFailure | undefined> {
    const { status, code } = refusal;
    // The caller knows what it asked for under a condition.
    if (status === 412) return new AzureFailure(`${address} changed.`, { status, code, permanent: true });
    const sentence = await sentenceFor(refusal, blob, address, await this.access());
    return sentence === undefined ? undefined : new AzureFailure(sentence, { status, code, permanent: true });
  }

  /** A stream that could not be resumed: nothing of what it is for can have been completed. */
  private async brokenOff(
    error: unknown,
    blob: BlobAddress,
    { address, etag }: { address: string; etag: string },
  ): Promise<unknown> {
    if (error instanceof AzureFailure || error instanceof ChangedBlob) return this.explained(error, blob, address);
    const refusal = refusalOf(error);
    if (refusal?.status === 412) return new ChangedBlob(address, etag, await this.tagNow(address, blob));
    const access = await this.access();
    const failure = access.calls(new URL(address).origin).failure(`Reading ${address}`, error);
    return new AzureFailure(failure.message, { code: failure.code, neverSent: true });
  }

  private explained(error: unknown, blob: BlobAddress, address: string): unknown {
    return error instanceof AzureFailure ? unreachable(error, blob, address) : error;
  }
}

interface Clients {
  container: Storage.ContainerClient;
  blob(): Storage.BlobClient;
}

function clientsOf(blob: BlobAddress, url: string, { credential }: StorageAccess): Clients {
  // Most stacks read no blob, and loading it takes a tenth of a second.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { BlobServiceClient } = require("@azure/storage-blob") as typeof Storage;
  const options: Storage.StoragePipelineOptions = {
    httpClient: storageTransport(url),
    // The calls have their own retries, on our clock.
    retryOptions: { maxTries: 1 },
  };
  const container = new BlobServiceClient(url, credential, options).getContainerClient(blob.container);
  return {
    container,
    blob: () => {
      const one = container.getBlobClient(blob.name);
      return blob.version === undefined ? one : one.withVersion(blob.version);
    },
  };
}

function requireTag(etag: string | undefined, address: string): string {
  if (etag) return etag;
  throw new AzureFailure(
    `The response for ${address} has no ETag. Check whether a proxy or gateway is responding instead of Azure.`,
    {
      permanent: true,
    },
  );
}

function isChanged(error: unknown): boolean {
  return error instanceof AzureFailure && error.status === 412;
}
