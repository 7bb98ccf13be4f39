import type { Context } from "../context.ts";
import { checksum, digest } from "../core/digest.ts";
import type { Role } from "../core/document.ts";
import type { DriftEvent } from "../core/drift.ts";
import { Refusal } from "../core/refusal.ts";
import type { Repository } from "../ports.ts";
import type { DriftReport } from "../report/drift-text.ts";
import { rolePath } from "../workspace/layout.ts";
import type { Walk } from "./drift-walk.ts";
import { type Hiring, reweightOf } from "./session.ts";

export interface Kept {
  readonly head: string;
  readonly since: DriftReport["since"];
  readonly baselineFiles: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly events: readonly DriftEvent[];
  readonly entered: Readonly<Record<string, number>>;
}

/** Grows with what is kept, so that what an earlier hire wrote is walked anew. */
const form = 1;

/** The walked history in the git directory. What cannot be used is ignored and written anew; losing it costs time, nothing else. */
export class DriftStore {
  readonly #context: Context;
  readonly #root: string;
  readonly #path: string;
  readonly #key: string;

  constructor(hiring: Hiring, repository: Repository, role: Role, context: Context) {
    this.#context = context;
    this.#root = context.files.resolve(repository.ownFolder, "..");
    this.#path = context.files.resolve(repository.ownFolder, `drift/${role.id}.json`);
    const { version } = JSON.parse(context.files.shipped("package.json")) as { version: string };
    this.#key = digest([
      form,
      version,
      hiring.folder,
      rolePath(role.id),
      reweightOf(hiring.workspace),
      hiring.workspace.hire?.data.people ?? [],
    ]);
  }

  read(): Kept | undefined {
    try {
      const [key, check, body = ""] = (this.#context.files.read(this.#path) ?? "").split("\n", 3);
      return key === this.#key && check === checksum(body) ? (JSON.parse(body) as Kept) : undefined;
    } catch {
      return undefined;
    }
  }

  write(walk: Walk, since: DriftReport["since"], baselineFiles: Readonly<Record<string, string>>, head: string): void {
    // What stood before an unreadable file is known to this walk only; the next one must find it again.
    if (!walk.whole) return;
    const { events, entered } = walk.result();
    const kept: Kept = { head, since, baselineFiles, files: walk.files, events, entered: Object.fromEntries(entered) };
    const body = JSON.stringify(kept);
    try {
      this.#context.files.write(this.#root, this.#path, `${this.#key}\n${checksum(body)}\n${body}\n`, { private: true });
    } catch (error) {
      // A read-only repository can be read all the same.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
