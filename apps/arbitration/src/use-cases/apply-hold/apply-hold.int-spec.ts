import { StartPushRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { eventually } from '@tidegate/testing';
import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: a complaint that comes in while a list is being pushed stops what is not decided yet, and retracts what is.

const MEMBERS = 1_500;
let fixture: ArbitrationFixture;
const retractions: DecisionRetracted[] = [];
const members = Array.from({ length: MEMBERS }, (_, index) => `member-${index}`);

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  fixture.first.bus.listen(DecisionRetracted, ({ data }) => retractions.push(data));
  await fixture.putPolicy({});
  await fixture.putStrategy('list', [appAction('offer')]);
  await fixture.putCustomers(members.map((customerId) => ({ customerId })));
});
afterAll(() => fixture?.stop());

it('has one right outcome against a push: decided before the hold, or held', async () => {
  const client = fixture.client();
  const { push } = await client.startPush(
    StartPushRequest.fromPartial({ requestId: 's', strategyId: 'list', listId: 'l' }),
  );
  const pushId = push!.pushId;
  await client.appendPushMembers({ pushId, sequence: 0, customerIds: members, isLast: true });
  const heldAt = new Map<string, number>();
  const stateOf = async () => (await client.getPush({ pushId })).push!;
  // Complaints by turns on both replicas, over the whole list, while it is worked.
  for (let index = 0; index < MEMBERS; index += 25) {
    const customerId = members[(index * 7) % MEMBERS]!;
    await fixture.client(index % 2).applyHold({ customerId, hasComplaintHold: true, version: 2 });
    heldAt.set(customerId, (await stateOf()).decidedCount);
  }
  const done = await eventually(
    async () => {
      const state = await stateOf();
      if (state.state !== 'completed') throw new Error('still running');
      return state;
    },
    { timeoutMs: 240_000 },
  );
  expect(done.decidedCount).toBe(MEMBERS);
  const reasons = new Map<string, string>();
  let pageToken = '';
  do {
    const page = await client.listPushDecisions({ pushId, pageSize: 1_000, pageToken });
    for (const { customerId, reason } of page.decisions) reasons.set(customerId, reason);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(reasons.size).toBe(MEMBERS);
  for (const [customerId, reason] of reasons) {
    // Held before anything was decided: never chosen. Held later: whichever came first.
    const held = heldAt.get(customerId);
    if (held === undefined) expect(reason).toBe('CHOSEN');
    else if (held === 0) expect(reason).toBe('COMPLAINT_HOLD');
    else expect(['CHOSEN', 'COMPLAINT_HOLD']).toContain(reason);
  }
  // What was decided before the hold is retracted with its answer, and nothing of anybody else.
  const overtaken = [...heldAt.keys()].filter((customerId) => reasons.get(customerId) === 'CHOSEN');
  const looked = [...overtaken, ...members.filter((_, index) => index % 100 === 1)];
  const reasonsOf = async (customerId: string): Promise<[string, string[]]> => {
    const { decisions } = await client.listDecisions({ customerId, pageSize: 0, pageToken: '' });
    return [customerId, decisions.map(({ retractedReason }) => retractedReason)];
  };
  expect(await Promise.all(looked.map(reasonsOf))).toEqual(
    looked.map((customerId) => [customerId, [heldAt.has(customerId) ? 'COMPLAINT_HOLD' : '']]),
  );
  await eventually(() =>
    expect(retractions.map(({ decision }) => decision?.customerId).sort()).toEqual([...overtaken].sort()),
  );
  const decideAfter = async (customerId: string): Promise<string | undefined> => {
    const request = {
      requestId: `after-${customerId}`,
      customerId,
      channels: ['app'],
      maxActions: 1,
      isCommitted: true,
    };
    const { decisions } = await fixture.client(1).decide({ ...request, context: undefined });
    return decisions[0]?.reason;
  };
  const after = await Promise.all([...heldAt.keys()].map(decideAfter));
  expect(new Set(after)).toEqual(new Set(['COMPLAINT_HOLD']));
});
