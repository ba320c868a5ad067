import { StartPushRequest, type Push, type PushDecision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { eventually } from '@tidegate/testing';
import type { ArbitrationFixture, CustomerDraft } from './arbitration.fixture';

type PushTermsDraft = Pick<Parameters<typeof StartPushRequest.fromPartial>[0], 'limits' | 'costs'>;

export const SLOT = '2026-W10';

/** Members of a list, numbered. */
export const members = (prefix: string, count: number): (CustomerDraft & { customerId: string })[] =>
  Array.from({ length: count }, (_, index) => ({ customerId: `${prefix}-${index}` }));

export const idsOf = (drafts: readonly { customerId: string }[]): string[] =>
  drafts.map(({ customerId }) => customerId);

/** Runs pushes over the public rpcs, as a test means them. */
export class PushRunner {
  constructor(private readonly fixture: ArbitrationFixture) {}

  async putCapacity(queue: string, units: number): Promise<void> {
    await this.fixture.client().putCapacity({ requestId: `${queue}-${units}`, queue, slot: SLOT, units });
  }

  /** In two chunks; the replica that takes the last one is the first to work it. */
  async start(
    strategyId: string,
    ids: string[],
    options: { replica?: number; terms?: PushTermsDraft; horizonDays?: number } = {},
  ): Promise<string> {
    const client = this.fixture.client(options.replica);
    const request = { requestId: `start-${strategyId}-${ids.length}`, strategyId, listId: `list-${strategyId}` };
    const { push } = await client.startPush(
      StartPushRequest.fromPartial({
        ...request,
        ...(options.horizonDays === undefined ? { capacitySlot: SLOT } : { horizonDays: options.horizonDays }),
        ...options.terms,
      }),
    );
    const pushId = push?.pushId ?? '';
    const middle = Math.ceil(ids.length / 2);
    await client.appendPushMembers({ pushId, sequence: 0, customerIds: ids.slice(0, middle), isLast: false });
    await client.appendPushMembers({ pushId, sequence: 1, customerIds: ids.slice(middle), isLast: true });
    return pushId;
  }

  finished(pushId: string): Promise<Push> {
    return eventually(
      async () => {
        const { push } = await this.fixture.client().getPush({ pushId });
        if (push === undefined || push.state === 'running') throw new Error('still running');
        return push;
      },
      { timeoutMs: 240_000 },
    );
  }

  async decisionsOf(pushId: string): Promise<PushDecision[]> {
    const all: PushDecision[] = [];
    let pageToken = '';
    do {
      const page = await this.fixture.client().listPushDecisions({ pushId, pageSize: 400, pageToken });
      all.push(...page.decisions);
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    return all;
  }
}
