import { type Change, isAboutPay, withoutPay } from "../core/change/change.ts";
import { unquoted } from "../core/protected.ts";
import type { ChangedRole } from "./diff-text.ts";

/** A role's changes as they may be told where others read along: pay figures, what follows from them and what should not be quoted are left out. */
export function discreetRole({ changes, impact, agreements }: ChangedRole): ChangedRole {
  const aboutPay = new Set(changes.changes.flatMap((change) => (isAboutPay(change) ? (change.explanation?.update ?? []) : [])));
  const told = new Map<Change, Change>(
    changes.changes.map((change) => {
      const { explanation } = change;
      // One update may explain pay and something else in the same words.
      const quiet =
        explanation !== undefined && aboutPay.has(explanation.update)
          ? {
              explanation: {
                ...explanation,
                reason: "(in the update)",
                answers: explanation.answers.map(({ by, answer }) => ({ by, answer })),
              },
            }
          : {};
      return [change, withoutPay({ ...change, text: unquoted(change.text), ...quiet })];
    }),
  );
  const hidden = "(not shown here)";
  for (const [change, own] of told)
    if (isAboutPay(own)) told.set(change, { ...own, from: change.from === null ? null : hidden, to: change.to === null ? null : hidden });
  return {
    agreements,
    changes: { ...changes, changes: changes.changes.map((change) => told.get(change) ?? change) },
    ...(impact === undefined
      ? {}
      : {
          impact: {
            ...impact,
            of: new Map(
              [...impact.of].map(([change, own]) => {
                const shown = told.get(change) ?? change;
                return [shown, { ...own, market: null }] as const;
              }),
            ),
          },
        }),
  };
}
