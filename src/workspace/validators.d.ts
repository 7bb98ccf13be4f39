import type { Kind } from "../core/document.ts";

export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly propertyName?: string;
}

export interface Validator {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

export const hire: () => Validator;
export const market: () => Validator;
export const intake: () => Validator;
export const priorities: () => Validator;
export const rubric: () => Validator;
export const agreement: () => Validator;
export const update: () => Validator;
export const outcome: () => Validator;
export const candidate: () => Validator;
export const events: () => Validator;
export const evaluation: () => Validator;
export const decision: () => Validator;
declare const sealedPriorities: () => Validator;
declare const sealedEvaluation: () => Validator;
export { sealedPriorities as "sealed-priorities", sealedEvaluation as "sealed-evaluation" };

/** Known keys by kind and path ("criteria/*"). */
export const knownKeys: Readonly<Record<Kind, Readonly<Record<string, readonly string[]>>>>;
