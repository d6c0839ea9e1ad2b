import type { StoragePipelineOptions } from "@azure/storage-blob";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { outboundClient } from "../azure-openai/outbound/http-client";

type Transport = NonNullable<StoragePipelineOptions["httpClient"]>;

/**
 * The one way out (azure-openai/outbound) as the storage client takes it, whose pipeline still has the interface of its older core.
 *
 * @param onlyTo - origin that requests may go to
 */
export function storageTransport(onlyTo: string): Transport {
  const client = outboundClient(onlyTo);
  return {
    async sendRequest(request) {
      const { url, method, timeout, abortSignal, streamResponseStatusCodes } = request;
      const headers = createHttpHeaders(request.headers.toJson({ preserveCase: true }));
      const asked = createPipelineRequest({ url, method, headers, timeout, abortSignal, streamResponseStatusCodes });
      const { status, bodyAsText, readableStreamBody, headers: answered } = await client.sendRequest(asked);
      // Of a header collection the client's adapter reads `toJson` alone.
      const answer = { toJson: () => answered.toJSON({ preserveCase: true }) } as unknown as typeof request.headers;
      return { request, status, headers: answer, bodyAsText, readableStreamBody };
    },
  };
}
