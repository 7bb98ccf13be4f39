import { observe, type Observation } from "../../../core/finding.ts";
import { suggest } from "../../../core/nearest.ts";
import type { Suppression } from "../../../core/suppression.ts";
import type { Rule } from "../../rule.ts";

/** A rule about the comments that silence rules; asked where the comments are heard. */
export interface SuppressRule extends Rule {
  observe(suppression: Suppression, registry: readonly Rule[]): Observation;
}

const wrong = "# hire-ignore intake/vague\nstatement: A team player";
const right = "# hire-ignore intake/vague: the client's own words, explained under ways_of_working\nstatement: A team player";

export const suppressReason: SuppressRule = {
  id: "suppress/reason",
  severity: "error",
  summary: "A comment that silences a rule says why.",
  why: "Whoever reads it later should not have to guess whether the reason still holds.",
  wrong,
  right,
  applied: "suppressing",
  observe: ({ place, rule }) =>
    observe(place, `'${rule ?? ""}' is silenced without a reason`, `# hire-ignore ${rule ?? ""}: why it is right here`),
};

export const suppressUnknown: SuppressRule = {
  id: "suppress/unknown",
  severity: "error",
  summary: "A comment silences a rule that exists and may be silenced.",
  why: "A misspelt id silences nothing; and what guards an agreement is not switched off by what it guards.",
  wrong: "# hire-ignore intake/vauge: the client's own words\nstatement: A team player",
  right,
  limits: "The rules under change/ and agreement/, evaluation/edited, and those under suppress/ themselves cannot be silenced.",
  applied: "suppressing",
  observe({ place, rule }, registry) {
    if (rule === undefined) return observe(place, "this comment names no rule", "# hire-ignore rule/id: why it is right here");
    const known = registry.find(({ id }) => id === rule);
    return known === undefined
      ? observe(
          place,
          `there is no rule '${rule}'`,
          suggest(
            rule,
            registry.map(({ id }) => id),
          ) ?? "hire rules lists them",
        )
      : observe(
          place,
          `'${rule}' cannot be silenced`,
          known.guard === true ? "it guards what was agreed: mend what it finds, or explain the change" : undefined,
        );
  },
};

export const suppressUnused: SuppressRule = {
  id: "suppress/unused",
  severity: "error",
  summary: "A comment that silences a rule has something to silence.",
  why: "Left behind, it would silence the next finding, which nobody has thought about.",
  wrong: "# hire-ignore intake/vague: the client's own words\nstatement: Explains an outage to customers within the hour",
  right: "statement: Explains an outage to customers within the hour",
  applied: "suppressing",
  observe: ({ place, rule, line, whole }) => ({
    ...observe(
      place,
      line === -1 ? `'${rule ?? ""}' is not silenced from here` : `'${rule ?? ""}' finds nothing here`,
      line === -1 ? "write the comment on the line above, or at the head of the file" : "take the comment out",
    ),
    ...(line === -1 ? {} : { fix: { title: "take the comment out", edits: [{ ...whole, text: "" }] } }),
  }),
};
