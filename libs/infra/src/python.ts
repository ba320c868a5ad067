import { InfraError } from './infra.errors';
import { listOnPath } from './executable';
import { runCommand } from './run-command';

/** A Python that can make a virtual environment and has wheels of the embedded database. */
export interface Python {
  command: string;
  version: string;
}

const NAMES = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
const VERSIONS = new Set(['3.10', '3.11', '3.12', '3.13']);
const PROBE = [
  'import sys',
  'print("%d.%d" % sys.version_info[:2])',
  'try:',
  '  import venv, ensurepip; print("venv")',
  'except ImportError: print("bare")',
].join('\n');
const PROBE_MS = 20_000;
const ADVICE = 'or set MONGODB_URI and NATS_URL, or put mongod and nats-server on PATH.';

/**
 * The first suitable Python on PATH.
 * @throws PYTHON_NOT_FOUND when none has a version of 3.10 to 3.13, PYTHON_VENV_MISSING when it lacks `venv`.
 */
export async function findPython(path?: string): Promise<Python> {
  const seen = new Set<string>();
  let withoutVenv: string | null = null;
  for (const command of NAMES.flatMap((name) => listOnPath(name, path))) {
    const probe = await runCommand(command, ['-c', PROBE], PROBE_MS);
    const [version = '', kit] = probe.output.split(/\r?\n/);
    // A version manager's shim may be on PATH and refuse to run.
    if (probe.exitCode !== 0) continue;
    seen.add(version);
    if (!VERSIONS.has(version)) continue;
    if (kit === 'venv') return { command, version };
    withoutVenv ??= version;
  }
  if (withoutVenv !== null) {
    const message = `Python ${withoutVenv} cannot make virtual environments. Install its venv module (Debian: apt install python3-venv), ${ADVICE}`;
    throw new InfraError('PYTHON_VENV_MISSING', message);
  }
  const found = seen.size === 0 ? 'none was found' : `found only ${[...seen].join(', ')}`;
  throw new InfraError(
    'PYTHON_NOT_FOUND',
    `The embedded database needs Python 3.10 to 3.13 on PATH; ${found}. Install one, ${ADVICE}`,
  );
}
