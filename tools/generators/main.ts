import { ROOT, runProgram, stopPrograms } from '../toolchain/program';
import { generateContracts, writeBaseline } from './contracts';
import { scaffoldUseCase } from './scaffold-use-case';

const USAGE = `usage:
  npm run gen                                      the contracts, from proto/
  npm run gen -- --baseline                        the same, and what buf breaking compares with
  npm run gen -- use-case <service> <verb-noun>    the folder of a new use case`;

async function main(args: readonly string[]): Promise<void> {
  const [command, service, verbNoun] = args;
  if (command === 'use-case' && service !== undefined && verbNoun !== undefined && args.length === 3) {
    return addUseCase(service, verbNoun);
  }
  if (args.length > 1 || (command !== undefined && command !== '--baseline')) throw new Error(USAGE);
  await generateContracts();
  if (command === '--baseline') await writeBaseline();
}

async function addUseCase(service: string, verbNoun: string): Promise<void> {
  const { written, rest } = scaffoldUseCase(ROOT, service, verbNoun);
  await runProgram('prettier', ['--write', ...written]);
  console.log(
    ['Wrote', ...written.map((path) => `  ${path}`), 'Still yours', ...rest.map((line) => `  ${line}`)].join('\n'),
  );
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopPrograms();
    process.exit(130);
  });
}
main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
