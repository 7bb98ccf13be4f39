import { checksum } from "./digest.ts";
import type { CandidateFolder, Doc, Role } from "./document.ts";
import type { Hire, KeyHolder, SealedEvaluation, SealedPriorities } from "./model.ts";
import { handInsOf } from "./priorities.ts";
import { evaluationsOut, handedIn, isInPlay, isSample, notHandedIn } from "./rubric.ts";

export type Sealed = SealedEvaluation | SealedPriorities;

/** Who can open what is sealed today; nobody where nothing is to be sealed. */
export function holdersOf(hire: Hire | undefined): readonly KeyHolder[] {
  return hire?.seal ?? [];
}

/** All that is sealed of a role. */
export function sealedIn({ sealed, candidates }: Role): readonly Doc<Sealed>[] {
  return [...sealed, ...candidates.flatMap((candidate) => candidate.sealed)];
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
export function isForHolders(data: Sealed, hire: Hire | undefined): boolean {
  return isSealedTo(
    data,
    holdersOf(hire).map(({ key }) => key),
  );
}

/** Whether it is sealed to these keys, and no others. */
export function isSealedTo({ to }: Sealed, keys: readonly string[]): boolean {
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
  return {
    sealed: candidate.sealed.filter(({ data }) => stage === undefined || data.stage === stage),
    waitingFor: waitedFor(role, candidate, stage),
  };
}

/**
 * Who is asked for a scorecard of a candidate, or of one stage of theirs, and has not handed in. Of someone who is out of
 * the search, those of the stages they came to: they may come back.
 */
export function waitedFor(role: Role, candidate: CandidateFolder, stage?: string): readonly string[] {
  const reached = new Set(handedIn(candidate).map(({ data }) => data.stage));
  const out =
    isSample(candidate) || isInPlay(candidate)
      ? evaluationsOut(role, candidate)
      : notHandedIn(role, candidate).filter((one) => reached.has(one.stage));
  return [...new Set(out.filter((one) => stage === undefined || one.stage === stage).map(({ interviewer }) => interviewer))];
}

/** Weights: both sides' of a round wait for each other; the panel's are opened with them, round by round. */
export function weightsToOpen(role: Role): Opening<SealedPriorities> {
  const team = role.intake?.data.team;
  if (team === undefined) return { sealed: [], waitingFor: [] };
  const both = [...new Set([team.hiring_manager, team.recruiter])];
  const given = both.map((person) => handInsOf(role, person));
  const round = Math.min(...given);
  const roundOf = ({ data }: Doc<SealedPriorities>): number => Math.min(data.round, handInsOf(role, data.person));
  const isReady = (doc: Doc<SealedPriorities>): boolean => roundOf(doc) <= round;
  const ready = role.sealed.filter(isReady);
  if (ready.length > 0) return { sealed: ready, waitingFor: [] };
  const wanted = Math.min(...role.sealed.map(roundOf));
  return { sealed: role.sealed, waitingFor: role.sealed.length === 0 ? [] : both.filter((_, index) => (given[index] ?? 0) < wanted) };
}
