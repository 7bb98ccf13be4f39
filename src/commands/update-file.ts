import type { Context } from "../context.ts";
import type { Role } from "../core/document.ts";
import { toId } from "../core/id.ts";
import type { Update } from "../core/model.ts";
import { rolePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import type { NewText } from "./save.ts";

/** A new update as a file of its own: two people who write at once never meet. `about` gives the name its words. */
export function newUpdate(role: Role, update: Update, about: string, context: Context): { readonly id: string; readonly file: NewText } {
  const tail = context.random
    .below(36 ** 4)
    .toString(36)
    .padStart(4, "0");
  const id = `${update.at.slice(0, 10)}-${update.by}-${toId(about, 30)}-${tail}`;
  const path = rolePath(role.id, "updates", `${id}.yaml`);
  return { id, file: { path, text: newFile(schemaHeader(path, "update"), update) } };
}
