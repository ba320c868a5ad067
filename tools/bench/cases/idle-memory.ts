import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { residentBytes } from '../resident-memory';
import { byValue, type BenchRow } from '../row';
import type { BenchStack } from '../stack';

const SETTLE_MS = 5_000;
const MIB = 1024 * 1024;
const TOTAL_MIB_MAX = 1.2 * 1024;

/** Resident memory of all services with nothing to do; the floor is a bare Node process each. */
export async function idleMemory(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const { services } = await stack.endpoints();
  await delay(SETTLE_MS);
  let total = 0;
  for (const { name, pid } of services) {
    const bytes = residentBytes(pid);
    total += bytes;
    tell(`${name.padEnd(12)} ${(bytes / MIB).toFixed(0).padStart(4)} MiB`);
  }
  const bare = (await bareNodeBytes()) / MIB;
  return [
    byValue('idle-memory: all services together', 'MiB', total / MIB, bare * services.length, '<=', TOTAL_MIB_MAX),
  ];
}

async function bareNodeBytes(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    await delay(1_000);
    return residentBytes(child.pid ?? null);
  } finally {
    child.kill();
  }
}
