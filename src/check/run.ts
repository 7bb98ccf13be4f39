import { byPlace, type Finding, type Observation, type Severity } from "../core/finding.ts";
import type { Role } from "../core/document.ts";
import { visible } from "../core/escape.ts";
import { registry } from "./registry.ts";
import type { CheckInput, Rule } from "./rule.ts";

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** Checks left out because a file they need cannot be read, by that file. */
  readonly skipped: readonly { readonly file: string; readonly checks: number }[];
}

/** What reading reported, with the rule that makes it. */
interface Reported {
  readonly rule: string;
  readonly observation: Observation;
}

/** Runs every rule on a snapshot; severities come from hire.yaml, else from the rule. */
export function runChecks(input: CheckInput, reported: readonly Reported[]): CheckResult {
  const severities = input.workspace.hire?.data.rules ?? {};
  const severityOf = (rule: Rule): Severity | "off" => severities[rule.id] ?? rule.severity;
  const byId = new Map<string, Rule>(registry.map((rule) => [rule.id, rule]));
  const findings: Finding[] = [];
  const skipped = new Map<string, number>();
  const add = (rule: string, severity: Severity, observations: readonly Observation[]): void => {
    // A severity set in hire.yaml, or lowered on a draft, holds for every case of the rule.
    const usual = byId.get(rule)?.severity === severity;
    for (const { severity: own, ...observation } of observations)
      findings.push({ rule, severity: usual ? (own ?? severity) : severity, ...clean(observation) });
  };
  for (const { rule, observation } of reported) {
    const known = byId.get(rule);
    const severity = known === undefined ? "error" : severityOf(known);
    if (severity !== "off") add(rule, severity, [observation]);
  }
  for (const rule of registry) {
    const severity = severityOf(rule);
    if (severity === "off" || "reading" in rule) continue;
    if ("checkAll" in rule) {
      if (input.workspace.unreadable.includes("hire.yaml")) skipped.set("hire.yaml", (skipped.get("hire.yaml") ?? 0) + 1);
      else add(rule.id, severity, rule.checkAll(input));
      continue;
    }
    for (const role of input.workspace.roles) {
      const broken = role.unreadable.find((path) =>
        rule.needs.some((name) => path.endsWith(`/${name}`) || (name.endsWith("/") && path.includes(`/${name}`))),
      );
      const own = rule.practice === true ? practiceSeverity(role, severity) : severity;
      if (broken !== undefined) skipped.set(broken, (skipped.get(broken) ?? 0) + 1);
      else if (own !== "off") add(rule.id, own, rule.check(role, input));
    }
  }
  return { findings: findings.toSorted(byPlace), skipped: [...skipped].map(([file, checks]) => ({ file, checks })) };
}

function practiceSeverity(role: Role, severity: Severity): Severity | "off" {
  const status = role.intake?.data.status;
  if (status === "filled" || status === "cancelled") return "off";
  return status === "draft" ? "info" : severity;
}

/** Nothing from a file reaches an output unescaped. */
function clean(observation: Omit<Observation, "severity">): Omit<Observation, "severity"> {
  return {
    ...observation,
    message: visible(observation.message),
    ...(observation.hint === undefined ? {} : { hint: visible(observation.hint) }),
  };
}
