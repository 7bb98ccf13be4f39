import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holderLine, withLock } from "../../src/adapters/lock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hire-lock-"));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const noStep = (): void => undefined;
const locks = (prefix: string): readonly string[] => readdirSync(folder).filter((name) => name.startsWith(prefix));

/** Has lock `number` held by this process, which goes on living, or left by it. */
function put(number: number, said = holderLine()): void {
  writeFileSync(join(folder, `lock.${number}`), said);
}

test("a lock taken for one left behind, before it named anybody, is made anew", async () => {
  let taken = 0;
  const step = (name: string): void => {
    if (name !== "take the lock" || taken > 0) return;
    for (const own of locks("lock-")) rmSync(join(folder, own));
    taken += 1;
  };
  expect(await withLock(folder, step, () => Promise.resolve(locks("lock.").length))).toBe(1);
  expect([taken, locks("lock-")]).toEqual([1, []]);
});

test("one writer who does not end is waited for some seconds, and named", async () => {
  vi.useFakeTimers();
  put(7);
  const waiting = withLock(folder, noStep, () => Promise.resolve("mine"));
  const refused = expect(waiting).rejects.toMatchObject({
    message: expect.stringContaining(`another hire (process ${process.pid} on `) as unknown,
    exitCode: 3,
    hint: expect.stringContaining("lock.7") as unknown,
  });
  await vi.advanceTimersByTimeAsync(25_000);
  await refused;
  expect(locks("lock")).toEqual(["lock.7"]);
});

test("writers who are done one after another are waited for as long as they go on", async () => {
  vi.useFakeTimers();
  put(1);
  const waiting = withLock(folder, noStep, () => Promise.resolve("mine"));
  for (let number = 2; number <= 8; number += 1) {
    await vi.advanceTimersByTimeAsync(15_000);
    put(number);
  }
  put(8, "free");
  await vi.advanceTimersByTimeAsync(1000);
  expect(await waiting).toBe("mine");
});

test("who has waited long comes before who has just come", async () => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  put(1);
  const order: string[] = [];
  const come = async (who: string): Promise<void> => withLock(folder, noStep, async () => void order.push(who));
  const first = come("first");
  await vi.advanceTimersByTimeAsync(15_000);
  const second = come("second");
  await vi.advanceTimersByTimeAsync(35);
  put(1, "free");
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all([first, second]);
  expect(order).toEqual(["first", "second"]);
});
