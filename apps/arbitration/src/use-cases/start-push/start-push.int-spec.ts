import { PushCompleted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { StartPushRequest, type AppendPushMembersRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { PushPartRepository } from '../../repositories/push-part.repository';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { idsOf, members, PushRunner, SLOT } from '../../testing/push-runner';

// Goal: a push fills scarce capacity by rank and by its exploration share, decides each member once, and survives the death of its worker.

let fixture: ArbitrationFixture;
let run: PushRunner;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

describe('a push of 2,500 members for 500 units of a queue', () => {
  const listed = members('week', 2_500);
  const completed: PushCompleted[] = [];
  let pushId: string;
  let stopListening: () => void;

  afterAll(() => stopListening());
  beforeAll(async () => {
    stopListening = fixture.first.bus.listen(PushCompleted, ({ data }) => completed.push(data));
    await fixture.putCustomers([
      ...listed,
      { customerId: 'week-held', hasComplaintHold: true },
      { customerId: 'week-silent', consents: [] },
    ]);
    await run.putCapacity('week', 500);
    await fixture.putStrategy('week', [callAction('week-call', 'week')], {
      explorationBasisPoints: 1_000,
      holdoutBasisPoints: 1_000,
    });
    const ids = idsOf(listed);
    // Doubles in the list are one member; so is a chunk that is sent twice.
    pushId = await run.start('week', [...ids, 'week-held', 'week-silent', 'week-nobody', ...ids.slice(0, 10)]);
  });

  it('fills the queue exactly and decides every member once', async () => {
    const push = await run.finished(pushId);
    expect(push).toMatchObject({ state: 'completed', memberCount: 2_503, decidedCount: 2_503, chosenCount: 500 });
    expect(push.countByReason).toMatchObject({
      CHOSEN: 500,
      COMPLAINT_HOLD: 1,
      CONSENT_MISSING: 1,
      CUSTOMER_UNKNOWN: 1,
    });
    const total = Object.values(push.countByReason).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(2_503);
    expect(push.countByReason.HOLDOUT_STRATEGY).toBeGreaterThan(150);

    const decisions = await run.decisionsOf(pushId);
    expect(new Set(decisions.map(({ customerId }) => customerId)).size).toBe(2_503);
    const ranked = decisions.filter(({ rank }) => rank > 0);
    expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, index) => index + 1));
    const chosen = decisions.filter(({ isChosen }) => isChosen);
    expect(chosen.filter(({ isExploration }) => isExploration)).toHaveLength(50);
    expect(chosen.filter(({ isExploration }) => !isExploration).map(({ rank }) => rank)).toEqual(
      Array.from({ length: 450 }, (_, index) => index + 1),
    );
    expect(decisions.filter(({ reason }) => reason === 'OUTRANKED')).toHaveLength(ranked.length - 500);

    const { capacities } = await fixture.client().listCapacity({ queue: 'week', pageSize: 0, pageToken: '' });
    expect(capacities).toEqual([{ queue: 'week', slot: SLOT, units: 500, reserved: 500, used: 0 }]);
    await eventually(() => expect(completed).toMatchObject([{ push: { pushId, chosenCount: 500 } }]));
  });

  it('keeps for each what explains it, and who is control', async () => {
    const decisions = await run.decisionsOf(pushId);
    const [best] = decisions;
    const { decision } = await fixture.client().getDecision({ decisionId: best!.decisionId });
    expect(decision).toMatchObject({
      mode: 'push',
      pushId,
      listId: 'list-week',
      rank: 1,
      reason: 'CHOSEN',
      group: 'treated',
      queue: 'week',
      capacitySlot: SLOT,
      scriptId: 'script-1',
    });
    const held = decisions.find(({ reason }) => reason === 'HOLDOUT_STRATEGY');
    const control = await fixture.client().getDecision({ decisionId: held!.decisionId });
    expect(control.decision).toMatchObject({ group: 'control', strategyId: '', rank: 0 });
    expect(control.decision?.candidates).toMatchObject([{ strategyId: 'week', reason: 'HOLDOUT_STRATEGY' }]);
  });

  it('leaves nothing for a second push, and keeps one human channel for each customer', async () => {
    await fixture.putStrategy('week-2', [callAction('week-2-call', 'week')]);
    const chosen = (await run.decisionsOf(pushId)).filter(({ isChosen }) => isChosen).slice(0, 20);
    const others = idsOf(listed.slice(0, 40));
    const push = await run.finished(
      await run.start('week-2', [...chosen.map(({ customerId }) => customerId), ...others]),
    );
    expect(push.chosenCount).toBe(0);
    expect(push.countByReason.HUMAN_CHANNEL_BUSY).toBeGreaterThanOrEqual(20);
    expect(Object.keys(push.countByReason).sort()).toEqual(['CAPACITY_EXHAUSTED', 'HUMAN_CHANNEL_BUSY']);
  });
});

describe('a push over two channels', () => {
  it('reaches by the app whom no seat is left for', async () => {
    const listed = members('both', 30);
    await fixture.putCustomers(listed);
    await run.putCapacity('both', 10);
    await fixture.putStrategy('both', [callAction('both-call', 'both'), appAction('both-app', { valueMinor: 10 })]);
    const pushId = await run.start('both', idsOf(listed));
    expect(await run.finished(pushId)).toMatchObject({ chosenCount: 30, countByReason: { CHOSEN: 30 } });
    const decisions = await run.decisionsOf(pushId);
    const channels = await Promise.all(
      decisions.map(async ({ decisionId }) => (await fixture.client().getDecision({ decisionId })).decision?.channel),
    );
    expect(channels.filter((channel) => channel === 'remote_bank')).toHaveLength(10);
    expect(channels.filter((channel) => channel === 'app')).toHaveLength(20);
  });
});

describe('the inlets of a push', () => {
  it('answer repeats and refuse what is out of order', async () => {
    await fixture.putStrategy('inlets', [appAction('inlets-app')]);
    const client = fixture.client();
    const request = StartPushRequest.fromPartial({ requestId: 'inlets', strategyId: 'inlets' });
    const { push } = await client.startPush(request);
    const pushId = push!.pushId;
    expect((await fixture.client(1).startPush(request)).push).toEqual(push);
    const chunk = { pushId, sequence: 0, customerIds: ['inlets-1'], isLast: false };
    await expect(client.appendPushMembers({ ...chunk, sequence: 1 })).rejects.toMatchObject({
      ...{ code: 'OUT_OF_RANGE', reason: 'PUSH_CHUNK_OUT_OF_ORDER', metadata: { expected: '0' } },
    });
    await client.appendPushMembers(chunk);
    expect((await client.appendPushMembers(chunk)).push?.memberCount).toBe(1);
    expect((await client.cancelPush({ pushId })).push?.state).toBe('cancelled');
    expect(await reasonOf(client.appendPushMembers({ ...chunk, sequence: 1 }))).toBe('PUSH_STARTED');
    expect(await reasonOf(client.getPush({ pushId: 'none' }))).toBe('PUSH_NOT_FOUND');
    expect(await reasonOf(client.startPush({ ...request, requestId: 'x', strategyId: 'none' }))).toBe(
      'STRATEGY_NOT_LIVE',
    );
  });

  it('take a chunk again, and no other one in its place, also when the push is over', async () => {
    const client = fixture.client();
    const started = StartPushRequest.fromPartial({ requestId: 'chunks', strategyId: 'inlets' });
    const pushId = (await client.startPush(started)).push!.pushId;
    const [first, last] = [['chunk-1', 'chunk-2'], ['chunk-3']].map((customerIds, sequence) => ({
      pushId,
      sequence,
      customerIds,
      isLast: sequence === 1,
    })) as [AppendPushMembersRequest, AppendPushMembersRequest];
    const others: AppendPushMembersRequest[] = [
      { ...first, customerIds: ['chunk-1', 'chunk-4'] },
      { ...first, customerIds: ['chunk-1'] },
      { ...first, customerIds: ['chunk-1,chunk-2'] },
      { ...first, isLast: true },
      { ...last, customerIds: [] },
    ];
    await client.appendPushMembers(first);
    const refused = (one: AppendPushMembersRequest) => reasonOf(fixture.client(1).appendPushMembers(one));
    for (const other of others.slice(0, 4)) expect(await refused(other)).toBe('PUSH_CONTENT_DIFFERS');
    expect((await fixture.client(1).appendPushMembers(first)).push).toMatchObject({
      state: 'receiving',
      memberCount: 2,
    });
    await client.appendPushMembers(last);
    await run.finished(pushId);
    // Its members are not kept any longer, and what tells a repeat is.
    await eventually(async () =>
      expect(
        await fixture.first.app
          .get(PushPartRepository)
          .getChunk(pushId, 0)
          .catch(() => null),
      ).toBeNull(),
    );
    for (const other of others) expect(await refused(other)).toBe('PUSH_CONTENT_DIFFERS');
    for (const same of [first, last]) {
      expect((await client.appendPushMembers(same)).push).toMatchObject({ state: 'completed', memberCount: 3 });
    }
  });

  it('end an empty push at once', async () => {
    const request = StartPushRequest.fromPartial({ requestId: 'empty', strategyId: 'inlets' });
    const { push } = await fixture.client().startPush(request);
    await fixture.client().appendPushMembers({ pushId: push!.pushId, sequence: 0, customerIds: [], isLast: true });
    expect(await run.finished(push!.pushId)).toMatchObject({ state: 'completed', memberCount: 0 });
    expect(await reasonOf(fixture.client().cancelPush({ pushId: push!.pushId }))).toBe('PUSH_FINISHED');
  });
});
