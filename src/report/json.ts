import { type ExitCode, statusOf } from "../core/refusal.ts";

/** A machine-readable answer: `schemaVersion`, `kind`, `status`, then its own fields; described by schemas/output/. */
export function toJson(kind: string, exit: ExitCode, fields: Readonly<Record<string, unknown>>): string {
  return `${escapeControls(JSON.stringify({ schemaVersion: 1, kind, status: statusOf[exit], ...fields }, null, 2))}\n`;
}

/** JSON leaves DEL, C1 and the characters that turn the direction of writing as they are; a terminal would obey them. */
export function escapeControls(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
