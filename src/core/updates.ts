import { updateName } from "./change/explain.ts";
import type { Doc, Role } from "./document.ts";
import { oneLine } from "./document.ts";
import type { Update } from "./model.ts";
import { byTime } from "./moment.ts";
import { personOf, sides } from "./sign-off.ts";

/** A person's answer that stands: their last one. */
export function answerOf(update: Update, person: string): NonNullable<Update["answers"]>[number] | undefined {
  return (update.answers ?? [])
    .filter(({ by }) => by === person)
    .toSorted((a, b) => byTime(a.at, b.at))
    .at(-1);
}

/** Whom an update asked who has neither answered nor signed since. */
export function waitingFor(role: Role, { data }: Doc<Update>): readonly string[] {
  return (data.for ?? []).filter(
    (person) =>
      answerOf(data, person) === undefined &&
      !role.agreements.some((agreement) => agreement.data.person === person && byTime(agreement.data.agreed_at, data.at) > 0),
  );
}

/** What an update asks of whom it asks, and how: a question is answered in words, a change agreed or objected to. */
export function askedOf(update: Doc<Update>): { readonly text: string; readonly command: string } {
  const summary = oneLine(update.data.summary);
  const name = updateName(update);
  return summary.endsWith("?")
    ? { text: `answer: ${summary}`, command: `hire answer ${name} agree --because "…"` }
    : { text: `agree or object: ${summary}`, command: `hire answer ${name}` };
}

export interface Objection {
  readonly update: string;
  readonly summary: string;
  /** Who made the change. */
  readonly to: string;
  readonly by: string;
  readonly at: string;
  readonly because: string | null;
}

/** Objections that are not settled: neither withdrawn by the one who objects, nor passed over by both sides signing since. */
export function openObjections(role: Role): readonly Objection[] {
  const intake = role.intake?.data;
  const signedSince = (at: string): boolean =>
    intake !== undefined &&
    sides.every((side) =>
      role.agreements.some(({ data }) => data.as === side && data.person === personOf(intake, side) && byTime(data.agreed_at, at) > 0),
    );
  return role.updates.flatMap((update) => {
    const { data } = update;
    return [...new Set((data.answers ?? []).map(({ by }) => by))].flatMap((person) => {
      const answer = answerOf(data, person);
      if (answer?.answer !== "objects" || signedSince(answer.at)) return [];
      return [
        {
          update: updateName(update),
          summary: oneLine(data.summary),
          to: data.by,
          by: person,
          at: answer.at,
          because: answer.because === undefined ? null : oneLine(answer.because),
        },
      ];
    });
  });
}
