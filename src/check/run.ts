import { isOver, type Role } from "../core/document.ts";
import { visible, visibleLine } from "../core/escape.ts";
import { byPlace, type Finding, mayBeHidden, type Observation, type Severity } from "../core/finding.ts";
import { unquoted } from "../core/protected.ts";
import type { Suppression } from "../core/suppression.ts";
import { registry } from "./registry.ts";
import type { CheckInput, Rule } from "./rule.ts";
import { suppressReason, suppressUnknown, suppressUnused } from "./rules/suppress/suppress.ts";

/** A finding that a comment silences, with the reason it gives. */
export interface Suppressed extends Finding {
  readonly reason: string;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Checks left out because a file they need cannot be read, by that file. */
  readonly skipped: readonly { readonly file: string; readonly checks: number }[];
}

/** What reading reported, with the rule that makes it. */
export interface Reported {
  readonly rule: string;
  readonly observation: Observation;
}

/** What reading found in files, beside the model. */
export interface ReadingNotes {
  readonly reported: readonly Reported[];
  readonly suppressions: readonly Suppression[];
}

const rules = new Map<string, Rule>(registry.map((rule) => [rule.id, rule]));

/** Runs every rule on a snapshot. Severities come from hire.yaml, of the base for what guards it, else from the rule. */
export function runChecks(input: CheckInput, notes: ReadingNotes): CheckResult {
  const check = new Check(input);
  check.report(notes.reported);
  check.shared();
  for (const role of input.workspace.roles) check.role(role);
  check.base();
  return check.finish(notes.suppressions);
}

/** The rules about one role, the only one of the snapshot; what is not a matter of roles is left to `checkShared`. */
export function checkRole(input: CheckInput, notes: ReadingNotes): CheckResult {
  const check = new Check(input);
  check.report(notes.reported);
  for (const role of input.workspace.roles) check.role(role);
  return check.finish(notes.suppressions);
}

/** The rules about what all roles share; with `rules` false, only what reading reported is graded. */
export function checkShared(input: CheckInput, notes: ReadingNotes, rules = true): CheckResult {
  const check = new Check(input);
  check.report(notes.reported);
  if (rules) check.shared();
  return check.finish(notes.suppressions);
}

/** One run over a snapshot: collects what the rules observe, graded. */
class Check {
  readonly #input: CheckInput;
  readonly #findings: Finding[] = [];
  readonly #skipped = new Map<string, number>();
  readonly #unreadable: ReadonlySet<string>;

  constructor(input: CheckInput) {
    this.#input = input;
    this.#unreadable = new Set([...input.workspace.unreadable, ...input.workspace.roles.flatMap((role) => role.unreadable)]);
  }

  #severityOf(rule: Rule): Severity | "off" {
    const { workspace, base } = this.#input;
    const hire = rule.guard === true ? (base?.workspace.hire ?? workspace.hire) : workspace.hire;
    return hire?.data.rules?.[rule.id] ?? rule.severity;
  }

  #add(rule: Rule, severity: Severity | "off", observations: readonly Observation[]): void {
    if (severity === "off") return;
    // A severity set in hire.yaml, or lowered on a draft, holds for every case of the rule.
    const usual = rule.severity === severity;
    for (const { severity: own, ...observation } of observations) {
      // A rule that points at such words says which matter it means; no other quotes them.
      const said = rule.discreet === true ? observation : withoutQuotes(observation);
      this.#findings.push({ rule: rule.id, severity: usual ? (own ?? severity) : severity, ...clean(said) });
    }
  }

  report(reported: readonly Reported[]): void {
    for (const { rule: id, observation } of reported) {
      const rule = rules.get(id);
      if (rule === undefined) continue;
      // Without the file nothing that needs it is checked: no setting makes that a small matter.
      const severity = this.#unreadable.has(observation.file) ? "error" : this.#severityOf(rule);
      this.#add(rule, severity, [withoutFigures(observation)]);
    }
  }

  shared(): void {
    for (const rule of registry) {
      if (rule.checkShared === undefined) continue;
      const severity = this.#severityOf(rule);
      if (severity === "off") continue;
      if (this.#input.workspace.unreadable.includes("hire.yaml")) this.#skip("hire.yaml");
      else this.#add(rule, severity, rule.checkShared(this.#input));
    }
  }

  role(role: Role): void {
    for (const rule of registry) {
      if (rule.check === undefined) continue;
      const severity = this.#severityFor(rule, role);
      if (severity === "off") continue;
      const broken = brokenNeed(rule, role, this.#input);
      if (broken === undefined) this.#add(rule, severity, rule.check(role, this.#input));
      else this.#skip(broken);
    }
  }

  base(): void {
    const { base } = this.#input;
    if (base === undefined) return;
    for (const rule of registry) {
      if (rule.checkBase === undefined) continue;
      const observations = rule.checkBase(base, this.#input);
      for (const observation of observations) {
        const role = this.#roleOf(observation.file);
        this.#add(rule, role === undefined ? this.#severityOf(rule) : this.#severityFor(rule, role), [observation]);
      }
    }
  }

  #roleOf(file: string): Role | undefined {
    const id = /^roles\/([^/]+)\//u.exec(file)?.[1];
    return this.#input.workspace.roles.find((role) => role.id === id);
  }

  /** Practice is a matter of a running search. For what guards it, the base says whether it runs. */
  #severityFor(rule: Rule, role: Role): Severity | "off" {
    const severity = this.#severityOf(rule);
    if (rule.practice !== true || severity === "off") return severity;
    const before = rule.guard === true ? this.#input.base?.workspace.roles.find(({ id }) => id === role.id) : undefined;
    const judged = before ?? role;
    if (isOver(judged)) return "off";
    return judged.intake?.data.status === "draft" ? "info" : severity;
  }

  #skip(file: string): void {
    this.#skipped.set(file, (this.#skipped.get(file) ?? 0) + 1);
  }

  /** Hears the comments, then puts everything in order. */
  finish(suppressions: readonly Suppression[]): CheckResult {
    const suppressed: Suppressed[] = [];
    const heard = suppressions.filter((suppression) => this.#isHeard(suppression));
    const used = new Set<Suppression>();
    const silenced = new Set<Finding>();
    for (const finding of this.#findings) {
      if (this.#unreadable.has(finding.file)) continue;
      const silencing = heard.find(
        ({ place, rule, line }) => rule === finding.rule && place.file === finding.file && (line === undefined || line === finding.line),
      );
      if (silencing === undefined) continue;
      silenced.add(finding);
      used.add(silencing);
      suppressed.push({ ...finding, reason: visible(silencing.reason ?? "") });
    }
    for (const suppression of heard) if (!used.has(suppression) && this.#ran(suppression)) this.#complain(suppressUnused, suppression);
    return {
      findings: this.#findings.filter((finding) => !silenced.has(finding)).toSorted(byPlace),
      suppressed: suppressed.toSorted(byPlace),
      skipped: [...this.#skipped].map(([file, checks]) => ({ file, checks })),
    };
  }

  /** Whether a comment names a rule that may be silenced, and says why; what is amiss with it is a finding. */
  #isHeard(suppression: Suppression): boolean {
    const rule = suppression.rule === undefined ? undefined : rules.get(suppression.rule);
    if (rule === undefined || rule.guard === true || rule.applied === "suppressing") {
      this.#complain(suppressUnknown, suppression);
      return false;
    }
    if (suppression.reason === undefined) {
      this.#complain(suppressReason, suppression);
      return false;
    }
    return true;
  }

  #complain(rule: typeof suppressUnused, suppression: Suppression): void {
    this.#add(rule, this.#severityOf(rule), [rule.observe(suppression, registry)]);
  }

  /** Whether the rule that a comment silences had its say where the comment stands. */
  #ran({ rule: id, place }: Suppression): boolean {
    const rule = id === undefined ? undefined : rules.get(id);
    if (rule === undefined) return false;
    const role = this.#roleOf(place.file);
    if ((role === undefined ? this.#severityOf(rule) : this.#severityFor(rule, role)) === "off") return false;
    if (rule.checkBase !== undefined && this.#input.base === undefined) return false;
    return role === undefined || brokenNeed(rule, role, this.#input) === undefined;
  }
}

/** The file that a rule needs and that cannot be read. */
function brokenNeed(rule: Rule, role: Role, { workspace }: CheckInput): string | undefined {
  if (role.unreadable.length === 0 && workspace.unreadable.length === 0) return undefined;
  const needs = rule.needs ?? [];
  if (needs.includes("hire.yaml") && workspace.unreadable.includes("hire.yaml")) return "hire.yaml";
  return role.unreadable.find((path) =>
    needs.some((name) => path.endsWith(`/${name}`) || (name.endsWith("/") && path.includes(`/${name}`))),
  );
}

/** Where pay stands, what reading says of a value may hold its figure. */
function withoutFigures(observation: Observation): Observation {
  if (!/(?:^|\/)intake\.yaml$|^markets\//u.test(observation.file) || !/\d/u.test(observation.message)) return observation;
  return { ...observation, discreet: observation.message.replaceAll(/[-+]?\d[\d\s.,_]*/gu, "… ").trim() };
}

/** Protected words and personal data are pointed at by the rules that look for them, and quoted by none. */
function withoutQuotes<O extends Omit<Observation, "severity">>(observation: O): O {
  const { message, hint, discreet } = observation;
  return {
    ...observation,
    message: unquoted(message),
    ...(hint === undefined ? {} : { hint: unquoted(hint) }),
    ...(discreet === undefined ? {} : { discreet: unquoted(discreet) }),
  };
}

/** Nothing from a file reaches an output unescaped, and no place tells how long a value is that may be hidden. */
function clean(observation: Omit<Observation, "severity">): Omit<Observation, "severity"> {
  const { message, hint, discreet, file, line, column } = observation;
  return {
    ...observation,
    ...(mayBeHidden(file) ? { endLine: line, endColumn: column + 1 } : {}),
    message: visibleLine(message),
    ...(hint === undefined ? {} : { hint: visible(hint) }),
    ...(discreet === undefined ? {} : { discreet: visibleLine(discreet) }),
  };
}
