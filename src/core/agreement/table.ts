/**
 * Ratings of the same units (candidates, say) by several raters: one row a rater, one column a unit, null where a rater
 * did not rate a unit. Rows are of one length. What is missing is missing: no statistic here reads it as a number.
 */
export type Table = readonly (readonly (number | null)[])[];

/** The ratings of each unit, those missing left out. */
export function unitsOf(table: Table): readonly (readonly number[])[] {
  return (table[0] ?? []).map((_, unit) => table.flatMap((row) => row[unit] ?? []));
}

/** The values that occur, ascending. */
export function valuesOf(table: Table): readonly number[] {
  return [...new Set(unitsOf(table).flat())].toSorted((a, b) => a - b);
}

/** Every two raters' ratings of the same unit, over all units. */
export function pairsIn(table: Table): readonly (readonly [number, number])[] {
  return unitsOf(table).flatMap((values) =>
    values.flatMap((value, index) => values.slice(index + 1).map((other): readonly [number, number] => [value, other])),
  );
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Null of nothing. */
export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : sumOf(values) / values.length;
}
