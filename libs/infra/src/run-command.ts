import { spawn } from 'node:child_process';

/** What a finished program said. */
export interface CommandResult {
  /** null when it could not be run at all or was ended for taking too long. */
  exitCode: number | null;
  output: string;
}

const OUTPUT_MAX = 64 * 1024;

/** Runs a program to its end and gathers the last 64 KiB of both outputs; never throws for a failing program. */
export function runCommand(command: string, args: string[], timeoutMs: number): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const gather = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_MAX);
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.once('error', (error) => resolve({ exitCode: null, output: `${output}${error.message}` }));
    child.once('close', (exitCode) => resolve({ exitCode, output: output.trim() }));
  });
}
