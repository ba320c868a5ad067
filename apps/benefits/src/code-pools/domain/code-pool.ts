import { refused, type DomainError } from '@tidegate/errors';

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

/** How many codes came in, and how many of them were given; the difference is what is left. */
export interface PoolCounts {
  importedCount: number;
  assignedCount: number;
}

/** Codes that can still be given. */
export const availableCount = ({ importedCount, assignedCount }: PoolCounts): number => importedCount - assignedCount;

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
  counts: PoolCounts,
  count: number,
): { counts: PoolCounts; /** From 0, in the order of import. */ positions: number[] } {
  if (availableCount(counts) < count) throw codePoolEmpty();
  const { importedCount, assignedCount } = counts;
  return {
    counts: { importedCount, assignedCount: assignedCount + count },
    positions: Array.from({ length: count }, (_, index) => assignedCount + index),
  };
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
