import type { OpenQuestion } from "../core/brief.ts";
import { count } from "../core/change/words.ts";
import { freeId } from "../core/id.ts";
import type { JobDescription } from "../core/job-description.ts";
import { marketSays } from "../core/market.ts";
import type { Hire, Intake, Market, Outcome, Requirement, WayOfWorking } from "../core/model.ts";
import { addDays, isDate } from "../core/moment.ts";
import { realismOf } from "../core/realism.ts";
import { flexSentence, needsWords, poolSentences } from "../report/realism-text.ts";
import type { Memory, Talk } from "./talk.ts";

/** What is known when a topic is asked about. */
export interface TalkState {
  readonly intake: Intake;
  /** Questions left open so far, by topic. */
  readonly open: Readonly<Record<string, readonly OpenQuestion[]>>;
  /** Topics gone through. */
  readonly done: readonly string[];
  /** Answers by question, those of a topic not finished included. */
  readonly memory: Memory;
}

export interface TopicInput {
  readonly talk: Talk;
  readonly intake: Intake;
  readonly hire: Hire;
  readonly markets: readonly Market[];
  /** YYYY-MM-DD. */
  readonly today: string;
  /** What a job description suggests; empty where there is none, or the topic was gone through before. */
  readonly drafts: JobDescription;
  /** Leaves a question open, with the person who finds out. */
  readonly leaveOpen: (statement: string, owner: "manager" | "recruiter") => void;
}

/** A topic of the intake: asked in this order, as a good recruiter asks. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  ask(input: TopicInput): Promise<Partial<Intake>>;
}

const yesNo = [
  { value: true, label: "yes" },
  { value: false, label: "no" },
] as const;

export const topics: readonly Topic[] = [
  {
    id: "why",
    title: "Why now",
    lead: "What happens if nobody comes? And is the money approved?",
    async ask({ talk, intake, drafts, hire, leaveOpen }) {
      for (const text of drafts.why) talk.say(`  From the job description: "${text}"`);
      const why = await talk.ask({
        message: "Why this person, and why now?",
        initial: intake.why?.trim(),
        why: "The reason decides what may flex later, and it is what a good candidate asks first.",
      });
      if (why === undefined) leaveOpen("Why is this person needed now?", "manager");
      const approver = await talk.choose(
        "Is the money approved, and by whom?",
        [
          ...hire.people.filter(({ active }) => active !== false).map(({ id, name }) => ({ value: id, label: `yes, by ${name}` })),
          { value: "", label: "not yet" },
        ],
        intake.compensation?.approved_by ?? "",
      );
      if (approver === "") leaveOpen("Is the money approved?", "manager");
      const { approved_by: _, ...pay } = intake.compensation ?? { currency: "EUR", period: "year" as const };
      return {
        ...(why === undefined ? {} : { why }),
        ...(approver === "" && intake.compensation === undefined
          ? {}
          : { compensation: { ...pay, ...(approver === "" ? {} : { approved_by: approver }) } }),
      };
    },
  },
  {
    id: "before",
    title: "Who had it before",
    lead: "Who held this, or covers it now, and what went wrong?",
    async ask({ talk, intake, leaveOpen }) {
      const before = await talk.ask({
        message: "Who held or covers it, and what went wrong?",
        initial: intake.before?.trim(),
        why: "What failed last time is the best hint at what to look for, and at what to change besides the person.",
      });
      if (before === undefined) leaveOpen("Who held or covers this work, and what went wrong?", "manager");
      return before === undefined ? {} : { before };
    },
  },
  {
    id: "outcomes",
    title: "What must be true",
    lead: "Not what they bring: what is different because they came. And how you would know.",
    async ask({ talk, intake, leaveOpen }) {
      const known = intake.outcomes ?? [];
      const outcomes: Outcome[] = [];
      for (const by of ["90 days", "1 year"]) {
        const before = known.find((outcome) => outcome.by === by);
        const result = await talk.ask({
          message: `After ${by}, what is true that is not today?`,
          initial: before?.result,
          why: "An outcome tells which requirement is really needed, and later whether the brief was right.",
        });
        if (result === undefined) {
          leaveOpen(`What must be true after ${by}?`, "manager");
          continue;
        }
        const measure = await talk.ask({
          message: "How would you know?",
          initial: before?.measure,
          why: "If nobody could tell, it is a wish.",
        });
        if (measure === undefined) leaveOpen(`How would we know after ${by}: ${result}?`, "manager");
        outcomes.push({
          id:
            before?.id ??
            freeId(
              result,
              outcomes.map(({ id }) => id),
              24,
            ),
          by,
          result,
          ...(measure === undefined ? {} : { measure }),
        });
      }
      const others = known.filter(({ by }) => by !== "90 days" && by !== "1 year");
      return { outcomes: [...outcomes, ...others] };
    },
  },
  {
    id: "work",
    title: "The work",
    lead: "A usual week, not the job title.",
    async ask({ talk, intake, drafts, leaveOpen }) {
      const work = await talk.askList(
        "What will they really do?",
        drafts.work.length > 0 ? drafts.work : (intake.work ?? []),
        "People leave jobs that were described as something else.",
      );
      if (work.length === 0) leaveOpen("What does a usual week look like?", "manager");
      return { work };
    },
  },
  {
    id: "must-haves",
    title: "Must-haves",
    lead: "What could nobody succeed without in the first 90 days? Each one makes the pool smaller.",
    async ask({ talk, intake, today, drafts, leaveOpen }) {
      const others = (intake.requirements ?? []).filter(({ need }) => need !== "must-have");
      const known = (intake.requirements ?? []).filter(({ need }) => need === "must-have");
      const statements = await talk.askList(
        "What must they have done, or be able to do?",
        drafts.mustHaves.length > 0 ? drafts.mustHaves : known.map(({ statement }) => statement),
        "What they have done can be tested; 'strong skills' cannot.",
      );
      const requirements: Requirement[] = [];
      for (const statement of statements) {
        const before = known.find((requirement) => requirement.statement === statement);
        requirements.push(
          await challenge(
            talk,
            statement,
            before,
            [...others, ...requirements].map(({ id }) => id),
            leaveOpen,
          ),
        );
      }
      const mustHaves = requirements.filter(({ need }) => need === "must-have");
      if (mustHaves.length === 0) leaveOpen("What could nobody succeed without in the first 90 days?", "manager");
      if (mustHaves.length > 5)
        talk.say(`  That is ${mustHaves.length} must-haves. Each one shrinks the pool: which of them could someone learn?`);
      const ordered = mustHaves.length < 2 ? mustHaves : await rank(talk, mustHaves);
      const ranked = await prevalences(talk, ordered, leaveOpen);
      const realism = realismOf({ ...intake, requirements: [...ranked] }, [], sureOfOne, today);
      if (realism.pool !== null) for (const text of poolSentences(realism)) talk.say(`  The recruiter: ${text}`);
      return { requirements: [...ranked, ...requirements.filter(({ need }) => need !== "must-have"), ...others] };
    },
  },
  {
    id: "offer",
    title: "Pay, place, level, start",
    lead: "And at once: what does the market say to it?",
    async ask({ talk, intake, markets, today, drafts, leaveOpen }) {
      const { compensation, location } = intake;
      for (const text of drafts.offer) talk.say(`  From the job description: "${text}"`);
      const currency =
        (await talk.ask({
          message: "Currency?",
          initial: compensation?.currency ?? "EUR",
          check: (text) => (/^[A-Z]{3}$/u.test(text) ? undefined : "Three letters, such as EUR"),
        })) ?? "EUR";
      const amount = async (message: string, initial: number | undefined): Promise<number | undefined> => {
        const text = await talk.ask({
          message,
          initial: initial === undefined ? undefined : String(initial),
          check: (words) => (/^\d[\d ]*$/u.test(words) ? undefined : "A whole number"),
          why: "Declined offers are the most expensive way to learn the market.",
        });
        return text === undefined ? undefined : Number(text.replaceAll(" ", ""));
      };
      const min = await amount("From, a year?", compensation?.min);
      let max = await amount("Up to, a year?", compensation?.max);
      const least = min ?? 0;
      while (max !== undefined && max < least) {
        talk.say(`  ${max} is under ${least}.`);
        max = await amount("Up to, a year? (at least the lower end)", undefined);
      }
      const chosen =
        markets.length === 0
          ? ""
          : await talk.choose(
              "Which market is it?",
              [...markets.map(({ id, source }) => ({ value: id, label: `${id} (${source})` })), { value: "", label: "none of these" }],
              compensation?.market ?? markets[0]?.id,
            );
      const market = chosen === "" ? undefined : chosen;
      const pay = {
        ...compensation,
        currency,
        period: compensation?.period ?? ("year" as const),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...(market === undefined ? {} : { market }),
      };
      if (max === undefined) leaveOpen("What can be paid?", "manager");
      const says = markets.filter(({ id }) => id === market).map((known) => marketSays(pay, known))[0];
      talk.say(
        says === undefined ? "  No market figures to compare with: markets/ takes them, with their source." : `  The market: ${says}`,
      );
      if (says === undefined) leaveOpen("What does the market pay for this?", "recruiter");
      const mode = await talk.choose(
        "Where is the work done?",
        (["on-site", "hybrid", "remote"] as const).map((value) => ({ value, label: value })),
        location?.mode ?? "hybrid",
      );
      const place = await talk.ask({
        message: mode === "remote" ? "Within which time zones or countries?" : "In which place?",
        initial: location?.place,
      });
      const level = await talk.ask({ message: "Which level on your own ladder?", initial: intake.level });
      if (level === undefined) leaveOpen("Which level is it?", "manager");
      const start = await talk.ask({
        message: "Start by when? (2027-02-01)",
        initial: intake.start_by,
        check: (text) => (isDate(text) ? undefined : "A date such as 2027-02-01"),
      });
      const { funnel } = realismOf({ ...intake, compensation: pay }, markets, sureOfOne, today);
      if (funnel !== null) talk.say(`  The recruiter: ${needsWords(funnel, sureOfOne)}.`);
      if (funnel?.weeksFor !== null && funnel !== null) {
        const weeks = Math.ceil(funnel.weeksFor);
        const late = start !== undefined && addDays(today, weeks * 7) > start;
        talk.say(
          `  The recruiter: ${count(weeks, "week")} to be as sure of it${late ? `, which is past ${start}, before any notice period` : ""}.`,
        );
      }
      if (place === undefined) leaveOpen("Where is the work done?", "manager");
      if (start === undefined) leaveOpen("By when should they start?", "manager");
      return {
        compensation: pay,
        location: { mode, ...(place === undefined ? {} : { place }) },
        ...(level === undefined ? {} : { level }),
        ...(start === undefined ? {} : { start_by: start }),
      };
    },
  },
  {
    id: "flexes",
    title: "What flexes",
    lead: "If the market says no, what gives first?",
    async ask({ talk, intake, markets, today, leaveOpen }) {
      const mustHaves = (intake.requirements ?? []).filter(({ need }) => need === "must-have").map(({ id }) => id);
      const realism = realismOf({ ...intake, flexes: mustHaves }, markets, sureOfOne, today);
      for (const flex of realism.flexes) if (flex.pool !== null) talk.say(`  The recruiter: ${flexSentence(flex, realism)}`);
      const flexes = await talk.askList(
        "What gives first: a requirement, the start, the place, the pay, the level?",
        intake.flexes ?? [],
        "Decided now, it is a plan; decided after three months, it is a surprise.",
      );
      if (flexes.length === 0) leaveOpen("What gives first if the market says no?", "manager");
      return { flexes };
    },
  },
  {
    id: "ways",
    title: "How they work",
    lead: "Soft skills as behaviour: what would a camera see, and when? What is missing in the team today?",
    async ask({ talk, intake, leaveOpen }) {
      const known = intake.ways_of_working ?? [];
      const behaviours = await talk.askList(
        "What do the ones who do well here do? (as one could film it)",
        known.map(({ behaviour }) => behaviour),
        "'Good communicator' is filled in by each reader; 'says in an incident what is not known' is not.",
      );
      const ways: WayOfWorking[] = [];
      for (const behaviour of behaviours) {
        const before = known.find((way) => way.behaviour === behaviour);
        const seen = await talk.ask({ message: `"${behaviour}": when would one see it?`, initial: before?.seen_when });
        const missing = await talk.choose("Is it missing in the team today?", yesNo, before?.missing_today ?? false);
        if (seen === undefined) leaveOpen(`When would one see: ${behaviour}?`, "manager");
        ways.push({
          id:
            before?.id ??
            freeId(
              behaviour,
              ways.map(({ id }) => id),
              24,
            ),
          behaviour,
          ...(seen === undefined ? {} : { seen_when: seen }),
          missing_today: missing,
        });
      }
      if (ways.length === 0) leaveOpen("Which behaviour matters, and when does it show?", "manager");
      return { ways_of_working: ways };
    },
  },
  {
    id: "deal-breakers",
    title: "Deal-breakers",
    lead: "What ends an application, and for what reason of the job?",
    async ask({ talk, intake }) {
      const known = (intake.requirements ?? []).filter(({ need }) => need === "deal-breaker");
      const others = (intake.requirements ?? []).filter(({ need }) => need !== "deal-breaker");
      const statements = await talk.askList(
        "What would make us stop? (empty: nothing)",
        known.map(({ statement }) => statement),
        "Without a job reason a deal-breaker is a taste, and may be unlawful.",
      );
      const breakers: Requirement[] = [];
      for (const statement of statements) {
        const before = known.find((requirement) => requirement.statement === statement);
        const why = await talk.ask({ message: `"${statement}": which part of the job makes it one?`, initial: before?.why });
        if (why === undefined) {
          talk.say("  Without a reason of the job it is dropped.");
          continue;
        }
        breakers.push({
          id:
            before?.id ??
            freeId(
              statement,
              [...others, ...breakers].map(({ id }) => id),
              24,
            ),
          need: "deal-breaker",
          statement,
          why,
        });
      }
      return { requirements: [...others, ...breakers] };
    },
  },
  {
    id: "nice-to-haves",
    title: "Nice to have",
    lead: "And what would you trade for each?",
    async ask({ talk, intake, drafts }) {
      const known = (intake.requirements ?? []).filter(({ need }) => need === "nice-to-have");
      const others = (intake.requirements ?? []).filter(({ need }) => need !== "nice-to-have");
      const statements = await talk.askList("What else would be welcome? (empty: nothing)", [
        ...known.map(({ statement }) => statement),
        ...drafts.niceToHaves,
      ]);
      const nice: Requirement[] = [];
      for (const statement of statements) {
        const before = known.find((requirement) => requirement.statement === statement);
        const trade = before?.trade ?? (await talk.ask({ message: `"${statement}": what would you give for it, or accept without it?` }));
        nice.push({
          ...before,
          id:
            before?.id ??
            freeId(
              statement,
              [...others, ...nice].map(({ id }) => id),
              24,
            ),
          need: "nice-to-have",
          statement,
          ...(trade === undefined ? {} : { trade }),
        });
      }
      return { requirements: [...others, ...nice] };
    },
  },
  {
    id: "selling",
    title: "Why they would want it",
    lead: "And what an honest colleague would warn of: candidates find out anyway.",
    async ask({ talk, intake, drafts, leaveOpen }) {
      const selling = await talk.askList(
        "Why would a good candidate want this?",
        drafts.sellingPoints.length > 0 ? drafts.sellingPoints : (intake.selling_points ?? []),
      );
      const downsides = await talk.askList(
        "What would an honest colleague warn of?",
        intake.downsides ?? [],
        "Told early, a downside keeps the right people and spares the others.",
      );
      if (selling.length === 0) leaveOpen("Why would a good candidate want this?", "manager");
      if (downsides.length === 0) leaveOpen("What would an honest colleague warn of?", "manager");
      return { selling_points: selling, downsides };
    },
  },
  {
    id: "sourcing",
    title: "Where to look",
    lead: "And where not. Then two or three real profiles: what would each make us say?",
    async ask({ talk, intake, leaveOpen }) {
      const where = await talk.askList("Where are such people?", intake.sourcing?.where ?? []);
      const avoid = await talk.askList("Where should we not look? (empty: nowhere)", intake.sourcing?.avoid ?? []);
      const known = intake.profiles ?? [];
      const likes = await talk.askList(
        "A real profile in a line, without a name (two or three help most):",
        known.map(({ like }) => like),
        "Two people who say the same words may mean different people; a profile shows it.",
      );
      const profiles: { like: string; yes?: string; no?: string }[] = [];
      for (const like of likes) {
        const before = known.find((profile) => profile.like === like);
        const yes = await talk.ask({ message: `"${like}": what would make you meet them?`, initial: before?.yes });
        const no = await talk.ask({ message: "And what would make you decline?", initial: before?.no });
        profiles.push({ like, ...(yes === undefined ? {} : { yes }), ...(no === undefined ? {} : { no }) });
      }
      if (profiles.length === 0) leaveOpen("Which real profiles would make us say yes, and which no?", "manager");
      if (where.length === 0) leaveOpen("Where are such people?", "recruiter");
      return { sourcing: { ...(where.length > 0 ? { where } : {}), ...(avoid.length > 0 ? { avoid } : {}) }, profiles };
    },
  },
  {
    id: "team",
    title: "Who",
    lead: "Who interviews, who decides, and who must be told?",
    async ask({ talk, intake, hire, leaveOpen }) {
      const ids = hire.people.filter(({ active }) => active !== false).map(({ id }) => id);
      const check = (text: string): string | undefined => {
        const stranger = splitIds(text).find((id) => !ids.includes(id));
        return stranger === undefined ? undefined : `${stranger} is nobody in hire.yaml: ${ids.join(", ")}`;
      };
      const panel = splitIds(
        (await talk.ask({ message: `Who interviews? (${ids.join(", ")})`, initial: intake.team.panel?.join(", "), check })) ?? "",
      );
      if (panel.length === 0) leaveOpen("Who interviews?", "manager");
      const decider = await talk.choose(
        "Who decides?",
        hire.people.map(({ id, name }) => ({ value: id, label: name })),
        intake.team.decider ?? intake.team.hiring_manager,
      );
      const informed = splitIds(
        (await talk.ask({
          message: "Who must be told, without a say? (empty: nobody)",
          initial: intake.team.informed?.join(", "),
          check,
        })) ?? "",
      );
      const { hiring_manager, recruiter } = intake.team;
      return {
        team: { hiring_manager, recruiter, ...(panel.length > 0 ? { panel } : {}), decider, ...(informed.length > 0 ? { informed } : {}) },
      };
    },
  },
  {
    id: "promises",
    title: "What you promise each other",
    lead: "How fast does each side answer? Good candidates are gone in ten days.",
    async ask({ talk, intake, hire }) {
      const usual = { ...hire.expectations, ...intake.expectations };
      const promise = async (message: string, initial: string): Promise<string> =>
        (await talk.ask({
          message,
          initial,
          check: (text) =>
            /^[1-9]\d{0,3} (?:business hours?|business days?|hours?|days?|weeks?)$/u.test(text) ? undefined : "Such as: 2 business days",
        })) ?? initial;
      const profile = await promise(
        `${intake.team.hiring_manager}: a presented profile is answered within`,
        usual["profile-feedback"] ?? "2 business days",
      );
      const scorecard = await promise("Interviewers: a scorecard is in within", usual.scorecard ?? "1 business day");
      const update = await promise(
        `${intake.team.recruiter}: a candidate hears from us within`,
        usual["candidate-update"] ?? "3 business days",
      );
      const own = { "profile-feedback": profile, scorecard, "candidate-update": update };
      const differing = Object.fromEntries(
        Object.entries(own).filter(([name, time]) => hire.expectations?.[name as keyof typeof own] !== time),
      );
      return Object.keys(differing).length === 0 ? {} : { expectations: { ...intake.expectations, ...differing } };
    },
  },
];

/** A must-have has to stand two questions; one that can be learnt becomes a nice-to-have. */
async function challenge(
  talk: Talk,
  statement: string,
  before: Requirement | undefined,
  taken: readonly string[],
  leaveOpen: TopicInput["leaveOpen"],
): Promise<Requirement> {
  const id = before?.id ?? freeId(statement, taken, 24);
  talk.say(`  "${statement}"`);
  const needed = await talk.choose(
    "Could someone succeed in the first 90 days without it?",
    [
      { value: true, label: "no" },
      { value: false, label: "yes, they could learn it or others could cover it" },
    ],
    true,
  );
  if (!needed) {
    const trade = await talk.ask({ message: "Then it is a nice-to-have. What would you accept instead?", initial: before?.trade });
    return { id, need: "nice-to-have", statement, ...(trade === undefined ? {} : { trade }) };
  }
  const without = await talk.ask({
    message: "What would fail without it?",
    initial: before?.without_it,
    why: "If nothing would fail, it is no must-have.",
  });
  const test = await talk.ask({
    message: "How will we find out whether they have it?",
    initial: before?.test,
    why: "What nobody tests is decided by impression.",
  });
  if (without === undefined) leaveOpen(`What would fail without: ${statement}?`, "manager");
  if (test === undefined) leaveOpen(`How will we test: ${statement}?`, "manager");
  const { why, outcome, prevalence } = before ?? {};
  return {
    id,
    need: "must-have",
    statement,
    ...(why === undefined ? {} : { why }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(without === undefined ? {} : { without_it: without }),
    ...(test === undefined ? {} : { test }),
    ...(prevalence === undefined ? {} : { prevalence }),
  };
}

/** How sure of one hire candidates and weeks are told for. */
const sureOfOne = 0.8;

/** The recruiter's word on how common each must-have is; what nobody knows stays unsaid. */
async function prevalences(talk: Talk, items: readonly Requirement[], leaveOpen: TopicInput["leaveOpen"]): Promise<readonly Requirement[]> {
  if (items.length === 0) return items;
  const known = items.map(({ prevalence }) => (prevalence === undefined ? "?" : String(Math.round(prevalence * 100))));
  const isShare = (word: string): boolean => word === "?" || (/^\d{1,3}$/u.test(word) && Number(word) >= 1 && Number(word) <= 100);
  const text = await talk.ask({
    message: `Recruiter: of 100 who would otherwise do, how many have ${items.length === 1 ? "it" : "each, in this order"}? ('-': nobody knows)`,
    initial: known.every((word) => word === "?") ? undefined : known.join(" "),
    why: "Two must-haves that 30 of 100 have each may leave 9 people, or none.",
    check: (words) =>
      splitIds(words).length === items.length && splitIds(words).every(isShare)
        ? undefined
        : `${items.length === 1 ? "A number" : `${items.length} numbers`} from 1 to 100, or ? for what nobody knows`,
  });
  if (text === undefined) {
    if (known.every((word) => word === "?")) leaveOpen("How common are the must-haves among people who would otherwise do?", "recruiter");
    return items;
  }
  return items.map((item, index) => {
    const { prevalence: _before, ...rest } = item;
    const word = splitIds(text)[index] ?? "?";
    return word === "?" ? rest : { ...rest, prevalence: Number(word) / 100 };
  });
}

async function rank(talk: Talk, items: readonly Requirement[]): Promise<readonly Requirement[]> {
  talk.say(items.map(({ statement }, index) => `  ${index + 1}. ${statement}`).join("\n"));
  const usual = items.map((_, index) => index + 1).join(" ");
  const order = await talk.ask({
    message: "In which order, the most important first? (numbers)",
    initial: usual,
    why: "If you could have only one, which? The order decides what gives first.",
    check: (text) =>
      splitIds(text).toSorted().join(" ") === usual.split(" ").toSorted().join(" ") ? undefined : `Each number once: ${usual}`,
  });
  return splitIds(order ?? usual).flatMap((place) => items[Number(place) - 1] ?? []);
}

function splitIds(text: string): readonly string[] {
  return text.split(/[\s,]+/u).filter((word) => word !== "");
}
