import { join } from "node:path";
import type { Snapshot } from "../core/snapshot.ts";
import type { Reader } from "./reader-thread.ts";

/** Files left to read, by what there was so far, that are worth a thread: fewer are read by the time it is there. */
const worthAThread = 1500;

/** Memory that both threads see: how far each folder is, then how many characters were read and not asked for yet. */
export type Shared = Int32Array<SharedArrayBuffer>;
const untaken = 0;
export const taken = 1;
export const ready = 2;

/** Takes a folder that nobody has begun. */
export function isMine(shared: Shared, index: number): boolean {
  return Atomics.compareExchange(shared, index, untaken, taken) === untaken;
}

/**
 * Gives a snapshot of each folder in turn. Where many files are left, a thread reads ahead meanwhile: on a large tree
 * waiting for the disk takes as long as all the rest. Whatever the thread cannot do is done here, with `read`.
 */
export async function* readAhead(
  folders: readonly string[],
  read: (folder: string) => Snapshot,
  { root, packageRoot }: { readonly root: string; readonly packageRoot: string },
): AsyncGenerator<Snapshot, void, undefined> {
  const shared: Shared = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (folders.length + 1)));
  let files = 0;
  let thread: Reader | undefined;
  try {
    for (const [index, folder] of folders.entries()) {
      const sent = isMine(shared, index) ? undefined : thread?.take(index);
      const snapshot = sent ?? read(folder);
      files += snapshot.files.length;
      const left = (files / (index + 1)) * (folders.length - index - 1);
      if (thread === undefined && left >= worthAThread) {
        const { Reader } = await import("./reader-thread.ts");
        thread = new Reader(join(packageRoot, "dist/reader.cjs"), { root, folders, shared });
      }
      yield snapshot;
    }
  } finally {
    thread?.stop();
  }
}
