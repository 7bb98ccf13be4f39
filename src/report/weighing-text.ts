import { list, number } from "../core/change/words.ts";
import { type Role, roleTitle } from "../core/document.ts";
import { apartFrom, commonOrder, type Difference, type Probe, probe, type Weighing, weighingFor } from "../core/priorities.ts";
import { columns, labelled, padEnd, padStart, type Style, wrap } from "./style.ts";

/** Questions that one talk has time for, and one screen room. */
const mostQuestions = 3;

/** Halves go up, as people round; 4.55 is a little less than that to a machine. */
const tenth = (value: number): string => (Math.round(value * 10 + 1e-9) / 10).toFixed(1);

const points = (value: number): string => number(Math.round(value * 10) / 10);

/** Where everyone stands once both sides have weighed, as an agenda for the talk; until then, only who is still due. */
export function weighingText(role: Role, viewer: string | undefined, style: Style): string {
  const weighing = weighingFor(role, viewer);
  const { given, due, sealed, withheld, differences, round, ahead } = weighing;
  if (due.length > 0)
    return `${given.length === 0 ? "Nobody has weighed yet" : `In: ${given.join(", ")}`}. Still to weigh: ${due.join(", ")} (hire weigh ${role.id}).\nNobody's points are shown before both sides' are in.\n`;
  if (round === 0 && sealed.length > 0)
    return `In: ${given.join(", ")}. Sealed: ${sealed.join(", ")}. Whoever holds a key opens them: hire unseal ${role.id}\n`;
  if (withheld)
    return `In: ${given.join(", ")}. You see their points once you have given yours (hire weigh ${role.id}), or once both sides have signed.\n`;
  if (differences.length === 0) return "One person speaks for both sides: there is nothing to compare.\n";
  const name = (person: string): string => (person === viewer ? "you" : person);
  const lines = [
    style.bold(`${roleTitle(role)}: where you stand${round > 1 || ahead.length > 0 ? `, round ${round}` : ""}`),
    ...tableLines(differences, name, style),
    "",
  ];
  const say = (text: string): void => void (text === "" ? [] : lines.push(...wrap(text, style.width)));
  say(earlierSentence(weighing, name));
  lines.push(...agendaLines(differences, role, name, style));
  say(mustHaveSentence(role, weighing, name));
  say(dissentSentence(weighing, name));
  say(likenessSentence(weighing));
  say(commonSentence(weighing));
  say(nextSentence(role, weighing, name));
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
    ...wrap(`To talk about, largest first. What is a candidate worth, of ${high}, with ${low} on it and ${high} on all else?`, style.width),
    ...lines,
    ...(rest.length === 0 ? [] : wrap(`  After these: ${list(rest)}.`, style.width, 2)),
    "",
  ];
}

/** "you gave it 40, riku 15: worth 3.8 to you and 4.6 to riku"; whichever side gave more, first. */
export function agendaWords({ points: given }: Difference, { worth }: Probe, name: (person: string) => string): string {
  const [manager = "", recruiter = ""] = Object.keys(given);
  const ends = (given[manager] ?? 0) >= (given[recruiter] ?? 0) ? [manager, recruiter] : [recruiter, manager];
  const [most, least] = ends.map((person) => points(given[person] ?? 0));
  const values = ends.map((person) => `${tenth(worth[person] ?? 0)} to ${name(person)}`);
  return `${name(ends[0] ?? "")} gave it ${most ?? ""}, ${name(ends[1] ?? "")} ${least ?? ""}: worth ${list(values)}`;
}

/** Whose points are older than the rest. */
function earlierSentence({ earlier }: Weighing, name: (person: string) => string): string {
  return earlier.length === 0 ? "" : `Of an earlier round, the last they gave: ${list(earlier.map(name))}.`;
}

/** What the panel sees otherwise than both sides. */
function dissentSentence({ dissent }: Weighing, name: (person: string) => string): string {
  const [first] = dissent;
  if (first === undefined) return "";
  const words = dissent.slice(0, mostQuestions).map(({ person, item, points: given }) => `${name(person)} gave ${item} ${points(given)}`);
  return `Far from both sides: ${list(words)}.`;
}

function likenessSentence({ distance, concordance, before }: Weighing): string {
  if (distance === null || concordance === null) return "";
  const then = before?.distance === null || before?.distance === undefined ? "" : `, ${points(before.distance * 100)} before the talk`;
  const alike =
    distance < 1e-9
      ? "all"
      : concordance >= 0.95
        ? "nearly all"
        : concordance < 0.55
          ? "half, as by chance,"
          : `about ${Math.round(concordance * 10)}`;
  return `The two sides differ in ${points(distance * 100)} of 100 points${then}: of ten pairs of candidates they would order ${alike} alike.`;
}

/** Whether the orders of three or more people have more in common than chance would give them. */
function commonSentence(weighing: Weighing): string {
  const common = commonOrder(weighing);
  if (common === null) return "";
  const people = Object.keys(weighing.differences[0]?.points ?? {}).length;
  return common.p < 0.05
    ? `All ${people} of you put these in more alike an order than chance would.`
    : `The orders of all ${people} of you have no more in common than chance would give them.`;
}

/** Must-haves as both sides named them, beside what the brief says. */
function mustHaveSentence(role: Role, { mustHaves }: Weighing, name: (person: string) => string): string {
  const [one, other] = Object.entries(mustHaves);
  if (one === undefined || other === undefined) return "";
  const both = one[1].filter((id) => other[1].includes(id));
  const alone = [one, other].flatMap(([person, ids]) => {
    const own = ids.filter((id) => !both.includes(id));
    return own.length === 0 ? [] : [`only to ${name(person)}: ${list(own)}`];
  });
  const brief = (role.intake?.data.requirements ?? []).filter(({ need }) => need === "must-have").map(({ id }) => id);
  const unsaid = brief.filter((id) => !both.includes(id));
  const differs = unsaid.length === 0 ? "" : ` The brief says so of ${list(unsaid)}, too.`;
  return `Must-haves to both: ${both.length === 0 ? "none" : list(both)}${alone.length === 0 ? "" : `; ${alone.join("; ")}`}.${differs}`;
}

function nextSentence(role: Role, { ahead, sealed, distance, round }: Weighing, name: (person: string) => string): string {
  if (ahead.length > 1 && ahead.some((person) => sealed.includes(person)))
    return `Both weighed again, alone; round ${round + 1} is sealed, and whoever holds a key opens it: hire unseal ${role.id}`;
  if (ahead.length > 0)
    return `${list(ahead.map(name))} weighed again, alone; round ${round + 1} is shown once the other side has, too (hire weigh ${role.id}).`;
  const take =
    role.rubric === undefined
      ? `hire rubric ${role.id} drafts it with the mean of both`
      : `hire rubric ${role.id} --weighed takes the mean of both`;
  return (distance ?? 0) * 100 >= apartFrom
    ? `Talk, then weigh again, each alone (hire weigh ${role.id}; both rounds are kept). Or ${take}.`
    : `Next: ${take}.`;
}
