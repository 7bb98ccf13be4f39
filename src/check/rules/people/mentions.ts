import type { Doc, Role, Segment } from "../../../core/document.ts";
import { stagesOf } from "../../../core/rubric.ts";

export interface Mention {
  readonly doc: Doc<unknown>;
  readonly path: readonly Segment[];
  readonly person: string;
  /** Whether something is still expected of them. */
  readonly current: boolean;
}

/** Every person a role's files name, with the place. */
export function mentionsOf(role: Role): readonly Mention[] {
  const mentions: Mention[] = [];
  const name = (doc: Doc<unknown>, path: readonly Segment[], person: string | undefined, current = false): void => {
    if (person !== undefined) mentions.push({ doc, path, person, current });
  };
  const { intake, rubric, outcome } = role;
  if (intake !== undefined) {
    const { team, assumptions, compensation } = intake.data;
    name(intake, ["team", "hiring_manager"], team.hiring_manager, true);
    name(intake, ["team", "recruiter"], team.recruiter, true);
    name(intake, ["team", "decider"], team.decider, true);
    for (const person of team.panel ?? []) name(intake, ["team", "panel", person], person, true);
    for (const person of team.informed ?? []) name(intake, ["team", "informed", person], person, true);
    name(intake, ["compensation", "approved_by"], compensation?.approved_by);
    for (const { id, owner, raised_by, status } of assumptions ?? []) {
      name(intake, ["assumptions", id, "owner"], owner, status === "open");
      name(intake, ["assumptions", id, "raised_by"], raised_by);
    }
  }
  if (rubric?.data.stages !== undefined) {
    for (const stage of stagesOf(rubric.data))
      for (const person of stage.interviewers ?? []) name(rubric, ["stages", stage.id, "interviewers", person], person, true);
  }
  for (const doc of [...role.priorities, ...role.sealed]) name(doc, ["person"], doc.data.person);
  for (const doc of role.agreements) name(doc, ["person"], doc.data.person);
  for (const doc of role.updates) {
    name(doc, ["by"], doc.data.by);
    for (const person of doc.data.for ?? []) name(doc, ["for", person], person);
    for (const [index, { by }] of (doc.data.answers ?? []).entries()) name(doc, ["answers", index, "by"], by);
  }
  for (const { events, evaluations, sealed, decision } of role.candidates) {
    for (const [index, { by }] of (events?.data ?? []).entries()) if (events !== undefined) name(events, [index, "by"], by);
    for (const doc of evaluations) {
      name(doc, ["interviewer"], doc.data.interviewer);
      name(doc, ["entered_by"], doc.data.entered_by);
      for (const [index, { by }] of (doc.data.amendments ?? []).entries()) name(doc, ["amendments", index, "by"], by);
    }
    for (const doc of sealed) {
      name(doc, ["interviewer"], doc.data.interviewer);
      name(doc, ["entered_by"], doc.data.entered_by);
    }
    if (decision !== undefined) name(decision, ["by"], decision.data.by);
    if (decision?.data.entered_by !== undefined) name(decision, ["entered_by"], decision.data.entered_by);
  }
  if (outcome !== undefined) name(outcome, ["closed_by"], outcome.data.closed_by);
  for (const [index, thanks] of (outcome?.data.thanks ?? []).entries()) {
    if (outcome === undefined) continue;
    name(outcome, ["thanks", index, "to"], thanks.to);
    name(outcome, ["thanks", index, "from"], thanks.from);
    name(outcome, ["thanks", index, "entered_by"], thanks.entered_by);
  }
  return mentions;
}
