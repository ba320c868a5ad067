import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withProgress, type DataFolder, type OnProgress } from '@tidegate/infra';
import { SERVICES, type ServiceDefinition } from './services';

/** The bundle of a service. */
export const bundlePath = (root: string, name: string, { hasCrashPoints = false } = {}): string =>
  join(root, 'dist', hasCrashPoints ? 'crash-tests' : 'apps', name, 'main.js');

/** The services whose source is there. */
export function presentServices(root: string): ServiceDefinition[] {
  return SERVICES.filter(({ name }) => existsSync(join(root, 'apps', name, 'src', 'main.ts')));
}

// Nx asks nothing, sends nothing and leaves no daemon behind.
const NX_ENVIRONMENT = {
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_TUI: 'false',
  NX_INTERACTIVE: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  NO_COLOR: '1',
};
const OUTPUT_MAX = 32 * 1024;

/**
 * Bundles the services; those whose sources did not change come from Nx's cache.
 * @throws Error with the end of the output when one cannot be built.
 */
export async function buildServices(
  root: string,
  services: readonly ServiceDefinition[],
  folder: DataFolder,
  onProgress: OnProgress,
  { hasCrashPoints = false } = {},
): Promise<void> {
  const projects = services.map(({ name }) => name).join(',');
  const args = [
    'run-many',
    '-t',
    hasCrashPoints ? 'build-crash-test' : 'build',
    '-p',
    projects,
    '--parallel=2',
    '--output-style=static',
  ];
  const result = await withProgress('Building the services', onProgress, () => runNx(root, args, folder));
  if (result.exitCode !== 0) throw new Error(`The build failed.\n${result.output.trim()}`);
}

function runNx(root: string, args: string[], folder: DataFolder): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
    const env = { ...process.env, ...NX_ENVIRONMENT };
    const child = spawn(process.execPath, [nx, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) folder.record('nx', child.pid);
    let output = '';
    const gather = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_MAX);
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      if (child.pid !== undefined) folder.forget(child.pid);
      resolve({ exitCode, output });
    });
  });
}
