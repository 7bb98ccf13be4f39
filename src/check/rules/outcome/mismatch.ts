import { isOver, type Role } from "../../../core/document.ts";
import { observe, type Observation } from "../../../core/finding.ts";
import { suggest } from "../../../core/nearest.ts";
import { isSample } from "../../../core/rubric.ts";
import { defineRule } from "../../rule.ts";

export const outcomeMismatch = defineRule({
  id: "outcome/mismatch",
  severity: "error",
  summary: "An outcome fits the search it ends: its status, its candidates, its dates, the outcomes of its brief.",
  why: "It is what the next search starts from, and what the wall shows: a hire that nobody made, or a search that ended and goes on, misleads both.",
  wrong: "result: cancelled\nhires: [amber-otter]",
  right: "result: hired\nhires: [amber-otter]",
  limits: "It cannot see whether someone really said yes. A search carried from another repository has no candidates to look for.",
  needs: ["intake.yaml"],
  check: (role) => [...hiresAmiss(role), ...statusAmiss(role), ...reviewsAmiss(role)],
});

function hiresAmiss({ outcome, candidates }: Role): readonly Observation[] {
  if (outcome === undefined) return [];
  const { result, hires = [] } = outcome.data;
  if (result === "cancelled" && hires.length > 0)
    return [observe(outcome.at("hires"), "a search that was cancelled hired nobody", "result: hired, or no hires")];
  return hires.flatMap((id) => {
    const candidate = candidates.find((known) => known.id === id);
    const place = outcome.at("hires", id);
    if (candidate !== undefined) return isSample(candidate) ? [observe(place, `${id} is a sample profile`, "name who was hired")] : [];
    return [
      observe(
        place,
        `'${id}' is no candidate of this role`,
        suggest(
          id,
          candidates.map((known) => known.id),
        ) ?? "name who was hired, or nobody: hires may be left out",
      ),
    ];
  });
}

function statusAmiss(role: Role): readonly Observation[] {
  const { outcome, intake } = role;
  if (outcome === undefined || intake === undefined) return [];
  const { result, closed_on: closedOn } = outcome.data;
  const { status, opened } = intake.data;
  const fits = result === "hired" ? "filled" : "cancelled";
  return [
    ...(status === fits
      ? []
      : [
          observe(
            intake.at("status"),
            `the search ended (${result}), and its status is '${status}'`,
            isOver(role) ? `status: ${fits}` : `status: ${fits}; or delete outcome.yaml, and close it again when it ends`,
          ),
        ]),
    ...(opened !== undefined && closedOn < opened
      ? [observe(outcome.at("closed_on"), `the search ended before it was opened (${opened})`, "mend one of the two dates")]
      : []),
  ];
}

function reviewsAmiss({ outcome, intake }: Role): readonly Observation[] {
  if (outcome === undefined || intake === undefined) return [];
  const known = (intake.data.outcomes ?? []).map(({ id }) => id);
  const reviews = outcome.data.reviews ?? [];
  return reviews.flatMap(({ outcome: id }, index) => {
    const place = outcome.at("reviews", index, "outcome");
    if (!known.includes(id)) return [observe(place, `'${id}' is no outcome of the brief`, suggest(id, known) ?? "leave it out")];
    return reviews.findIndex((other) => other.outcome === id) < index
      ? [observe(place, `'${id}' is looked back at twice`, "leave one out")]
      : [];
  });
}
