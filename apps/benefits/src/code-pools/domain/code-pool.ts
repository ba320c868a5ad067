import { refused, type DomainError } from '@tidegate/errors';
import { clipRanges, joinRanges, rangesSize, type CodeRange } from './code-range';

/** A pool of one provider's codes 券码池. Counts are kept apart, because they change with every claim. */
export interface CodePool {
  poolId: string;
  name: string;
  /** The third party whose codes these are. */
  providerId: string;
  orgPath: string;
  /** An alarm is raised when fewer are left; 0 for only when none is. */
  alarmBelowCount: number;
  createdAt: Date;
}

/** How many codes came in, and how many of them were given or withdrawn; the rest is what is left. */
export interface PoolCounts {
  importedCount: number;
  assignedCount: number;
  withdrawnCount: number;
}

/** A pool's codes as they are given: in the order of import, without those that were withdrawn before their turn. */
export interface CodeQueue extends PoolCounts {
  /** Withdrawn places whose turn has not come, in order and apart from each other. */
  withdrawn: CodeRange[];
}

/** Codes that can still be given. */
export const availableCount = ({ importedCount, assignedCount, withdrawnCount }: PoolCounts): number =>
  importedCount - assignedCount - withdrawnCount;

/** The place whose turn it is: all before it were given, or withdrawn. */
export const nextPosition = ({ assignedCount, withdrawnCount, withdrawn }: CodeQueue): number =>
  assignedCount + withdrawnCount - rangesSize(withdrawn);

export const ALARM_KINDS = ['low', 'empty'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** A pool ran low or empty. */
export interface PoolAlarm {
  alarmId: string;
  poolId: string;
  poolName: string;
  providerId: string;
  orgPath: string;
  kind: AlarmKind;
  availableCount: number;
  alarmBelowCount: number;
  raisedAt: Date;
}

/**
 * The alarm that a fall from one count to another sets off: once for each threshold that is crossed downwards. A step that
 * crosses both is `empty`.
 */
export function alarmKind(before: number, after: number, alarmBelowCount: number): AlarmKind | undefined {
  if (before > 0 && after === 0) return 'empty';
  return before >= alarmBelowCount && after < alarmBelowCount ? 'low' : undefined;
}

/**
 * What is left after n more were given, in the order the codes came in.
 * @throws CODE_POOL_EMPTY when fewer are left
 */
export function takeCodes(
  queue: CodeQueue,
  count: number,
): { queue: CodeQueue; /** From 0, in the order of import. */ positions: number[] } {
  if (availableCount(queue) < count) throw codePoolEmpty();
  const positions: number[] = [];
  let passed = 0;
  let next = nextPosition(queue);
  while (positions.length < count) {
    const skipped = queue.withdrawn[passed];
    if (skipped?.from === next) {
      next = skipped.to;
      passed += 1;
    } else {
      positions.push(next);
      next += 1;
    }
  }
  const assignedCount = queue.assignedCount + count;
  return { queue: { ...queue, assignedCount, withdrawn: queue.withdrawn.slice(passed) }, positions };
}

/** The queue without those of the places whose turn has not come: they are never given. */
export function withdrawCodes(queue: CodeQueue, ranges: readonly CodeRange[]): CodeQueue {
  const waiting = { from: nextPosition(queue), to: queue.importedCount };
  const withdrawn = joinRanges([...queue.withdrawn, ...clipRanges(ranges, waiting)]);
  const withdrawnCount = queue.withdrawnCount + rangesSize(withdrawn) - rangesSize(queue.withdrawn);
  return { ...queue, withdrawnCount, withdrawn };
}

export const codePoolEmpty = (): DomainError => refused('CODE_POOL_EMPTY', 'No code is left for this benefit.');

/**
 * A pool's codes and alarms belong to its provider and organisation for good.
 * @throws POOL_PROVIDER_FIXED
 */
export function changePool(held: CodePool, next: Omit<CodePool, 'createdAt'>): CodePool {
  if (held.providerId !== next.providerId || held.orgPath !== next.orgPath) {
    throw refused('POOL_PROVIDER_FIXED', 'A pool keeps its provider and its organisation.', { poolId: held.poolId });
  }
  return { ...held, name: next.name, alarmBelowCount: next.alarmBelowCount };
}
