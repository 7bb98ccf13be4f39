import { compareText } from "../finding.ts";

/**
 * The fewest items whose move turns one order into the other, among the items both have; in the order of `after`.
 *
 * The rest is the heaviest common subsequence, every item weighing 1 and a tie-break of its id, so that the answer is
 * the same in both directions: moving `a` before `b` and back names the same item.
 */
export function movedItems(before: readonly string[], after: readonly string[]): readonly string[] {
  const place = new Map(before.map((id, index) => [id, index]));
  const common = after.filter((id) => place.has(id));
  const byId = new Map(common.toSorted(compareText).map((id, index) => [id, index]));
  // 2^-(k+2) for the k-th id: any sum of these stays below 1, and past 50 ids equals are broken by position.
  const weight = (id: string): number => 1 + 2 ** -((byId.get(id) ?? 0) + 2);
  const best: { readonly id: string; readonly total: number; readonly previous: number }[] = [];
  common.forEach((id, index) => {
    let total = 0;
    let previous = -1;
    for (let earlier = 0; earlier < index; earlier += 1) {
      const candidate = best[earlier];
      if (candidate !== undefined && (place.get(candidate.id) ?? 0) < (place.get(id) ?? 0) && candidate.total > total) {
        total = candidate.total;
        previous = earlier;
      }
    }
    best.push({ id, total: total + weight(id), previous });
  });
  let index = best.reduce((heaviest, { total }, at) => (total > (best[heaviest]?.total ?? 0) ? at : heaviest), 0);
  const kept = new Set<string>();
  while (best[index] !== undefined) {
    kept.add(best[index]?.id ?? "");
    index = best[index]?.previous ?? -1;
  }
  return common.filter((id) => !kept.has(id));
}
