import { list, number } from "../core/change/words.ts";
import { type Role, roleTitle } from "../core/document.ts";
import { apartFrom, commonOrder, type Difference, type Probe, probe, type Weighing, weighingOf } from "../core/priorities.ts";
import { columns, labelled, padEnd, padStart, type Style, wrap } from "./style.ts";

/** Questions that one talk has time for, and one screen room. */
const mostQuestions = 3;

/** Halves go up, as people round; 4.55 is a little less than that to a machine. */
const tenth = (value: number): string => (Math.round(value * 10 + 1e-9) / 10).toFixed(1);

const points = (value: number): string => number(Math.round(value * 10) / 10);

/** Where everyone stands once both sides have weighed, as an agenda for the talk; until then, only who is still due. */
export function weighingText(role: Role, viewer: string | undefined, style: Style): string {
  const weighing = weighingOf(role, viewer);
  const { given, due, withheld, differences, round } = weighing;
  if (due.length > 0)
    return `${given.length === 0 ? "Nobody has weighed yet" : `In: ${given.join(", ")}`}. Still to weigh: ${due.join(", ")} (hire weigh ${role.id}).\nNobody's points are shown before both sides' are in.\n`;
  if (withheld)
    return `In: ${given.join(", ")}. You see their points once you have given yours (hire weigh ${role.id}), or once both sides have signed.\n`;
  const [first] = differences;
  if (first === undefined) return "One person speaks for both sides: there is nothing to compare.\n";
  const name = (person: string): string => (person === viewer ? "you" : person);
  const lines = [
    style.bold(`${roleTitle(role)}: where you stand${round > 1 ? `, round ${round}` : ""}`),
    ...tableLines(differences, name, style),
    "",
    ...agendaLines(differences, role, name, style),
    ...wrap(
      [likenessSentence(weighing), commonSentence(weighing), mustHaveSentence(weighing, name)].filter((text) => text !== "").join(" "),
      style.width,
    ),
    ...wrap(nextSentence(role, weighing), style.width),
  ];
  return `${lines.join("\n")}\n`;
}

function tableLines(differences: readonly Difference[], name: (person: string) => string, style: Style): readonly string[] {
  const people = Object.keys(differences[0]?.points ?? {});
  const items = Math.max(...differences.map(({ item }) => columns(item)));
  const wide = people.map((person) => Math.max(4, columns(name(person))));
  const cells = (of: (person: string) => string): string =>
    people.map((person, index) => padStart(of(person), wide[index] ?? 4)).join("  ");
  return [
    `  ${padEnd("", items)}  ${cells(name)}  apart`,
    ...differences.map((difference) => {
      const row = `  ${padEnd(difference.item, items)}  ${cells((person) => points(difference.points[person] ?? 0))}  ${padStart(points(difference.apart), 5)}`;
      return difference.apart >= apartFrom ? style.yellow(row) : row;
    }),
  ];
}

/** The largest differences as a question each: what the points mean for a candidate. */
function agendaLines(differences: readonly Difference[], role: Role, name: (person: string) => string, style: Style): readonly string[] {
  const apart = differences.filter((difference) => difference.apart >= apartFrom);
  const [first] = apart;
  if (first === undefined) return ["You want nearly the same.", ""];
  const { low, high } = probe(first, role);
  const lines = apart.slice(0, mostQuestions).flatMap((difference, index) => {
    return [
      ...labelled(
        `${index + 1} `,
        `${style.bold(difference.item)}: ${agendaWords(difference, probe(difference, role), name)}`,
        style.width,
      ),
      ...(difference.text === difference.item ? [] : wrap(`  ${difference.text}`, style.width, 2)),
    ];
  });
  const rest = apart.slice(mostQuestions).map(({ item }) => item);
  return [
    ...wrap(`To talk about, largest first. What would a candidate be worth with ${low} on it and ${high} on all else?`, style.width),
    ...lines,
    ...(rest.length === 0 ? [] : wrap(`  Then ${list(rest)}.`, style.width, 2)),
    "",
  ];
}

/** "you gave it 40, riku 15: worth 3.8 to you, 4.6 to riku"; whoever gave most, and least. */
export function agendaWords({ points: given }: Difference, { worth }: Probe, name: (person: string) => string): string {
  const people = Object.keys(given).toSorted((a, b) => (given[b] ?? 0) - (given[a] ?? 0));
  const ends = [people[0] ?? "", people.at(-1) ?? ""];
  const [most, least] = ends.map((person) => points(given[person] ?? 0));
  const values = ends.map((person) => `${tenth(worth[person] ?? 0)} to ${name(person)}`);
  return `${name(ends[0] ?? "")} gave it ${most ?? ""}, ${name(ends[1] ?? "")} ${least ?? ""}: worth ${list(values)}`;
}

function likenessSentence({ distance, concordance, before }: Weighing): string {
  if (distance === null || concordance === null) return "";
  const then = before?.distance === null || before?.distance === undefined ? "" : `, ${points(before.distance * 100)} before the talk`;
  const alike = concordance >= 0.95 ? "nearly all" : `about ${Math.round(concordance * 10)}`;
  return `The two sides differ in ${points(distance * 100)} of 100 points${then}: of ten pairs of candidates you would order ${alike} alike.`;
}

function commonSentence(weighing: Weighing): string {
  const common = commonOrder(weighing);
  if (common === null) return "";
  const people = Object.keys(weighing.differences[0]?.points ?? {}).length;
  const chance = common.p < 0.01 ? "fewer than 1" : String(Math.round(common.p * 100));
  return `All ${people} orders together: W ${common.w.toFixed(2)} (1 is one order, 0 none in common; by chance alone in ${chance} of 100 cases).`;
}

function mustHaveSentence({ mustHaves }: Weighing, name: (person: string) => string): string {
  const [one, other] = Object.entries(mustHaves);
  if (one === undefined || other === undefined) return "";
  const both = one[1].filter((id) => other[1].includes(id));
  const alone = [one, other].flatMap(([person, ids]) => {
    const own = ids.filter((id) => !both.includes(id));
    return own.length === 0 ? [] : [`only to ${name(person)}: ${list(own)}`];
  });
  return `Must-haves to both: ${both.length === 0 ? "none" : list(both)}${alone.length === 0 ? "" : `; ${alone.join("; ")}`}.`;
}

function nextSentence(role: Role, { ahead, distance }: Weighing): string {
  if (ahead.length > 0) return `${list(ahead)} weighed again; that round is shown once the other side has, too (hire weigh ${role.id}).`;
  const take =
    role.rubric === undefined
      ? `hire rubric ${role.id} drafts it with the mean of both`
      : `hire rubric ${role.id} --weighed takes the mean of both`;
  return (distance ?? 0) * 100 >= apartFrom
    ? `Talk, then weigh again, each alone (hire weigh ${role.id}; both rounds are kept). Or ${take}.`
    : `Next: ${take}.`;
}
