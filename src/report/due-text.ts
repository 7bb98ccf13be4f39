import { type BusinessCalendar, businessWords, clockWords } from "../core/business-time.ts";
import { count } from "../core/change/words.ts";
import { shortDate } from "../core/moment.ts";
import { type Acceptance, isOpen, type Promised, type SideRecord } from "../core/promises.ts";
import { md, mdTable } from "./markdown.ts";
import { columns, labelled, padEnd, type Style, wrap } from "./style.ts";

export interface Due {
  readonly now: string;
  readonly promises: readonly Promised[];
  readonly sides: readonly SideRecord[];
  readonly acceptance: Acceptance;
  /** In whose days lengths are told. */
  readonly calendar: BusinessCalendar;
  /** What is done, too. */
  readonly all: boolean;
}

/** Every promise that is open: what is late first, then what comes next; below it how both sides kept theirs. */
export function dueText(due: Due, style: Style): string {
  const { promises, all } = due;
  const open = promises.filter(isOpen);
  const late = open.filter((promised) => promised.late > 0);
  const next = open.filter((promised) => promised.late === 0);
  const done = all ? promises.filter((promised) => !isOpen(promised)) : [];
  const lines: string[] = [];
  const part = (title: string, own: readonly Promised[]): void => {
    if (own.length === 0) return;
    lines.push(style.bold(title));
    const widest = Math.max(...own.map(({ owner }) => columns(owner)));
    for (const promised of own) {
      lines.push(...labelled(`  ${padEnd(promised.owner, widest)}  `, promisedWords(promised, due), style.width));
      if (isOpen(promised)) lines.push(`${" ".repeat(widest + 4)}${style.dim(promised.command)}`);
    }
    lines.push("");
  };
  part("Late", late);
  part("Due", next);
  part("Done", done);
  if (open.length === 0)
    lines.push(promises.length === 0 ? "Nothing is promised yet, or nothing has happened." : "Nobody owes anybody anything.", "");
  for (const sentence of [...recordSentences(due), ...acceptanceSentences(due.acceptance)]) lines.push(...wrap(sentence, style.width, 2));
  return `${lines.join("\n").replace(/\n+$/u, "")}\n`;
}

/** "amber-otter: answer the profile, due Thu 5 Nov 09:12, 2 days late". */
export function promisedWords(promised: Promised, { now, calendar }: Due): string {
  const { candidate, what, due, done, lapsed, late, title } = promised;
  const where = candidate === null ? title : candidate;
  const lateness = late > 0 ? `, ${lateWords(promised, calendar)} late` : "";
  const end = done === null ? (lapsed === null ? "" : `, never done (fell away ${moment(lapsed, now)})`) : `, done ${moment(done, now)}`;
  const when = `due ${moment(due, now)}${end}`;
  return `${where}: ${what}, ${when}${lateness}`;
}

/** How late, in the days in which it was promised. */
export function lateWords({ late, lateBy }: Pick<Promised, "late" | "lateBy">, calendar: BusinessCalendar): string {
  return lateBy === "clock" ? clockWords(late) : businessWords(late, calendar);
}

/** "5 Nov 09:12", as the owner's clock has it. */
function moment(time: string, now: string): string {
  return `${shortDate(time, now)} ${time.slice(11, 16)}`;
}

/** "Kept: hiring manager 5 of 7 (median 6 h, slowest 3 days)". */
export function recordSentences({ sides, calendar }: Pick<Due, "sides" | "calendar">): readonly string[] {
  return sides.map(({ side, kept, all, median, slowest }) => {
    const times =
      median === null || slowest === null ? "" : `; median ${businessWords(median, calendar)}, slowest ${businessWords(slowest, calendar)}`;
    return `Kept by the ${side}: ${kept} of ${count(all, "promise")}${times}`;
  });
}

export function acceptanceSentences({ presented, accepted, declined, left, reasons }: Acceptance): readonly string[] {
  if (presented === 0) return [];
  const stated = reasons.filter((reason) => reason.stated).map(({ on, count: amount }) => `${on} ${amount}`);
  const hidden = reasons.filter((reason) => !reason.stated).map(({ on, count: amount }) => `"${on}"${amount > 1 ? ` ${amount}` : ""}`);
  const open = presented - accepted - declined - left;
  const were = (amount: number): string => `${amount} ${amount === 1 ? "was" : "were"}`;
  return [
    `Of ${count(presented, "presented profile")}, ${were(accepted)} accepted, ${declined} declined${left > 0 ? `, ${left} left before an answer` : ""}${open > 0 ? `, ${open} ${open === 1 ? "waits" : "wait"}` : ""}${stated.length > 0 ? `; declined for ${stated.join(", ")}` : ""}.`,
    ...(hidden.length > 0 ? [`Declined for what stands in no brief and no rubric: ${hidden.join("; ")}. Say it there, or let it go.`] : []),
  ];
}

/** The same as Markdown; every text from files inert. */
export function dueMarkdown(due: Due): string {
  const open = due.promises.filter((promised) => due.all || isOpen(promised));
  const sections = [
    "## What is due",
    open.length === 0
      ? "Nobody owes anybody anything."
      : mdTable(
          ["Who", "What", "Due", "Late"],
          open.map((promised) => [
            md(promised.owner),
            md(`${promised.candidate ?? promised.title}: ${promised.what}`),
            moment(promised.due, due.now),
            promised.late > 0 ? lateWords(promised, due.calendar) : "",
          ]),
        ),
    ...[...recordSentences(due), ...acceptanceSentences(due.acceptance)].map(md),
  ];
  return `${sections.join("\n\n")}\n`;
}
