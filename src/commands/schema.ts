import type { Context } from "../context.ts";
import { suggest } from "../core/nearest.ts";
import { exitCode, Refusal } from "../core/refusal.ts";
import { toJson } from "../report/json.ts";
import type { CommandDefinition } from "./command.ts";
import type { NewText } from "./save.ts";

interface SchemaOptions {
  readonly write?: boolean;
}

export const command: CommandDefinition<SchemaOptions> = {
  declare(program) {
    program
      .argument("[name]", "intake, rubric, evaluation, …, or output/<kind>; without one: the list")
      .option("--write", "write the schemas of files to .hire/schemas, where editors find them")
      .addHelpText("after", "\nA file that hire makes names its schema in the first line, so editors complete and check it offline.");
  },
  async run({ args: [name], options, globals, context }) {
    if (options.write === true) {
      const [{ openHiring }, { save }] = [await import("./session.ts"), await import("./save.ts")];
      const hiring = await openHiring(context, globals);
      await save(hiring, context, globals, schemaFiles(context), "Refresh the schemas for editors");
      return exitCode.ok;
    }
    const names = [...namesIn(context, "schemas"), ...namesIn(context, "schemas/output").map((output) => `output/${output}`)];
    if (name === undefined) {
      context.output.out(globals.json === true ? toJson("schemas", exitCode.ok, { names }) : `${names.join("\n")}\n`);
      return exitCode.ok;
    }
    if (!names.includes(name))
      throw new Refusal(`there is no schema '${name}'`, { hint: suggest(name, names) ?? "hire schema lists them" });
    context.output.out(context.files.shipped(`schemas/${name}.schema.json`));
    return exitCode.ok;
  },
};

const suffix = ".schema.json";

function namesIn(context: Context, folder: string): readonly string[] {
  return context.files.shippedNames(folder).flatMap((file) => (file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : []));
}

/** The schemas of files, as they stand in a hiring repository. */
export function schemaFiles(context: Context): readonly NewText[] {
  return namesIn(context, "schemas").map((name) => ({
    path: `.hire/schemas/${name}${suffix}`,
    text: context.files.shipped(`schemas/${name}${suffix}`),
  }));
}
