/** What the thread that reads ahead runs. */
import { workerData } from "node:worker_threads";
import { readFor, type ReaderTask } from "./adapters/reader-thread.ts";

readFor(workerData as ReaderTask);
