import type { Context } from "../context.ts";
import type { CandidateFolder, Role } from "../core/document.ts";
import type { CandidateEvent } from "../core/model.ts";
import { editYaml } from "../workspace/edit.ts";
import { candidatePath, schemaHeader } from "../workspace/layout.ts";
import { newFile } from "../workspace/write.ts";
import type { NewText } from "./save.ts";
import { type Hiring, refuseUnreadable } from "./session.ts";

/** A candidate's events with one more at their end. */
export function withEvent(hiring: Hiring, role: Role, candidate: CandidateFolder, event: CandidateEvent, { files }: Context): NewText {
  refuseUnreadable(role, `${candidate.id}/events.yaml`);
  const path = candidatePath(role.id, candidate.id, "events.yaml");
  const known = files.read(files.resolve(hiring.root, path));
  const text =
    known === undefined || candidate.events === undefined
      ? newFile(schemaHeader(path, "events"), [event])
      : editYaml(known, [...candidate.events.data, event]);
  return { path, text };
}
