import { updateMoment } from "../core/change/explain.ts";
import type { Doc, Role } from "../core/document.ts";
import { type Baseline, type DriftEvent, driftEvent } from "../core/drift.ts";
import { visible } from "../core/escape.ts";
import type { Person, Update } from "../core/model.ts";
import type { DriftReport } from "../report/drift-text.ts";
import { type RoleCommit, type RoleReader } from "../workspace/role-history.ts";
import { type Hiring, personWith, reweightOf } from "./session.ts";

/** A role's history as it was walked, up to a commit. */
export interface Timeline {
  readonly baseline: Baseline;
  /** What distances are counted from. */
  readonly since: DriftReport["since"];
  readonly events: readonly DriftEvent[];
  /** When each update first stood there, by who said it when: an event's index, or between two (half-way). */
  readonly entered: ReadonlyMap<string, number>;
  /** The role as of the last commit. */
  readonly last: Role;
}

/** A role's files behind a commit. */
export function applied(files: ReadonlyMap<string, string>, commit: RoleCommit): Map<string, string> {
  const next = new Map(files);
  for (const [path, blob] of commit.files) {
    if (blob === null) next.delete(path);
    else next.set(path, blob);
  }
  return next;
}

/** Goes through a role's commits, oldest first. */
export class Walk {
  readonly #reader: RoleReader;
  readonly #people: readonly Person[];
  readonly #reweight: number;
  readonly #baseline: Baseline;
  readonly #events: DriftEvent[];
  readonly #entered: Map<string, number>;
  #last: Role;
  /** Whether every file of the last state could be read: nothing else is worth keeping. */
  whole = true;
  #files: ReadonlyMap<string, string>;

  constructor(
    reader: RoleReader,
    hiring: Hiring,
    baseline: Baseline,
    start: { readonly role: Role; readonly files: ReadonlyMap<string, string> },
    events: readonly DriftEvent[] = [],
    entered: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#reader = reader;
    this.#people = hiring.workspace.hire?.data.people ?? [];
    this.#reweight = reweightOf(hiring.workspace);
    this.#baseline = baseline;
    this.#last = start.role;
    this.#files = start.files;
    this.#events = [...events];
    this.#entered = new Map(entered);
  }

  take(commit: RoleCommit): void {
    const files = applied(this.#files, commit);
    const { role, unreadable } = this.#reader.state(files, this.#last);
    const event = driftEvent(this.#last, role, this.#baseline, this.#reweight, {
      commit: commit.id,
      at: commit.at,
      author: this.#authorOf(commit),
      signed: this.#signedIn(commit),
      unreadable: unreadable.filter((path) => commit.files.has(path)),
      renamedFrom: commit.renamedFrom,
    });
    if (event !== undefined) this.#events.push(event);
    const at = event === undefined ? this.#events.length - 0.5 : this.#events.length - 1;
    for (const [path, blob] of commit.files) {
      const doc = path.startsWith("updates/") && blob !== null ? (this.#reader.doc(path, blob) as Doc<Update> | undefined) : undefined;
      if (doc === undefined) continue;
      const moment = updateMoment(doc);
      if (!this.#entered.has(moment)) this.#entered.set(moment, at);
    }
    this.#last = role;
    this.#files = files;
    this.whole = unreadable.length === 0;
  }

  /** Whose agreement is another one than before: a renamed folder is no signature. */
  #signedIn({ files }: RoleCommit): readonly string[] {
    return [...files].flatMap(([path, blob]) => {
      const person = /^agreements\/(.+)\.yaml$/u.exec(path)?.[1];
      return person === undefined || blob === null || this.#files.get(path) === blob ? [] : [person];
    });
  }

  #authorOf({ author: { name, email } }: RoleCommit): string {
    return personWith(this.#people, email ?? "")?.id ?? visible(name ?? "");
  }

  result(): Omit<Timeline, "since"> {
    return { baseline: this.#baseline, events: this.#events, entered: this.#entered, last: this.#last };
  }

  get files(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#files);
  }
}
