import type { Context } from "../context.ts";
import { type Change, isSameItem, needsReason } from "../core/change/change.ts";
import { compareRoles, isAgreed, teamOf } from "../core/change/compare.ts";
import { number, percent } from "../core/change/words.ts";
import { digest } from "../core/digest.ts";
import { type Doc, oneLine, type Role, roleTitle } from "../core/document.ts";
import { startOf } from "../core/finding.ts";
import { type FormerVersions, noVersions } from "../core/former.ts";
import { isId, toId } from "../core/id.ts";
import { impactOf } from "../core/impact.ts";
import type { Criterion, Intake, Rubric } from "../core/model.ts";
import { isDate } from "../core/moment.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { sharesOf } from "../core/rubric.ts";
import { retireCriterion } from "../core/rubric-edits.ts";
import { oldestStanding } from "../core/sign-off.ts";
import { changeLines, impactByChange } from "../report/diff-text.ts";
import { editYaml } from "../workspace/edit.ts";
import { rolePath } from "../workspace/layout.ts";
import { setAt } from "../workspace/set.ts";
import { collect, type CommandDefinition, type Globals } from "./command.ts";
import { kept, type Kept, withDraft } from "./draft.ts";
import { readPairs, requireValid } from "./input.ts";
import { note, outputStyle } from "./print.ts";
import { askReasons, declareReasons, type ReasonOptions, updateFile } from "./reasons.ts";
import { type NewText, save } from "./save.ts";
import {
  actorOf,
  canAsk,
  chooseRole,
  committedRole,
  formerOf,
  type Hiring,
  marketsOf,
  openHiring,
  requireIntake,
  requireRubric,
  reweightOf,
} from "./session.ts";
import { applySets, setHelp } from "./set-flags.ts";

interface ChangeOptions extends ReasonOptions {
  readonly set?: readonly string[];
  readonly retire?: string;
}

/** Rubric and brief as they would stand. */
interface Edited {
  readonly rubric: Rubric;
  readonly intake: Intake;
  /** A criterion that goes: its reason is the change's own. */
  readonly retired: readonly string[];
}

export const command: CommandDefinition<ChangeOptions> = {
  declare(program) {
    program
      .argument("[role]", "the role")
      .option("--set <path=value>", `in rubric or brief: ${setHelp}`, collect)
      .option("--retire <criterion>", "take a criterion out for good");
    declareReasons(program);
    program.addHelpText(
      "after",
      '\nThe guided way to change what is looked for: what, why, whom to ask, what happens to scores, saved once. What it\ndoes to the order of candidates is shown only then.\n  hire change --set criteria.design.weight=3 --reason "…"\n  hire change --set compensation.max=82000 --reason "…" --for riku',
    );
  },
  writes: () => true,
  async run({ args: [roleId], options, globals, context }) {
    const hiring = await openHiring(context, globals);
    const role = await chooseRole(hiring, roleId, context, globals);
    const actor = await actorOf(hiring, context, globals);
    const intake = requireIntake(role).data;
    const rubric = requireRubric(role).data;
    if (!teamOf(role).has(actor.id))
      throw new Refusal(`${actor.name} is not on the team of ${roleTitle(role)}`, {
        hint: `its team changes what it looks for: ${[...teamOf(role)].join(", ")}`,
      });
    await refuseUncommitted(hiring, role);
    const { result: edited, forget } = await editsOf({ rubric, intake, retired: [] }, role, options, globals, context);
    const style = outputStyle(globals, context);
    const changed = withEdits(role, edited);
    const seen = compareRoles(role, changed, reweightOf(hiring.workspace));
    if (seen.changes.length === 0 && seen.shifted === undefined)
      throw new Refusal("nothing would change", { hint: "hire change --set path=value, or hire change on a terminal asks" });
    const agreed = isAgreed(role);
    const meant = seen.changes.filter((change) => needsReason(change, agreed));
    const former = (await formerOf(hiring, [changed])).get(role.id) ?? noVersions;
    // Whom it touches may be known beforehand; what it does to the order may not.
    const touched = impactByChange(seen, impactOf(role, changed, { ...seen, agreed: true }, former));
    note(context, `${changeLines({ changes: { ...seen, agreed: false }, impact: touched, agreements: [] }, style).join("\n")}\n\n`);
    const wants = meant.length > 0 || options.reason !== undefined;
    const subject = meant.length > 0 ? meant : seen.changes;
    const reasons = wants ? await askReasons(subject, { role, actor, hiring, guided: true }, options, globals, context) : undefined;
    const final = {
      ...edited,
      rubric: edited.retired.reduce((left, id) => retireCriterion(left, id, reasons?.reason ?? options.reason), edited.rubric),
    };
    const update =
      reasons === undefined ? undefined : updateFile(role, actor, subject, named(changed, subject, former, hiring), reasons, context);
    const texts = [
      ...changedText(hiring, context, rolePath(role.id, "rubric.yaml"), rubric, requireValid("rubric", final.rubric, "rubric.yaml")),
      ...changedText(hiring, context, rolePath(role.id, "intake.yaml"), intake, requireValid("intake", final.intake, "intake.yaml")),
      ...(update === undefined ? [] : [update.file]),
    ];
    const summary = update?.update.summary ?? subject.map(({ text }) => text).join("; ");
    await save(hiring, context, globals, texts, `Change ${roleTitle(role)}: ${summary}`.slice(0, 100), {
      "Hire-Role": role.id,
      ...(update === undefined ? {} : { "Hire-Update": update.id }),
    });
    forget();
    await showAfter(hiring, role, globals, context);
    return exitCode.ok;
  },
};

/** What the reader of the report sees of the same items: their whole way since the agreement. */
function named(after: Role, subject: readonly Change[], former: FormerVersions, hiring: Hiring): readonly Change[] {
  const since = oldestStanding(after, former, reweightOf(hiring.workspace))?.changes?.changes ?? [];
  const whole = since.filter((change) => change.explanation === undefined && subject.some((own) => isSameItem(own, change)));
  return [...subject, ...whole.filter(({ fingerprint }) => !subject.some((change) => change.fingerprint === fingerprint))];
}

function withEdits(role: Role, { rubric, intake, retired }: Edited): Role {
  const doc = <T>(old: Doc<T> | undefined, data: T): Doc<T> => ({ path: old?.path ?? "", data, at: () => startOf(old?.path ?? "") });
  const left = retired.reduce((current, id) => retireCriterion(current, id, "-"), rubric);
  return { ...role, rubric: doc(role.rubric, left), intake: doc(role.intake, intake) };
}

/** An edit made by hand and not committed would be saved with this one, unexplained. */
async function refuseUncommitted(hiring: Hiring, role: Role): Promise<void> {
  if ((await hiring.repository?.head()) === undefined) return;
  const committed = await committedRole(hiring, role.id);
  const changes = compareRoles(committed, role, reweightOf(hiring.workspace)).changes;
  if (changes.length === 0) return;
  throw new Refusal(
    `${[...new Set(changes.map(({ file }) => rolePath(role.id, file)))].join(" and ")} holds changes that are not committed`,
    {
      hint: "hire diff shows them; give their reason (hire explain) and commit them first",
    },
  );
}

function changedText<K extends Rubric | Intake>(hiring: Hiring, context: Context, path: string, before: K, after: K): readonly NewText[] {
  if (before === after) return [];
  const old = context.files.read(context.files.resolve(hiring.root, path)) ?? "";
  const text = editYaml(old, after);
  return text === old ? [] : [{ path, text }];
}

const rubricKeys: ReadonlySet<string> = new Set(["scale", "criteria", "stages", "decision", "retired"]);

async function editsOf(start: Edited, role: Role, options: ChangeOptions, globals: Globals, context: Context): Promise<Kept<Edited>> {
  if (options.set === undefined && options.retire === undefined) {
    if (!canAsk(context, globals))
      throw new Refusal("what changes?", {
        hint: "--set path=value (criteria.design.weight=3, compensation.max=82000), or --retire CRITERION",
      });
    const base = digest([start.rubric, start.intake]);
    return withDraft<Edited & { readonly base: string }, Edited>(
      `change-${role.id}`,
      { ...start, base },
      context,
      globals,
      async (draft) => {
        // What was begun on other words would take back what became of them meanwhile.
        if (draft.value.base !== base) {
          note(
            context,
            "Rubric or brief has changed since you were interrupted: what you had begun is dropped, so that nothing of that is undone.\n",
          );
          draft.save({ ...start, base });
        }
        for (;;) {
          const next = await askOne(draft.value, role, context);
          if (next === undefined) return draft.value;
          draft.save({ ...next, base });
          const changes = compareRoles(role, withEdits(role, next), 1).changes.map(({ text }) => text);
          note(context, `  ${changes.length === 0 ? "as it was" : changes.join("; ")}\n`);
        }
      },
    );
  }
  const sets = options.set ?? [];
  const ofRubric = sets.filter((flag) => rubricKeys.has(readPairs([flag], "--set path=value")[0]?.[0].split(".")[0] ?? ""));
  const ofIntake = sets.filter((flag) => !ofRubric.includes(flag));
  const rubric = ofRubric.length === 0 ? start.rubric : requireValid("rubric", applySets(start.rubric, ofRubric), "rubric.yaml");
  return kept({
    rubric,
    intake: ofIntake.length === 0 ? start.intake : requireValid("intake", applySets(start.intake, ofIntake), "intake.yaml"),
    retired: options.retire === undefined ? [] : [options.retire],
  });
}

type Step = (edited: Edited, context: Context) => Promise<Edited>;

/** One change, asked for; undefined where there is no more. */
async function askOne(edited: Edited, role: Role, context: Context): Promise<Edited | undefined> {
  const shares = sharesOf(edited.rubric.criteria);
  const begun = edited.rubric !== role.rubric?.data || edited.intake !== role.intake?.data || edited.retired.length > 0;
  const pay = edited.intake.compensation;
  const step = await context.prompts.choose<Step | undefined>(begun ? "What else changes?" : "What changes?", [
    ...(begun ? [{ value: undefined, label: "nothing more" }] : []),
    ...edited.rubric.criteria
      .filter(({ id }) => !edited.retired.includes(id))
      .map((criterion) => ({
        value: (now: Edited) => askCriterion(now, criterion, context),
        label: `${criterion.id}: ${oneLine(criterion.name)}`,
        hint: percent(shares.get(criterion.id) ?? 0),
      })),
    ...(edited.intake.requirements ?? []).map(({ id, need, statement }) => ({
      value: (now: Edited) => askRequirement(now, id, context),
      label: `${need} ${id}: ${oneLine(statement)}`,
    })),
    { value: askPay, label: `pay${pay?.max === undefined ? "" : `: up to ${number(pay.max)} ${pay.currency}`}` },
    { value: field("location.place", "Where?", edited.intake.location?.place), label: `place: ${edited.intake.location?.place ?? "open"}` },
    { value: field("level", "Which level?", edited.intake.level), label: `level: ${edited.intake.level ?? "open"}` },
    {
      value: field("start_by", "Start by when? (2027-02-01)", edited.intake.start_by, (text) =>
        isDate(text) ? undefined : "A date such as 2027-02-01",
      ),
      label: `start by: ${edited.intake.start_by ?? "open"}`,
    },
    { value: askNewCriterion, label: "a new criterion" },
    { value: askNewRequirement, label: "a new requirement" },
  ]);
  return step === undefined ? undefined : step(edited, context);
}

const inRubric = (edited: Edited, path: string, value: unknown): Edited => ({
  ...edited,
  rubric: setAt(edited.rubric, path.split("."), value) as Rubric,
});
const inIntake = (edited: Edited, path: string, value: unknown): Edited => ({
  ...edited,
  intake: setAt(edited.intake, path.split("."), value) as Intake,
});

function field(path: string, message: string, initial: string | undefined, check?: (text: string) => string | undefined): Step {
  return async (edited, { prompts }) =>
    inIntake(
      edited,
      path,
      await prompts.text(message, {
        ...(initial === undefined ? {} : { initial }),
        check: (text) => (text.trim() === "" ? "A word or two" : check?.(text)),
      }),
    );
}

async function askNumber(
  message: string,
  initial: number | undefined,
  check: (value: number) => string | undefined,
  { prompts }: Context,
): Promise<number> {
  const text = await prompts.text(message, {
    ...(initial === undefined ? {} : { initial: String(initial) }),
    check: (words) => (words.trim() === "" || !Number.isFinite(Number(words)) ? "A number" : check(Number(words))),
  });
  return Number(text);
}

const positive = (value: number): string | undefined => (value > 0 ? undefined : "More than nothing; to take it out, retire it");

async function askCriterion(edited: Edited, { id, weight, bar, required = false, means }: Criterion, context: Context): Promise<Edited> {
  const { prompts } = context;
  const values = edited.rubric.scale.map(({ value }) => value);
  const onScale = (value: number): string | undefined =>
    value >= Math.min(...values) && value <= Math.max(...values) ? undefined : `On the scale: ${values.join(", ")}`;
  const facet = await prompts.choose("What about it?", [
    { value: "weight" as const, label: `how much it weighs (now ${weight})` },
    { value: "bar" as const, label: `its bar (now ${bar ?? "none"})` },
    { value: "required" as const, label: required ? "it is required no longer" : "it becomes required" },
    { value: "means" as const, label: "what it means" },
    { value: "retire" as const, label: "it goes, for good" },
  ]);
  switch (facet) {
    case "weight":
      return inRubric(
        edited,
        `criteria.${id}.weight`,
        await askNumber("How much does it weigh, beside the others?", weight, positive, context),
      );
    case "bar":
      return inRubric(edited, `criteria.${id}.bar`, await askNumber("Which bar?", bar, onScale, context));
    case "required":
      return inRubric(edited, `criteria.${id}.required`, required ? undefined : true);
    case "means":
      return inRubric(
        edited,
        `criteria.${id}.means`,
        await prompts.text("What does it mean?", { initial: means, editable: true, check: filled }),
      );
    default:
      return { ...edited, retired: [...edited.retired, id] };
  }
}

async function askRequirement(edited: Edited, id: string, { prompts }: Context): Promise<Edited> {
  const known = edited.intake.requirements?.find((requirement) => requirement.id === id);
  const facet = await prompts.choose("What about it?", [
    ...(["must-have", "nice-to-have", "deal-breaker"] as const)
      .filter((need) => need !== known?.need)
      .map((value) => ({ value, label: `it becomes a ${value}` })),
    { value: "statement" as const, label: "what it says" },
    { value: "remove" as const, label: "it goes" },
  ]);
  if (facet === "remove") return inIntake(edited, `requirements.${id}`, undefined);
  if (facet !== "statement") return inIntake(edited, `requirements.${id}.need`, facet);
  const statement = await prompts.text("How should it read?", { initial: known?.statement ?? "", editable: true, check: filled });
  return inIntake(edited, `requirements.${id}.statement`, statement);
}

const filled = (text: string): string | undefined => (text.trim() === "" ? "A sentence" : undefined);

const askPay: Step = async (edited, context) => {
  const pay = edited.intake.compensation;
  const currency =
    pay?.currency ??
    (await context.prompts.text("In which currency?", {
      initial: "EUR",
      check: (text) => (/^[A-Z]{3}$/u.test(text) ? undefined : "Three capital letters"),
    }));
  const min = await askNumber(`From (${currency} a ${pay?.period ?? "year"})`, pay?.min, positive, context);
  const max = await askNumber("Up to", pay?.max, (value) => (value < min ? `Not under ${min}` : undefined), context);
  return inIntake(edited, "compensation", { period: "year", ...pay, currency, min, max });
};

const askNewCriterion: Step = async (edited, context) => {
  const { prompts } = context;
  const name = await prompts.text("What is it called?", { check: filled });
  const taken = new Set([...edited.rubric.criteria, ...(edited.rubric.retired ?? [])].map(({ id }) => id));
  const id = await prompts.text("Its id", {
    initial: toId(name, 40),
    check: (text) =>
      !isId(text) ? "Lower-case letters, digits and single hyphens" : taken.has(text) ? "Taken: an id never means two things" : undefined,
  });
  const means = await prompts.text("What does it mean?", { check: filled });
  const weight = await askNumber("How much does it weigh, beside the others?", 1, positive, context);
  const required = await prompts.confirm("Is it required?", false);
  const criterion: Criterion = { id, name, means, weight, ...(required ? { required } : {}) };
  return { ...edited, rubric: { ...edited.rubric, criteria: [...edited.rubric.criteria, criterion] } };
};

const askNewRequirement: Step = async (edited, context) => {
  const { prompts } = context;
  const statement = await prompts.text("What must they bring?", { check: filled });
  const taken = new Set((edited.intake.requirements ?? []).map(({ id }) => id));
  const id = await prompts.text("Its id", {
    initial: toId(statement, 30),
    check: (text) => (!isId(text) ? "Lower-case letters, digits and single hyphens" : taken.has(text) ? "Taken" : undefined),
  });
  const need = await prompts.choose(
    "How much do you need it?",
    (["must-have", "nice-to-have", "deal-breaker"] as const).map((value) => ({ value, label: value })),
  );
  return { ...edited, intake: { ...edited.intake, requirements: [...(edited.intake.requirements ?? []), { id, need, statement }] } };
};

/** What was saved, and now that its reason stands, what it does. */
async function showAfter(before: Hiring, role: Role, globals: Globals, context: Context): Promise<void> {
  const hiring = await openHiring(context, globals);
  const after = hiring.workspace.roles.find(({ id }) => id === role.id);
  if (after === undefined) return;
  const changes = compareRoles(role, after, reweightOf(before.workspace));
  const former = (await formerOf(hiring, [after])).get(role.id) ?? noVersions;
  const impact = impactByChange(changes, impactOf(role, after, changes, former, marketsOf(hiring.workspace)));
  const style = outputStyle(globals, context);
  context.output.out(`${changeLines({ changes, impact, agreements: [] }, style).join("\n")}\n`);
}
