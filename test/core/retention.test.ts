import { describe, expect, test } from "vitest";
import type { CandidateFolder, Doc, Role } from "../../src/core/document.ts";
import { addPeriod } from "../../src/core/moment.ts";
import { keepingOf } from "../../src/core/retention.ts";
import type { CandidateEvent, Decision } from "../../src/core/model.ts";

const doc = <T>(data: T): Doc<T> => ({
  path: "x.yaml",
  data,
  at: () => ({ file: "x.yaml", line: 1, column: 1, endLine: 1, endColumn: 1 }),
});
const role = { id: "backend", candidates: [] } as unknown as Role;

function candidate(
  decision: Decision["decision"] | undefined,
  events: readonly (readonly [what: CandidateEvent["what"], day: string])[] = [],
  hold?: string,
): CandidateFolder {
  return {
    id: "amber-otter",
    evaluations: [],
    sealed: [],
    candidate: doc({ version: 1 as const, id: "amber-otter", ...(hold === undefined ? {} : { legal_hold: hold }) }),
    events: doc(events.map(([what, day]) => ({ at: `${day}T10:00:00+02:00`, what, by: "riku" }))),
    ...(decision === undefined
      ? {}
      : { decision: doc({ version: 1 as const, decision, by: "dana", decided_at: "2026-08-31T11:00:00+02:00" }) }),
  };
}

const usual = { reject: "6 months", hire: "24 months" };

describe("a period later", () => {
  test.each([
    ["2026-08-31", "6 months", "2027-02-28"],
    ["2027-08-31", "6 months", "2028-02-29"],
    ["2028-02-29", "1 year", "2029-02-28"],
    ["2026-12-31", "1 month", "2027-01-31"],
    ["2026-01-31", "1 month", "2026-02-28"],
    ["2026-11-03", "2 weeks", "2026-11-17"],
    ["2026-11-03", "90 days", "2027-02-01"],
  ])("%s and %s is %s", (date, period, later) => expect(addPeriod(date, period)).toBe(later));
});

describe("how long a candidate's files are kept", () => {
  test.each([
    [
      "rejected, the day before",
      candidate("reject"),
      usual,
      "2027-02-27",
      { state: "kept", until: "2027-02-28", ended: { how: "reject", on: "2026-08-31" } },
    ],
    ["rejected, on the day", candidate("reject"), usual, "2027-02-28", { state: "due" }],
    [
      "hired",
      candidate("offer", [["offer-accepted", "2026-09-02"]]),
      usual,
      "2027-02-28",
      { state: "kept", until: "2028-08-31", ended: { how: "hire", on: "2026-08-31" } },
    ],
    [
      "an offer that was turned down later",
      candidate("offer", [["offer-declined", "2026-09-10"]]),
      usual,
      "2027-01-01",
      { state: "kept", until: "2027-03-10", ended: { how: "reject", on: "2026-09-10" } },
    ],
    ["an offer that stands", candidate("offer"), usual, "2030-01-01", { state: "open", ended: null }],
    ["withdrawn, and no decision", candidate(undefined, [["withdrawn", "2026-09-01"]]), usual, "2027-03-01", { state: "due" }],
    [
      "declined and taken up again",
      candidate(undefined, [
        ["profile-declined", "2026-09-01"],
        ["resumed", "2026-09-05"],
      ]),
      usual,
      "2030-01-01",
      { state: "open" },
    ],
    ["on hold", candidate("hold"), usual, "2030-01-01", { state: "open" }],
    [
      "a floor that is longer than the period",
      candidate("reject"),
      { ...usual, floor: "12 months" },
      "2027-03-01",
      { state: "kept", until: "2027-08-31" },
    ],
    [
      "a ceiling that is shorter than the period",
      candidate("reject"),
      { ...usual, ceiling: "3 months" },
      "2026-11-30",
      { state: "due", until: "2026-11-30" },
    ],
    ["only a ceiling", candidate("reject"), { ceiling: "3 months" }, "2026-11-30", { state: "due", until: "2026-11-30" }],
    [
      "a floor longer than the ceiling, before it",
      candidate("reject"),
      { ...usual, floor: "12 months", ceiling: "3 months" },
      "2026-11-30",
      { state: "kept", until: null },
    ],
    [
      "a floor longer than the ceiling, behind it",
      candidate("reject"),
      { ...usual, floor: "12 months", ceiling: "3 months" },
      "2026-12-01",
      { state: "person", notBefore: "2027-08-31", notAfter: "2026-11-30" },
    ],
    [
      "under a legal hold",
      candidate("reject", [], "A claim is open"),
      usual,
      "2030-01-01",
      { state: "held", hold: "A claim is open", until: null },
    ],
    ["no period", candidate("reject"), { hire: "24 months" }, "2030-01-01", { state: "unset" }],
  ])("%s", (_, folder, retention, today, keeping) => expect(keepingOf(role, folder, retention, today)).toMatchObject(keeping));

  test("left without a word when the search closed, it counts from there", () => {
    const closed = {
      ...role,
      outcome: doc({ version: 1 as const, result: "cancelled" as const, closed_on: "2026-10-01" }),
    } as unknown as Role;
    expect(keepingOf(closed, candidate(undefined, [["interviewed", "2026-09-01"]]), usual, "2027-04-01")).toMatchObject({
      state: "due",
      until: "2027-04-01",
    });
  });
});
