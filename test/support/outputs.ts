import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { packageRoot } from "./repo.ts";

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });

/** Holds a JSON output to the schema of its kind, and returns it. */
export function outputOf<T = Record<string, unknown>>(text: string): T {
  const data = JSON.parse(text) as { readonly kind: string };
  const schema = JSON.parse(readFileSync(join(packageRoot, `schemas/output/${data.kind}.schema.json`), "utf8")) as { readonly $id: string };
  const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  void validate(data);
  expect(validate.errors ?? []).toEqual([]);
  return data as T;
}
