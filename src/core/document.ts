import type { Place } from "./finding.ts";
import type {
  Agreement,
  Candidate,
  Decision,
  Evaluation,
  Events,
  Hire,
  Intake,
  Market,
  Priorities,
  Rubric,
  SealedEvaluation,
  SealedPriorities,
  SearchOutcome,
  Update,
} from "./model.ts";

/** The kinds of files, each with its schema. */
export interface Kinds {
  readonly hire: Hire;
  readonly market: Market;
  readonly intake: Intake;
  readonly priorities: Priorities;
  readonly "sealed-priorities": SealedPriorities;
  readonly rubric: Rubric;
  readonly agreement: Agreement;
  readonly update: Update;
  readonly outcome: SearchOutcome;
  readonly candidate: Candidate;
  readonly events: Events;
  readonly evaluation: Evaluation;
  readonly "sealed-evaluation": SealedEvaluation;
  readonly decision: Decision;
}
export type Kind = keyof Kinds;

/** A segment of a way into a document: a key, an index, or the id of an item of a keyed list. */
export type Segment = string | number;

/** A valid file: its data, and where each value of it stands. */
export interface Doc<T> {
  readonly path: string;
  readonly data: T;
  /** The file's text, where it was read from one. */
  readonly text?: string;
  /** Place of the value at a path; of the nearest parent's key where there is none. */
  at(...path: readonly Segment[]): Place;
}

export interface CandidateFolder {
  readonly id: string;
  readonly candidate?: Doc<Candidate>;
  readonly events?: Doc<Events>;
  readonly evaluations: readonly Doc<Evaluation>[];
  /** Scorecards that are in and that nobody can read yet. */
  readonly sealed: readonly Doc<SealedEvaluation>[];
  readonly decision?: Doc<Decision>;
}

export interface Role {
  readonly id: string;
  readonly intake?: Doc<Intake>;
  readonly priorities: readonly Doc<Priorities>[];
  /** Weights that are in and that nobody can read yet. */
  readonly sealed: readonly Doc<SealedPriorities>[];
  readonly rubric?: Doc<Rubric>;
  readonly agreements: readonly Doc<Agreement>[];
  readonly updates: readonly Doc<Update>[];
  readonly candidates: readonly CandidateFolder[];
  readonly outcome?: Doc<SearchOutcome>;
  /** Files of this role that exist and could not be used; rules that need them are skipped, and counted. */
  readonly unreadable: readonly string[];
}

/** All hiring files of a snapshot that could be read and fit their schemas. */
export interface Workspace {
  readonly hire?: Doc<Hire>;
  readonly markets: readonly Doc<Market>[];
  readonly roles: readonly Role[];
  /** Files outside roles that exist and could not be used. */
  readonly unreadable: readonly string[];
}

/** A text as one line: what stands in a sentence, a heading or a commit's subject. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

export function roleTitle(role: Role): string {
  return oneLine(role.intake?.data.title ?? role.id);
}

/** Whether a role's search has ended. */
export function isOver({ intake }: Role): boolean {
  return intake?.data.status === "filled" || intake?.data.status === "cancelled";
}
