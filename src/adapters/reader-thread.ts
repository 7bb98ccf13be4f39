import { availableParallelism } from "node:os";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Listing, Snapshot, SnapshotFile } from "../core/snapshot.ts";
import { isMine, ready, type Shared, taken } from "./read-ahead.ts";
import { snapshotOf, TextFile } from "./snapshot.ts";

/** Characters that may be read and not asked for yet. */
const mostAhead = 1 << 24;
/** Milliseconds after which what the thread has begun is read without it: it must have gone. */
const usualPatience = 10_000;

/** What the thread that reads ahead is given. */
export interface ReaderTask {
  readonly root: string;
  readonly folders: readonly string[];
  readonly shared: Shared;
  readonly port: MessagePort;
}

/** A snapshot on its way between threads: in columns, which are copied fastest. */
interface Sent {
  readonly paths: readonly string[];
  readonly sizes: readonly number[];
  readonly texts: readonly string[];
  /** What was not read as text. */
  readonly others: readonly SnapshotFile[];
  readonly listing: Listing | undefined;
}

/** The thread, as seen by whoever asks. */
export class Reader {
  readonly #shared: Shared;
  readonly #port: MessagePort;
  readonly #worker: Worker | undefined;
  readonly #patience: number;
  #isGone = false;

  constructor(script: string, task: Omit<ReaderTask, "port">, patience = usualPatience) {
    const { port1, port2 } = new MessageChannel();
    this.#patience = patience;
    this.#shared = task.shared;
    this.#port = port1;
    if (availableParallelism() > 1) this.#worker = start(script, { ...task, port: port2 });
  }

  /** What the thread read of a folder that it has taken; undefined where it failed. */
  take(index: number): Snapshot | undefined {
    if (this.#isGone) return undefined;
    if (Atomics.wait(this.#shared, index, taken, this.#patience) === "timed-out") this.#isGone = true;
    const sent = this.#isGone ? null : ((receiveMessageOnPort(this.#port)?.message ?? null) as Sent | null);
    if (sent === null) return undefined;
    const waiting = this.#shared.length - 1;
    Atomics.sub(this.#shared, waiting, lengthOf(sent));
    Atomics.notify(this.#shared, waiting);
    return unpacked(sent);
  }

  stop(): void {
    this.#port.close();
    void this.#worker?.terminate();
  }
}

/** Undefined where threads are forbidden. */
function start(script: string, task: ReaderTask): Worker | undefined {
  try {
    const worker = new Worker(script, { workerData: task, transferList: [task.port] });
    // What it did not take is read without it.
    worker.on("error", () => undefined);
    worker.unref();
    return worker;
  } catch {
    return undefined;
  }
}

/** What the thread does: it reads the folders that nobody has begun, as long as few wait to be asked for. */
export function readFor({ root, folders, shared, port }: ReaderTask): void {
  const waiting = shared.length - 1;
  for (const [index, folder] of folders.entries()) {
    for (let ahead = Atomics.load(shared, waiting); ahead > mostAhead; ahead = Atomics.load(shared, waiting))
      Atomics.wait(shared, waiting, ahead);
    if (!isMine(shared, index)) continue;
    const sent = packed(root, folder);
    if (sent !== null) Atomics.add(shared, waiting, lengthOf(sent));
    port.postMessage(sent);
    Atomics.store(shared, index, ready);
    Atomics.notify(shared, index);
  }
  port.close();
}

/** Null where it cannot be read: whoever asks reads it again, and says why. */
function packed(root: string, folder: string): Sent | null {
  try {
    const { files, listing } = snapshotOf(root, [folder]);
    const texts = files.filter((file) => file instanceof TextFile);
    return {
      paths: texts.map(({ path }) => path),
      sizes: texts.map(({ size }) => size),
      texts: texts.map(({ text }) => text),
      others: files.filter((file) => !(file instanceof TextFile)),
      listing,
    };
  } catch {
    return null;
  }
}

function unpacked({ paths, sizes, texts, others, listing }: Sent): Snapshot {
  const files = paths.map((path, index) => new TextFile(path, sizes[index] ?? 0, texts[index] ?? ""));
  return { revision: null, files: [...files, ...others], ...(listing === undefined ? {} : { listing }) };
}

function lengthOf({ texts }: Sent): number {
  return texts.reduce((sum, { length }) => sum + length, 0);
}
