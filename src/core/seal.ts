import { checksum } from "./digest.ts";
import type { CandidateFolder, Doc, Role } from "./document.ts";
import type { Hire, KeyHolder, SealedEvaluation, SealedPriorities } from "./model.ts";
import { handInsOf } from "./priorities.ts";
import { evaluationsOut } from "./rubric.ts";

export type Sealed = SealedEvaluation | SealedPriorities;

/** Who can open what is sealed today; nobody where nothing is to be sealed. */
export function holdersOf(hire: Hire | undefined): readonly KeyHolder[] {
  return hire?.seal ?? [];
}

/** Whose hand-in it is. */
export function giverOf(data: Sealed): string {
  return "interviewer" in data ? data.interviewer : data.person;
}

/** Those who may have written it. */
export function writersOf(data: Sealed): readonly string[] {
  return "interviewer" in data && data.entered_by !== undefined ? [data.interviewer, data.entered_by] : [giverOf(data)];
}

/** SHA-256 of a text that is sealed or was opened, in hexadecimal digits. Line ends count as LF: a checkout may change them. */
export function sealDigest(text: string): string {
  return checksum(text.replaceAll("\r\n", "\n"));
}

/** Whether today's holders are those it is sealed to. */
export function isForHolders({ to }: Sealed, hire: Hire | undefined): boolean {
  const keys = holdersOf(hire).map(({ key }) => key);
  return keys.length === to.length && keys.every((key) => to.includes(key));
}

/** What of a role is sealed and can be opened, or for whom it waits. */
export interface Opening<T> {
  readonly sealed: readonly Doc<T>[];
  /** Who has not handed in; it can be opened once nobody is left, or without them. */
  readonly waitingFor: readonly string[];
}

/** Scorecards of a candidate, of one stage or all: they wait for everyone who is asked for one there. */
export function scorecardsToOpen(role: Role, candidate: CandidateFolder, stage?: string): Opening<SealedEvaluation> {
  const out = evaluationsOut(role, candidate).filter((one) => stage === undefined || one.stage === stage);
  return {
    sealed: candidate.sealed.filter(({ data }) => stage === undefined || data.stage === stage),
    waitingFor: [...new Set(out.map(({ interviewer }) => interviewer))],
  };
}

/** Weights: both sides' of a round wait for each other; the panel's are opened with them, round by round. */
export function weightsToOpen(role: Role): Opening<SealedPriorities> {
  const team = role.intake?.data.team;
  if (team === undefined) return { sealed: [], waitingFor: [] };
  const both = [...new Set([team.hiring_manager, team.recruiter])];
  const given = both.map((person) => handInsOf(role, person));
  const round = Math.min(...given);
  const isReady = ({ data }: Doc<SealedPriorities>): boolean => data.round <= round;
  const ready = role.sealed.filter(isReady);
  if (ready.length > 0) return { sealed: ready, waitingFor: [] };
  const wanted = Math.min(...role.sealed.map(({ data }) => data.round));
  return { sealed: role.sealed, waitingFor: role.sealed.length === 0 ? [] : both.filter((_, index) => (given[index] ?? 0) < wanted) };
}
