/** How a command ended; the gravest wins (4, 3, 2, 1). */
export const exitCode = { ok: 0, findings: 1, refused: 2, unknown: 3, io: 4, bug: 70, interrupted: 130 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Machine-readable outcome that goes with each exit code. */
export const statusOf: Record<ExitCode, "ok" | "findings" | "refused" | "unknown" | "failed"> = {
  0: "ok",
  1: "findings",
  2: "refused",
  3: "unknown",
  4: "failed",
  70: "failed",
  130: "failed",
};

/**
 * A request `hire` cannot serve: what was asked and why not in `message`, the way out in `hint`.
 * Bad files are findings, never refusals, unless the request is to change that very file.
 */
export class Refusal extends Error {
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(
    message: string,
    options: { readonly hint?: string | undefined; readonly exitCode?: ExitCode; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Refusal";
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? exitCode.refused;
  }
}
