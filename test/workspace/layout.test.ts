import { describe, expect, test } from "vitest";
import { placementOf } from "../../src/workspace/layout.ts";

const kiwi = { role: "backend", candidate: "kiwi" };

describe("the place of a file", () => {
  test.each([
    ["hire.yaml", "hire", {}],
    ["markets/fi.yaml", "market", { market: "fi" }],
    ["roles/backend/intake.yaml", "intake", { role: "backend" }],
    ["roles/backend/rubric.yaml", "rubric", { role: "backend" }],
    ["roles/backend/outcome.yaml", "outcome", { role: "backend" }],
    ["roles/backend/agreements/dana.yaml", "agreement", { role: "backend", person: "dana" }],
    ["roles/backend/updates/2026-11-03-weights.yaml", "update", { role: "backend", update: "2026-11-03-weights" }],
    ["roles/backend/priorities/dana.yaml", "priorities", { role: "backend", person: "dana" }],
    ["roles/backend/priorities/dana.sealed.yaml", "sealed-priorities", { role: "backend", person: "dana" }],
    ["roles/backend/candidates/kiwi/candidate.yaml", "candidate", kiwi],
    ["roles/backend/candidates/kiwi/events.yaml", "events", kiwi],
    ["roles/backend/candidates/kiwi/decision.yaml", "decision", kiwi],
    ["roles/backend/candidates/kiwi/evaluations/design--ana.yaml", "evaluation", { ...kiwi, stage: "design", interviewer: "ana" }],
    [
      "roles/backend/candidates/kiwi/evaluations/design--ana.sealed.yaml",
      "sealed-evaluation",
      { ...kiwi, stage: "design", interviewer: "ana" },
    ],
    // The first two hyphens part them; what is no id has a place all the same, and is told so.
    ["roles/backend/candidates/kiwi/evaluations/a--b--c.yaml", "evaluation", { ...kiwi, stage: "a", interviewer: "b--c" }],
    ["roles/backend/candidates/kiwi/evaluations/---b.yaml", "evaluation", { ...kiwi, stage: "-", interviewer: "b" }],
    ["roles/B ä/candidates/.k/evaluations/a\n--b.c.yaml", "evaluation", { role: "B ä", candidate: ".k", stage: "a\n", interviewer: "b.c" }],
  ])("%j is one of a kind", (path, kind, ids) => expect(placementOf(path)).toEqual({ kind, ids }));

  test("is told of long names at once", () => {
    const hyphens = "-".repeat(1_000_000);
    expect(placementOf(`roles/backend/candidates/kiwi/evaluations/${hyphens}/x.yaml`)).toBeUndefined();
    expect(placementOf(`roles/backend/candidates/kiwi/evaluations/${"a-".repeat(500_000)}.yml`)).toBeUndefined();
    expect(placementOf(`roles/backend/candidates/kiwi/evaluations/${"a".repeat(100_000_000)}--ana.yaml`)).toBeUndefined();
  });

  test.each([
    "notes.yaml",
    "markets/fi.sealed.yaml",
    "markets/fi/more.yaml",
    "markets/.yaml",
    "roles/intake.yaml",
    "roles//intake.yaml",
    "roles/backend/intake.sealed.yaml",
    "roles/backend/intake.yml",
    "roles/backend/constructor.yaml",
    "roles/backend/agreements/dana.sealed.yaml",
    "roles/backend/priorities/.yaml",
    "roles/backend/priorities/.sealed.yaml",
    "roles/backend/candidates/kiwi.yaml",
    "roles/backend/candidates/kiwi/events.sealed.yaml",
    "roles/backend/candidates/kiwi/evaluations/design.yaml",
    "roles/backend/candidates/kiwi/evaluations/--ana.yaml",
    "roles/backend/candidates/kiwi/evaluations/design--.yaml",
    "roles/backend/candidates/kiwi/evaluations/design--.sealed.yaml",
    "roles/backend/candidates/kiwi/evaluations/old/design--ana.yaml",
  ])("%j has none", (path) => expect(placementOf(path)).toBeUndefined());
});
