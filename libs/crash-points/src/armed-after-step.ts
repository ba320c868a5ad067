import type { EventEmitter } from 'node:events';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DurableStep } from './after-step';

const WRITES = ['insert', 'update', 'delete', 'findAndModify', 'bulkWrite'];
const FRAMES_MAX = 100;

interface CommandStarted {
  requestId: number;
  commandName: string;
  command: { autocommit?: boolean; txnNumber?: unknown; lsid?: { id: { toString(encoding: 'hex'): string } } };
}

export const hasCrashPoints = true;

/**
 * Ends this process at once, as `kill -9` does, when a test armed the step that was just made: the file of this service in
 * CRASH_FOLDER says how many steps from now on it may make. The file is renamed first, so that one arming is one crash.
 */
export function afterStep(step: DurableStep): void {
  const armed = fileOf('armed');
  const left = readCount(armed);
  if (!armed || left === undefined) return;
  if (left > 1) {
    writeFileSync(armed, String(left - 1));
    return;
  }
  renameSync(armed, `${armed}.${step}`);
  process.kill(process.pid, 'SIGKILL');
}

/**
 * Says `written` after every commit and every write outside a transaction. While a test asks for it, the places in this program
 * that made the writes are noted down, so that it can tell which of them no flow passes: when a write is sent, for this program may
 * end after it was made and before that is known here, and the repeated request then writes nothing.
 */
export function watchWrites(client: EventEmitter): void {
  const open = new Set<number>();
  const inTransactions = new Map<string, string[]>();
  const send = (requestId: number, places: string[]): void => {
    open.add(requestId);
    const passed = fileOf('passed');
    if (passed && places.length > 0) appendFileSync(passed, `${[...new Set(places)].join('\n')}\n`);
  };
  client.on('commandStarted', ({ requestId, commandName, command }: CommandStarted) => {
    const isWrite = WRITES.includes(commandName);
    if (isWrite && command.autocommit !== false) return send(requestId, placesNow());
    const transaction = `${command.lsid?.id.toString('hex')} ${String(command.txnNumber)}`;
    const places = inTransactions.get(transaction) ?? [];
    if (isWrite) inTransactions.set(transaction, [...places, ...placesNow()]);
    if (commandName !== 'commitTransaction' && commandName !== 'abortTransaction') return;
    inTransactions.delete(transaction);
    if (commandName === 'commitTransaction') send(requestId, [...places, ...placesNow()]);
  });
  client.on('commandFailed', ({ requestId }: CommandStarted) => open.delete(requestId));
  client.on('commandSucceeded', ({ requestId }: CommandStarted) => {
    if (open.delete(requestId)) afterStep('written');
  });
}

/** Where this program is, as `line:column` of its bundle, inmost first; nothing unless a test wants to know. */
function placesNow(): string[] {
  const passed = fileOf('passed');
  if (!passed || !existsSync(passed)) return [];
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = FRAMES_MAX;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return [...stack.matchAll(/main\.js:(\d+:\d+)/g)].map(([, place]) => place!);
}

function fileOf(kind: 'armed' | 'passed'): string | undefined {
  const { CRASH_FOLDER: folder, SERVICE_NAME: service } = process.env;
  if (!folder || !service) return undefined;
  return join(folder, kind === 'armed' ? service : `${kind}-${service}`);
}

function readCount(file: string | undefined): number | undefined {
  try {
    return file ? Number(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
