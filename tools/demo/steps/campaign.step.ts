import type { NameList, NameListMember } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { Push } from '@tidegate/contracts/arbitration/v1/arbitration';
import { REMOTE_BANK, remoteSeats, TERM_DEPOSIT } from '../cast';
import { lineOf, windowsOf, type LineRange } from '../data/bank-file';
import type { Json } from '../http/json';
import { waitUntil } from '../measure/wait-until';
import { SEAT_SHARE, WINDOW_SIZE } from '../plan';
import { SeatFloor, setSeats } from '../seat-floor';
import type { World } from '../world';
import { waitUntilLearnt } from './history.step';

/** What is kept of a window that was worked. */
export interface WorkedWindow extends LineRange {
  name: string;
  listId: string;
  pushId: string;
  chosenCount: number;
}

export const windowKey = (index: number): string => `window-${String(index + 1).padStart(2, '0')}`;

/**
 * Works the lines after the history window by window: a name list, a push into the seats' capacity, a call for every lead. A call's
 * result is taken from the file when its lead is closed, and no sooner; the next window waits until it has been learnt.
 */
export async function workCampaign(world: World): Promise<void> {
  const { journal, bank } = world;
  const shift = new Shift(world);
  try {
    let lessons = bank.historyCount;
    for (const [index, range] of windowsOf(bank, WINDOW_SIZE).entries()) {
      const key = windowKey(index);
      await journal.step(key, () => workWindow(world, key, range, shift, lessons));
      lessons += journal.get<WorkedWindow>(key).chosenCount;
    }
    await setSeats(world, remoteSeats, 'away', 'campaign-end');
    await keepBrief(world);
  } finally {
    await shift.end();
  }
}

/** Remembers the newest lead that was closed with a success, for the report to show what its agent saw. */
async function keepBrief(world: World): Promise<void> {
  const [seat] = remoteSeats;
  if (seat === undefined) return;
  const closed = await world.agent(seat).listNewestLeads({ queue: TERM_DEPOSIT.queue, state: 'closed' });
  const lead = closed.find(({ disposition }) => disposition === 'converted') ?? closed[0];
  if (lead !== undefined) world.journal.put('brief-lead', lead.leadId);
}

/** The agents of the remote bank, who come when the first list is there: before, they could not know whom they call. */
class Shift {
  private readonly lines = new Map<string, number>();
  private floor: SeatFloor | null = null;

  constructor(private readonly world: World) {}

  /** Told of a list before it is dispatched: its first leads are offered at once. */
  expect(members: readonly Json<NameListMember>[]): void {
    for (const { customerId, externalId } of members) this.lines.set(customerId, lineOf(externalId));
  }

  async workUntilLearnt(lessonCount: number): Promise<void> {
    if (this.floor === null) {
      this.floor = new SeatFloor(this.world, remoteSeats, ({ customerId }) => this.dispositionOf(customerId));
      await setSeats(this.world, remoteSeats, 'available', 'campaign');
    }
    await Promise.race([waitUntilLearnt(this.world, lessonCount), this.floor.failed]);
  }

  async end(): Promise<void> {
    await this.floor?.close();
  }

  private dispositionOf(customerId: string): { disposition: string } {
    const line = this.lines.get(customerId);
    if (line === undefined) throw new Error(`customer ${customerId} is on no name list of this story`);
    return { disposition: this.world.bank.hasSubscribed(line) ? 'converted' : 'not_interested' };
  }
}

async function workWindow(world: World, key: string, range: LineRange, shift: Shift, lessons: number): Promise<void> {
  const { campaigns, arbitration, journal } = world;
  const startedAt = performance.now();
  const list = await buildList(world, key, range);
  shift.expect(await campaigns.listMembers(list.listId));
  const units = Math.floor((range.last - range.first + 1) * SEAT_SHARE);
  await arbitration.putCapacity(TERM_DEPOSIT.queue, key, units, `capacity:${key}`);
  await campaigns.dispatch(list.listId, key, `dispatch:${key}`);
  const { pushId, chosenCount } = await waitForPush(world, list.listId);
  await shift.workUntilLearnt(lessons + chosenCount);
  journal.put(key, { ...range, name: key, listId: list.listId, pushId, chosenCount } satisfies WorkedWindow);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  world.say(
    `  ${key}: ${list.passedCount} of ${list.memberCount} passed the screening, ${chosenCount} called and learnt from, ${seconds} s`,
  );
}

async function buildList(world: World, key: string, { first, last }: LineRange): Promise<Json<NameList>> {
  const { customers, campaigns } = world;
  const segmentId = `term-deposit-${key}`;
  const rule = { field: 'attributes.sequence', op: 'between', value: [first, last] };
  await customers.putSegment(
    segmentId,
    { name: `Lines ${first} to ${last}`, rule, orgPath: REMOTE_BANK },
    `segment:${segmentId}`,
  );
  const order = { strategyId: TERM_DEPOSIT.strategyId, name: `Term deposit, ${key}`, segmentId };
  const listId = (await campaigns.createNameList(order, `name-list:${key}`)).nameList?.listId ?? '';
  return waitUntil(`name list of ${key}`, async () => {
    const list = await campaigns.getNameList(listId);
    if (list.state === 'failed') throw new Error(`The name list of ${key} failed: ${list.failureReason}`);
    const isReady = list.state === 'ready' || list.state === 'dispatched';
    return isReady ? { isThere: true, value: list } : { isThere: false, state: list.state };
  });
}

async function waitForPush(world: World, listId: string): Promise<Json<Push>> {
  const { pushId } = await waitUntil(`dispatch of list ${listId}`, async () => {
    const list = await world.campaigns.getNameList(listId);
    const isThere = list.pushId !== '';
    return isThere ? { isThere, value: list } : { isThere, state: list.state };
  });
  return waitUntil(`push ${pushId}`, async () => {
    const push = await world.arbitration.getPush(pushId);
    if (push.state === 'failed') throw new Error(`Push ${pushId} failed: ${push.failureReason}`);
    const isThere = push.state === 'completed';
    return isThere ? { isThere, value: push } : { isThere, state: `${push.state}, ${push.decidedCount} decided` };
  });
}
