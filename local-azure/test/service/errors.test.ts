import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import type { FastifyRequest } from "fastify";
import { asAzureError } from "../../src/service/errors";

const request = { headers: {} } as FastifyRequest;
const systemError = (code: string, path?: string) => Object.assign(new Error(`${code}: as Node says`), { code, path });

let printed: jest.SpiedFunction<typeof process.stderr.write>;
beforeEach(() => {
  printed = jest.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  printed.mockRestore();
});

it.each([
  ["ENOSPC", "the disk is full. Free some space."],
  ["EDQUOT", "the disk quota is used up. Free some space."],
  ["EROFS", "the file system is read-only. Make it writable."],
  ["EACCES", "the current user may not write there. Change the permissions."],
  ["EIO", "the disk reported an error. Check the disk."],
])("a disk that takes nothing (%s) is a sentence for the client and one line of the service's own", (code, why) => {
  const error = asAzureError(systemError(code, "/folder/state.json"), request);
  expect([error.statusCode, error.code]).toEqual([507, "InsufficientStorage"]);
  expect(error.message).toBe(
    `local-azure: /folder/state.json could not be written: ${why} Then send the request again.`,
  );
  expect(printed.mock.calls).toEqual([[`local-azure: /folder/state.json could not be written: ${why}\n`]]);
});

it("a write of which Node names no file is one of the service's state", () => {
  expect(asAzureError(systemError("ENOSPC"), request).message).toMatch(/^local-azure: its state could not be written/);
});

it("any other error is the service's fault: its trace goes to the log, not to the client", () => {
  const error = asAzureError(systemError("ECONNRESET"), request);
  expect([error.statusCode, error.code]).toEqual([500, "InternalServerError"]);
  expect(error.message).not.toMatch(/as Node says/);
  expect(printed.mock.calls.flat().join("")).toMatch(/as Node says\n\s+at /);
});
