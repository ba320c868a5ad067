import type { EventEmitter } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DurableStep } from './after-step';

const WRITES = ['insert', 'update', 'delete', 'findAndModify', 'bulkWrite'];

interface CommandStarted {
  requestId: number;
  commandName: string;
  command: { autocommit?: boolean };
}

export const hasCrashPoints = true;

/**
 * Ends this process at once, as `kill -9` does, when a test armed the step that was just made: the file of this service in
 * CRASH_FOLDER says how many steps from now on it may make. The file is renamed first, so that one arming is one crash.
 */
export function afterStep(step: DurableStep): void {
  const { CRASH_FOLDER: folder, SERVICE_NAME: service } = process.env;
  if (!folder || !service) return;
  const armed = join(folder, service);
  const left = readCount(armed);
  if (left === undefined) return;
  if (left > 1) {
    writeFileSync(armed, String(left - 1));
    return;
  }
  renameSync(armed, `${armed}.${step}`);
  process.kill(process.pid, 'SIGKILL');
}

export function watchWrites(client: EventEmitter): void {
  const open = new Set<number>();
  client.on('commandStarted', ({ requestId, commandName, command }: CommandStarted) => {
    const isAlone = WRITES.includes(commandName) && command.autocommit !== false;
    if (isAlone || commandName === 'commitTransaction') open.add(requestId);
  });
  client.on('commandFailed', ({ requestId }: CommandStarted) => open.delete(requestId));
  client.on('commandSucceeded', ({ requestId }: CommandStarted) => {
    if (open.delete(requestId)) afterStep('written');
  });
}

function readCount(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
