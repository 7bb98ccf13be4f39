import { type Role, roleTitle } from "../core/document.ts";
import { weighingOf } from "../core/priorities.ts";
import { columns, padEnd, padStart, type Style, wrap } from "./style.ts";

/** Where both sides stand once both have weighed; until then, only who is still due. */
export function weighingText(role: Role, style: Style): string {
  const { due, differences, distance, given } = weighingOf(role);
  if (due.length > 0) {
    return `${given.length === 0 ? "Nobody has weighed yet" : `In: ${given.join(", ")}`}. Still to weigh: ${due.join(", ")} (hire weigh ${role.id}).\nNobody's points are shown before both sides' are in.\n`;
  }
  const [first] = differences;
  if (first === undefined || distance === null) return "One person speaks for both sides: there is nothing to compare.\n";
  const people = Object.keys(first.points);
  const items = Math.max(...differences.map(({ item }) => columns(item)));
  const wide = people.map((person) => Math.max(4, columns(person)));
  const lines = [
    style.bold(`${roleTitle(role)}: where you two stand`),
    `  ${padEnd("", items)}  ${people.map((person, index) => padStart(person, wide[index] ?? 4)).join("  ")}  apart`,
    ...differences.map(({ item, points, apart }) => {
      const row = `  ${padEnd(item, items)}  ${people.map((person, index) => padStart(String(points[person] ?? 0), wide[index] ?? 4)).join("  ")}  ${padStart(String(apart), 5)}`;
      return apart >= 10 ? style.yellow(row) : row;
    }),
    "",
    ...wrap(
      first.apart < 10
        ? `You want nearly the same: ${Math.round(distance * 100)} of 100 points differ. The rubric can take these weights.`
        : `Talk about ${differences
            .filter(({ apart }) => apart >= 10)
            .slice(0, 3)
            .map(({ item }) => item)
            .join(", ")} first: ${Math.round(distance * 100)} of 100 points differ. Then: hire rubric ${role.id}`,
      style.width,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
