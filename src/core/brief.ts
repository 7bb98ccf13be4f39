import { days } from "./align.ts";
import { number } from "./change/words.ts";
import { freeId } from "./id.ts";
import type { Assumption, Intake } from "./model.ts";
import { addDays, dayNumber, daysBetween, shortDate } from "./moment.ts";

/** Days in which whoever owns an open question finds out. */
const daysToFindOut = 5;

/** A question left open in the conversation. */
export interface OpenQuestion {
  readonly statement: string;
  readonly owner: string;
}

/** The day itself, or the Monday after a weekend. */
function workday(date: string): string {
  const weekday = (((dayNumber(date) + 4) % 7) + 7) % 7; // 0 is Sunday; 1970-01-01 was a Thursday
  return weekday === 6 ? addDays(date, 2) : weekday === 0 ? addDays(date, 1) : date;
}

/** Open questions as assumptions with an owner and a date; those that stand already are not added twice. */
export function withAssumptions(intake: Intake, open: readonly OpenQuestion[], raisedBy: string, today: string): Intake {
  if (open.length === 0) return intake;
  const known = intake.assumptions ?? [];
  const assumptions: Assumption[] = [...known];
  for (const { statement, owner } of open) {
    if (assumptions.some((assumption) => assumption.statement === statement)) continue;
    assumptions.push({
      id: freeId(
        statement,
        assumptions.map(({ id }) => id),
      ),
      statement,
      raised_by: raisedBy,
      owner,
      due: workday(addDays(today, daysToFindOut)),
      status: "open",
    });
  }
  return { ...intake, assumptions };
}

/** One thing to read aloud, with the sentences under it. */
export interface BriefSection {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** The brief as two people would read it to each other. Empty topics are left out. */
export function briefOf(intake: Intake, today: string): readonly BriefSection[] {
  const { requirements = [], compensation, location, team } = intake;
  const needed = (need: string): typeof requirements => requirements.filter((requirement) => requirement.need === need);
  const pay =
    compensation === undefined || (compensation.min === undefined && compensation.max === undefined)
      ? undefined
      : `${[compensation.min, compensation.max].flatMap((value) => (value === undefined ? [] : [number(value)])).join(" to ")} ${compensation.currency} a ${compensation.period}${compensation.approved_by === undefined ? ", not approved yet" : `, approved by ${compensation.approved_by}`}`;
  const sections: readonly BriefSection[] = [
    { heading: "Why now", lines: [intake.why, intake.before].flatMap((text) => (text === undefined ? [] : [text.trim()])) },
    {
      heading: "What must be true",
      lines: (intake.outcomes ?? []).map(
        ({ by, result, measure }) =>
          `${by === undefined ? "" : `After ${by}: `}${result}${measure === undefined ? "" : ` (we know by: ${measure})`}`,
      ),
    },
    { heading: "The work", lines: intake.work ?? [] },
    {
      heading: "Must-haves, most important first",
      lines: needed("must-have").map(
        ({ statement, test }, index) => `${index + 1}. ${statement}${test === undefined ? "" : ` (tested by: ${test})`}`,
      ),
    },
    {
      heading: "How they work",
      lines: (intake.ways_of_working ?? []).map(
        ({ behaviour, seen_when, missing_today }) =>
          `${behaviour}${seen_when === undefined ? "" : `; seen when: ${seen_when}`}${missing_today === true ? "; missing today" : ""}`,
      ),
    },
    {
      heading: "Deal-breakers",
      lines: needed("deal-breaker").map(({ statement, why }) => `${statement}${why === undefined ? "" : `, because: ${why}`}`),
    },
    {
      heading: "Nice to have",
      lines: needed("nice-to-have").map(
        ({ statement, trade }) => `${statement}${trade === undefined ? "" : ` (we would trade: ${trade})`}`,
      ),
    },
    {
      heading: "The offer",
      lines: [
        ...(pay === undefined ? [] : [pay]),
        [
          intake.level,
          location === undefined ? undefined : `${location.mode}${location.place === undefined ? "" : `, ${location.place}`}`,
          intake.start_by === undefined ? undefined : `start by ${shortDate(intake.start_by, today)}`,
        ]
          .filter((part) => part !== undefined)
          .join("; "),
        ...((intake.flexes ?? []).length > 0 ? [`What gives first: ${(intake.flexes ?? []).join(", ")}`] : []),
      ].filter((line) => line !== ""),
    },
    { heading: "Why they would want it", lines: intake.selling_points ?? [] },
    { heading: "What we say honestly", lines: intake.downsides ?? [] },
    {
      heading: "Where to look",
      lines: [
        ...(intake.sourcing?.where ?? []),
        ...(intake.sourcing?.avoid ?? []).map((place) => `not: ${place}`),
        ...(intake.profiles ?? []).map(
          ({ like, yes, no }) => `Like: ${like}${yes === undefined ? "" : `; yes if: ${yes}`}${no === undefined ? "" : `; no if: ${no}`}`,
        ),
      ],
    },
    {
      heading: "Who",
      lines: [
        `${team.hiring_manager} manages, ${team.recruiter} recruits, ${team.decider ?? team.hiring_manager} decides${(team.panel ?? []).length === 0 ? "" : `; interviewing: ${(team.panel ?? []).join(", ")}`}${(team.informed ?? []).length === 0 ? "" : `; to be told: ${(team.informed ?? []).join(", ")}`}`,
      ],
    },
    {
      heading: "Promised",
      lines: Object.entries(intake.expectations ?? {}).map(([name, time]) => `${name.replaceAll("-", " ")}: ${String(time)}`),
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

export function openAssumptions(intake: Intake): readonly Assumption[] {
  return (intake.assumptions ?? []).filter(({ status }) => status === "open");
}

/** "dana, by 6 Nov (in 4 days)" */
export function dueText({ owner, due }: Assumption, today: string): string {
  const left = daysBetween(today, due);
  return `${owner}, by ${shortDate(due, today)} (${left < 0 ? `${days(-left)} late` : left === 0 ? "today" : `in ${days(left)}`})`;
}
