/** A stretch of a file. Lines and columns are 1-based, columns in UTF-16 units; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export type Severity = "error" | "warning" | "info";

/** What would put a finding right, where that is certain: texts that replace what stands at places of one file. */
export interface Fix {
  /** What it does, as an order: "write 'must-have'". */
  readonly title: string;
  readonly edits: readonly (Place & { readonly text: string })[];
}

/** What a rule reports: wrong in `message`, what to do in `hint`. Values, collected; never thrown. */
export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** The message without pay figures, where it holds some: what may be shown where others read along. */
  readonly discreet?: string;
  readonly fix?: Fix;
  readonly related?: readonly (Place & { readonly message: string })[];
}

/** A finding before its rule is known: what a rule's `check` returns. A severity of its own replaces the rule's usual one. */
export type Observation = Omit<Finding, "rule" | "severity"> & { readonly severity?: Severity };

export function observe(place: Place, message: string, hint?: string, severity?: Severity): Observation {
  const { file, line, column, endLine, endColumn } = place;
  return {
    file,
    line,
    column,
    endLine,
    endColumn,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(severity === undefined ? {} : { severity }),
  };
}

/** The start of a file, for what concerns it as a whole. */
export function startOf(file: string): Place {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** By file, then place, then rule: the order every output keeps. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** Whether what stands in a file may be hidden from whoever reads a finding: a scorecard, or someone's points. */
export function mayBeHidden(file: string): boolean {
  return /\/(?:evaluations|priorities)\//u.test(file);
}
