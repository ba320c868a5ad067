import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** The repository. */
export const ROOT = join(__dirname, '..', '..');

// Node runs the programs themselves: the links in `.bin` differ by platform, and `npx` adds lines of its own.
const PROGRAMS = {
  buf: '@bufbuild/buf/bin/buf',
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  eslint: 'eslint/bin/eslint.js',
  nx: 'nx/dist/bin/nx.js',
  prettier: 'prettier/bin/prettier.cjs',
  tsc: 'typescript/bin/tsc',
} as const;

/** A program of the toolchain, as installed. */
export type Program = keyof typeof PROGRAMS;

export interface ProgramResult {
  /** null when a signal ended it. */
  exitCode: number | null;
  output: string;
}

const ENVIRONMENT = {
  // buf looks for its plugins there.
  PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter),
  NO_COLOR: '1',
  // Nx asks nothing, sends nothing and leaves no daemon behind.
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NX_INTERACTIVE: 'false',
  NX_ISOLATE_PLUGINS: 'false',
};

/** Several times what the slowest takes: one that hangs would keep whoever waits for it from ever hearing. */
const LIMIT_MS = 10 * 60_000;

const running = new Set<ChildProcess>();

/**
 * Runs a program in the repository to its end, or to the limit, and gathers both outputs.
 * @throws Error when it cannot be started
 */
export function runProgram(
  program: Program,
  args: readonly string[],
  { limitMs = LIMIT_MS } = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const path = join(ROOT, 'node_modules', ...PROGRAMS[program].split('/'));
    const env = { ...process.env, ...ENVIRONMENT };
    const child = spawn(process.execPath, [path, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      child.kill('SIGKILL');
    }, limitMs);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      running.delete(child);
      const said = Buffer.concat(chunks).toString('utf8').trim();
      const end = isOver ? `\n${program} did not end within ${limitMs / 1000} s and was stopped.` : '';
      resolve({ exitCode, output: `${said}${end}`.trim() });
    });
  });
}

/** Ends what still runs, so that an interrupted command leaves nothing behind. */
export function stopPrograms(): void {
  for (const child of running) child.kill('SIGTERM');
}
