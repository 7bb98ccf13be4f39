import {
  copyFileSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { Refusal, exitCode } from "../core/refusal.ts";
import type { Step } from "./steps.ts";

/** How long one writer is waited for, in milliseconds: as long as some twenty commits take. While one after another is done, all are. */
const patience = 20_000;

/** Pauses between two looks, in milliseconds. Who has waited long looks more often, and so comes before who has just come. */
const [shortestPause, longestPause] = [5, 75];

/** A process on a machine: what a lock names. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Differs each time the machine starts, where it says so. */
  readonly boot: string;
  /** When the process started, as the machine counts: an id is given again. */
  readonly started: string;
}

/** This process, as a line of JSON that `isGone` reads. */
export function holderLine(): string {
  return JSON.stringify({ pid: process.pid, host: hostname(), boot: bootId(), started: startOf(process.pid) } satisfies Holder);
}

/** Whether the process that wrote a line has ended. Of another machine, or of a line one cannot read, nobody can tell: no. */
export function isGone(line: string): boolean {
  const holder = parse(line);
  if (holder === undefined || holder.host !== hostname()) return false;
  if (holder.boot !== bootId()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  return holder.started !== "" && startOf(holder.pid) !== holder.started;
}

function parse(line: string): Holder | undefined {
  try {
    const holder = JSON.parse(line) as Partial<Holder> | null;
    const { pid, host, boot, started } = holder ?? {};
    return typeof pid === "number" && Number.isInteger(pid) && pid > 0 && typeof host === "string"
      ? { pid, host, boot: String(boot), started: String(started) }
      : undefined;
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return textOf("/proc/sys/kernel/random/boot_id").trim();
}

/** Field 22 of /proc/PID/stat (proc(5)), behind the name, which may hold anything; "" where there is no such file. */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

const free = "free";
const generation = /^lock\.(\d{1,15})$/u;

/**
 * Runs an action as the only writer of a folder. A lock is a file `lock.N` that names its holder, and the highest N
 * counts; who takes it over makes N + 1, which only one process can. So a lock that its holder left behind is never
 * taken from whoever took it over first. It is left by saying "free" in it, and the highest is never removed.
 *
 * `tookOver` says that the holder before ended without leaving: what it was at may be half done.
 */
export async function withLock<T>(folder: string, step: Step, action: (state: { readonly tookOver: boolean }) => Promise<T>): Promise<T> {
  const { path, tookOver } = await acquire(folder, step);
  try {
    return await action({ tookOver });
  } finally {
    release(folder, path, step);
  }
}

async function acquire(folder: string, step: Step): Promise<{ readonly path: string; readonly tookOver: boolean }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (lstatSync(folder).isSymbolicLink())
    throw new Refusal(`${folder} is a symbolic link: hire writes into real folders only`, { hint: "put the folder itself there" });
  const own = join(folder, `lock-${randomUUID()}`);
  try {
    nameHolder(own);
    let [holder, waited, waitedForHolder] = [0, 0, 0];
    for (;;) {
      const highest = highestIn(folder);
      if (highest !== holder) [holder, waitedForHolder] = [highest, 0];
      const said = highest === 0 ? free : textOf(join(folder, `lock.${highest}`));
      const left = said !== free;
      if (!left || isGone(said)) {
        const path = join(folder, `lock.${highest + 1}`);
        step("take the lock");
        // Someone who looked before us and was slow may make a file below the one that counts by now.
        if (linkedStill(own, path)) {
          if (highestIn(folder) === highest + 1) {
            for (const name of readdirSync(folder)) if (isLeftOver(folder, name, highest)) rmSync(join(folder, name), { force: true });
            return { path, tookOver: left };
          }
          rmSync(path, { force: true });
        }
        await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 5));
        continue;
      }
      if (waitedForHolder >= patience) throw held(said, join(folder, `lock.${highest}`));
      const pause = Math.max(shortestPause, (longestPause * (0.2 + 0.8 * Math.random())) / (1 + waited / 1000));
      await new Promise((resolve) => setTimeout(resolve, pause));
      waited += pause;
      waitedForHolder += pause;
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function nameHolder(own: string): void {
  writeFileSync(own, holderLine(), { flag: "wx", mode: 0o600 });
}

/** `linked`; but where `own` was found before it named us, and taken for one left behind, it is made anew, to be tried again. */
function linkedStill(own: string, path: string): boolean {
  try {
    return linked(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    nameHolder(own);
    return false;
  }
}

/**
 * A lock below the one held, or what a process made on its way to one and left. Whoever is killed between making a file
 * and writing into it leaves one that names nobody.
 */
function isLeftOver(folder: string, name: string, below: number): boolean {
  const [, number] = generation.exec(name) ?? [];
  if (number !== undefined) return Number(number) <= below;
  if (!name.startsWith("lock-")) return false;
  const said = textOf(join(folder, name));
  return parse(said) === undefined || isGone(said);
}

function highestIn(folder: string): number {
  return readdirSync(folder).reduce((highest, name) => Math.max(highest, Number(generation.exec(name)?.[1] ?? 0)), 0);
}

/** Makes `path` the same file as `own`, unless there is one. */
export function linked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "EEXIST") return false;
    // Some filesystems have no links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
  }
  try {
    copyFileSync(own, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function release(folder: string, path: string, step: Step): void {
  const temporary = join(folder, `lock-${randomUUID()}`);
  step("leave the lock");
  try {
    writeFileSync(temporary, free, { flag: "wx", mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    // Left as it is, it is taken over once this process has ended.
    rmSync(temporary, { force: true });
    throw error;
  }
}

function held(said: string, path: string): Refusal {
  const holder = parse(said);
  const who = holder === undefined ? "another hire" : `another hire (process ${holder.pid} on ${holder.host})`;
  return new Refusal(`${who} is writing here`, {
    exitCode: exitCode.unknown,
    hint: `try again in a moment; if no hire runs there any more, remove ${path}`,
  });
}
