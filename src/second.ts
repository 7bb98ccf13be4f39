/** What a second hand runs, in a thread of its own: some roles of a working tree, checked as the first would. */
import { parentPort, workerData } from "node:worker_threads";
import { checkFor } from "./commands/check-tree.ts";
import { folderIn } from "./commands/session.ts";
import type { SecondTask } from "./context.ts";
import { nodeContext } from "./node-context.ts";

interface Asked extends SecondTask {
  readonly packageRoot: string;
}

async function serve({ root, roles, packageRoot }: Asked): Promise<void> {
  const context = nodeContext(packageRoot, "", "");
  const repository = await context.git.open(root);
  const place = { root, repository, folder: repository === undefined ? "" : folderIn(repository.top, root) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
  parentPort?.postMessage(await checkFor(place, context, roles));
}

void serve(workerData as Asked);
