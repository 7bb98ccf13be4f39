import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { krippendorffAlpha, reliability } from "../../src/core/agreement/alpha.ts";
import { acceptability, type CountedRating, raterResamples } from "../../src/core/agreement/certainty.ts";
import { fleissKappa, gwetAgreement, lightKappa } from "../../src/core/agreement/kappa.ts";
import type { Rated } from "../../src/core/agreement/order.ts";
import { icc } from "../../src/core/agreement/panel.ts";
import { kendallW } from "../../src/core/agreement/rankings.ts";
import { type AdditiveModel, severities } from "../../src/core/agreement/severity.ts";
import type { Table } from "../../src/core/agreement/table.ts";

const cell = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 5 }) }, { weight: 1, arbitrary: fc.constant(null) });
const sized = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[][]> =>
  fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 3, max: 9 }))
    .chain(([raters, units]) =>
      fc.array(fc.array(value, { minLength: units, maxLength: units }), { minLength: raters, maxLength: raters }),
    );
const tables: fc.Arbitrary<Table> = sized(cell);
const complete: fc.Arbitrary<readonly (readonly number[])[]> = sized(fc.integer({ min: 1, max: 5 }));

/** A table and the same one with raters and units in another order. */
const shuffled = tables.chain((table) =>
  fc
    .tuple(
      fc.shuffledSubarray(
        table.map((_, index) => index),
        { minLength: table.length },
      ),
      fc.shuffledSubarray(
        (table[0] ?? []).map((_, index) => index),
        { minLength: table[0]?.length ?? 0 },
      ),
    )
    .map(([raters, units]) => ({
      table,
      raters,
      other: raters.map((rater) => units.map((unit) => table[rater]?.[unit] ?? null)),
    })),
);

function close(a: number | null | undefined, b: number | null | undefined): void {
  if (a === null || a === undefined || b === null || b === undefined) expect(a ?? null).toBe(b ?? null);
  else expect(a).toBeCloseTo(b, 8);
}

const modelOf = (table: Table): AdditiveModel | undefined => {
  const model = severities(table);
  return "refused" in model ? undefined : model;
};

describe("laws that every statistic keeps", () => {
  test("the order of raters and units plays no part", () => {
    fc.assert(
      fc.property(shuffled, ({ table, other, raters }) => {
        for (const level of ["nominal", "ordinal", "interval", "ratio"] as const)
          close(krippendorffAlpha(table, level).alpha, krippendorffAlpha(other, level).alpha);
        for (const weighting of ["none", "linear", "quadratic"] as const) {
          close(gwetAgreement(table, weighting), gwetAgreement(other, weighting));
          close(lightKappa(table, weighting), lightKappa(other, weighting));
        }
        close(fleissKappa(table)?.fleiss, fleissKappa(other)?.fleiss);
        close(icc(table)?.mean.random, icc(other)?.mean.random);
        const [one, two] = [modelOf(table), modelOf(other)];
        expect(one === undefined).toBe(two === undefined);
        for (const { rater, severity } of two?.raters ?? [])
          close(severity, one?.raters.find((entry) => entry.rater === raters[rater])?.severity);
      }),
    );
  });

  test("W, too", () => {
    fc.assert(
      fc.property(complete, (table) => {
        close(kendallW(table.map((row) => row.toReversed()).toReversed())?.w, kendallW(table)?.w);
      }),
      { numRuns: 30 },
    );
  });

  test("the α of identical raters is 1, and lies in its interval", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 5, maxLength: 12 }).filter((row) => new Set(row).size > 1),
        fc.integer({ min: 2, max: 4 }),
        (row, raters) => {
          const { alpha, interval, withinOne, same } = reliability(Array.from({ length: raters }, () => row));
          expect([alpha, interval?.low, interval?.high, withinOne, same]).toEqual([1, 1, 1, 1, 1]);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a constant added to one rater changes that severity, and neither the order of candidates nor what is left over", () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: -3, max: 3 }), (table, constant) => {
        const before = modelOf(table);
        const after = modelOf(
          table.map((row, rater) => (rater === 0 ? row.map((value) => (value === null ? null : value + constant)) : row)),
        );
        if (before === undefined || after === undefined || before.raters[0]?.rater !== 0) return;
        const raters = before.raters.length;
        for (const [index, { severity }] of after.raters.entries())
          close(severity, (before.raters[index]?.severity ?? 0) + (index === 0 ? constant : 0) - constant / raters);
        for (const [unit, effect] of after.units.entries()) close(effect, before.units[unit]);
        close(after.residual, before.residual);
      }),
    );
  });

  test("rank shares: each place is taken once, each candidate takes one; a candidate better on everything is first", () => {
    const row = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 5 }), (rows) => {
        const candidates = rows.map((values, index): Rated => ({
          candidate: `c${index}`,
          ratings: new Map(values.map((value, at) => [`k${at}`, value])),
        }));
        const found = acceptability(
          [
            ...candidates,
            {
              candidate: "best",
              ratings: new Map([
                ["k0", 6],
                ["k1", 6],
              ]),
            },
          ],
          ["k0", "k1"],
        );
        for (const own of found?.shares.values() ?? []) expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        for (let place = 0; place <= rows.length; place += 1)
          expect([...(found?.shares.values() ?? [])].reduce((sum, own) => sum + (own[place] ?? 0), 0)).toBeCloseTo(1, 9);
        expect(found?.shares.get("best")?.[0]).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe("other interviewers", () => {
  const rating = (candidate: string, rater: string, value: number, stage = "talk"): CountedRating => ({
    candidate,
    rater,
    stage,
    criterion: "design",
    rating: value,
  });
  const shares = new Map([["design", 1]]);

  test("two interviewers, three cases: the chances are those of the draws", () => {
    // Ana prefers A, Bo prefers B: A leads where ana is drawn twice, B where bo is, level otherwise.
    const found = raterResamples([rating("a", "ana", 5), rating("a", "bo", 3), rating("b", "ana", 3), rating("b", "bo", 5)], shares);
    expect(found?.cases).toBe(3);
    expect(found?.error).toBe(0);
    expect(found?.shares.get("a")?.[0]).toBeCloseTo(0.25 + 0.5 / 2, 12);
  });

  test("three interviewers make ten cases", () => {
    const three = ["ana", "bo", "cy"].flatMap((rater) => [rating("a", rater, 4), rating("b", rater, 3)]);
    const found = raterResamples(three, shares);
    expect(found?.cases).toBe(10);
    expect(found?.shares.get("a")).toEqual([expect.closeTo(1, 12), 0]);
  });

  test("people who met different candidates are drawn apart, beyond 10,000 cases by chance", () => {
    const apart = ["a", "b", "c", "d"].flatMap((candidate, at) =>
      [1, 2, 3, 4].map((n) => rating(candidate, `${candidate}${n}`, 1 + ((n * 7 + at) % 5))),
    );
    const found = raterResamples(apart, shares);
    expect(found?.cases).toBe(10_000);
    expect(found?.error).toBeGreaterThan(0);
    expect(found?.error).toBeLessThan(0.006);
  });

  test("hundreds of candidates, some of them level, fill every place", () => {
    const many = Array.from({ length: 400 }, (_, at) => ["ana", "bo"].map((rater, n) => rating(`c${at}`, rater, (at + n) % 5))).flat();
    const { shares: own } = raterResamples(many, shares) ?? { shares: new Map<string, readonly number[]>() };
    expect(own.size).toBe(400);
    for (const place of [0, 79, 80, 399])
      expect([...own.values()].reduce((sum, places) => sum + (places[place] ?? 0), 0)).toBeCloseTo(1, 9);
    // Eighty are as good as c3: they lead where bo is drawn twice, or both are.
    expect(own.get("c3")?.[0]).toBeCloseTo(0.75 / 80, 9);
  });

  test("one candidate, or nobody to draw, is no answer", () => {
    expect(raterResamples([rating("a", "ana", 3), rating("a", "bo", 3)], shares)).toBeNull();
    expect(raterResamples([rating("a", "ana", 3), rating("b", "bo", 4)], shares)).toBeNull();
  });
});
