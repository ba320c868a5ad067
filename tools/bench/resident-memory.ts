import { readFileSync } from 'node:fs';

/** Bytes that a process holds in memory. */
export function residentBytes(pid: number | null): number {
  if (pid === null) throw new Error('a service does not run');
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

const SAMPLE_EVERY_MS = 100;

/** The most that a process held while the work went on. */
export async function peakResidentBytes(pid: number | null, work: () => Promise<unknown>): Promise<number> {
  let peak = residentBytes(pid);
  const timer = setInterval(() => (peak = Math.max(peak, residentBytes(pid))), SAMPLE_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(peak, residentBytes(pid));
}
