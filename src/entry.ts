/** What `bin/hire.js` runs. `hire --version` answers before anything else is loaded. */
declare const __VERSION__: string;
declare const __dirname: string;

const argv = process.argv.slice(2);

if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) process.stdout.write(`${__VERSION__}\n`);
else void run();

async function run(): Promise<void> {
  const [{ main }, { nodeContext }] = await Promise.all([import("./main.ts"), import("./node-context.ts")]);
  process.exitCode = await main(argv, nodeContext(`${__dirname}/..`), __VERSION__);
}
