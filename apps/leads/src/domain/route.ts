import { invalid } from '@tidegate/errors';
import { waitingDueAt, withStep, type Lead, type RouteStep, type StepCause } from './lead';
import type { Queue } from './queue';
import { seatOfAgent, serves, type Seat } from './seat';

/** An order of precedence 协同顺序: relationship manager → outlet → remote bank. The most exact one counts. */
export interface Route {
  routeId: string;
  orgPath: string;
  /** Either a strategy, and if wanted one of its actions, or a queue. */
  strategyId: string;
  actionId: string;
  queue: string;
  steps: RouteStep[];
}

export const ROUTE_STEPS_MAX = 5;
const MINUTE_MS = 60_000;

export const routeIdOf = ({ strategyId, actionId, queue }: Pick<Route, 'strategyId' | 'actionId' | 'queue'>): string =>
  strategyId === '' ? `queue|${queue}` : `strategy|${strategyId}|${actionId}`;

/** Ids of the routes that a lead may take, the most exact first. */
export const routeIdsOf = ({
  strategyId,
  actionId,
  queue,
}: Pick<Lead, 'strategyId' | 'actionId' | 'queue'>): string[] => [
  routeIdOf({ strategyId, actionId, queue: '' }),
  routeIdOf({ strategyId, actionId: '', queue: '' }),
  routeIdOf({ strategyId: '', actionId: '', queue }),
];

/** @throws VALIDATION_FAILED */
export function checkRoute({ strategyId, actionId, queue, steps }: Omit<Route, 'routeId'>): void {
  const violations: Parameters<typeof invalid>[0] = [];
  const require = (isRight: boolean, field: string, description: string): void => {
    if (!isRight) violations.push({ field: `route.${field}`, description });
  };
  require((strategyId === '') !== (queue === ''), 'queue', 'either this or a strategy is named');
  require(actionId === '' || strategyId !== '', 'actionId', 'needs its strategy');
  steps.forEach((step, index) => {
    require(step.to === 'queue' || index === 0, `steps[${index}].to`, 'the owner comes first or not at all');
    require(step.to === 'owner' || step.queue !== '', `steps[${index}].queue`, 'is needed');
    const isLast = index === steps.length - 1;
    require(isLast || step.waitMinutes > 0, `steps[${index}].waitMinutes`, 'only the last step waits without end');
  });
  if (violations.length > 0) throw invalid(violations);
}

/** Whether its time at this step is over. */
export const isStepOver = (lead: Lead, now: Date): boolean => lead.stepEndsAt !== undefined && lead.stepEndsAt <= now;

/** Whether there is a step after this one. */
export const hasNextStep = ({ route, routeStep }: Lead): boolean => routeStep + 1 < route.length;

/**
 * A lead at a step of its route: it waits in the step's queue, with its attempts and its waiting time anew; in the owner's step for that seat alone.
 * A lead that is promised for later stays scheduled, and the step's time runs from then.
 */
export function enterStep(
  lead: Lead,
  place: { step: number; queue: Queue; ownerSeatId?: string; cause: StepCause },
  now: Date,
): Lead {
  const { step, queue, ownerSeatId = '', cause } = place;
  const waitMinutes = lead.route[step]?.waitMinutes ?? 0;
  const from = lead.state === 'scheduled' && lead.promisedAt ? lead.promisedAt : now;
  // A lead that goes on takes other people's time than its decision reserved.
  const isStart = cause === 'created' || cause === 'owner_absent';
  const placed: Lead = {
    ...lead,
    queue: queue.queue,
    channel: queue.channel,
    orgPath: queue.orgPath,
    routeStep: step,
    onlySeatId: ownerSeatId,
    teamId: isStart && queue.queue === lead.queue ? lead.teamId : '',
    stepEndsAt: waitMinutes > 0 ? new Date(from.getTime() + waitMinutes * MINUTE_MS) : undefined,
    attemptCount: 0,
    coolOffs: [],
    waitingSince: from,
  };
  const there = withStep(placed, now, cause, queue.queue, ownerSeatId);
  return lead.state === 'scheduled' ? there : { ...there, dueAt: waitingDueAt(there, queue) };
}

/**
 * A new lead at the first step of its route. Without a relationship manager who has a seat that serves the step's queue it goes on to the next at once.
 */
export function startRoute(lead: Lead, queues: ReadonlyMap<string, Queue>, seats: readonly Seat[], now: Date): Lead {
  const [first, second] = lead.route;
  const queueAt = (step: RouteStep | undefined): Queue | undefined => step && queues.get(step.queue || lead.queue);
  const queue = queueAt(first);
  if (first === undefined || queue === undefined) return { ...lead, route: [] };
  if (first.to === 'queue') return enterStep(lead, { step: 0, queue, cause: 'created' }, now);
  const serving = seats.filter((seat) => serves(seat, queue));
  const ownerSeatId = seatOfAgent(serving, lead.ownerId, queue.queue)?.seatId ?? '';
  if (ownerSeatId !== '') return enterStep(lead, { step: 0, queue, ownerSeatId, cause: 'created' }, now);
  const next = queueAt(second);
  if (next === undefined) return { ...lead, route: [] };
  return enterStep(lead, { step: 1, queue: next, cause: 'owner_absent' }, now);
}
