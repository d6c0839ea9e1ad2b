import { expect, it } from "@jest/globals";
import { RememberedValue } from "../../report/remembered-value";

function counted(fail: (reads: number) => boolean = () => false) {
  let now = 0;
  let reads = 0;
  const read = () => {
    reads += 1;
    return fail(reads) ? Promise.reject(new Error(`read ${reads}`)) : Promise.resolve(reads);
  };
  const value = new RememberedValue(
    read,
    () => 100,
    () => now,
  );
  return { value, reads: () => reads, pass: (ms: number) => (now += ms) };
}

it("is read again only when it is too old", async () => {
  const { value, pass } = counted();
  expect(await value.get()).toBe(1);
  pass(99);
  expect(await value.get()).toBe(1);
  pass(1);
  expect(await value.get()).toBe(2);
});

it("readers at the same time share one read", async () => {
  const { value, reads } = counted();
  await Promise.all([value.get(), value.get(), value.get()]);
  expect(reads()).toBe(1);
});

it("a failure is not remembered", async () => {
  const { value } = counted((reads) => reads === 1);
  await expect(value.get()).rejects.toThrow("read 1");
  expect(await value.get()).toBe(2);
});
