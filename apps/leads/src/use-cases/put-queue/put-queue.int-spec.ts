import { StrategyChanged, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { Route } from '@tidegate/contracts/leads/v1/coordination';
import type { DomainError } from '@tidegate/errors';
import { eventually, persistently } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';

// Goal: leads of one branch never come to another, by overflow, seat or route, whichever of the two is put first, or put anew, or both at once.

let centre: CallCentre;
let replica: CallCentre;

beforeAll(async () => {
  centre = await CallCentre.open();
  replica = await CallCentre.open({ shareWith: centre });
  await centre.putQueue({ queue: 'west-desk', orgPath: 'hq/west' });
  await centre.putQueue({ queue: 'centre', orgPath: 'hq' });
});
afterAll(async () => {
  await replica?.service.stop();
  await centre?.service.stop();
});

const REFUSED = { reason: 'QUEUE_OF_OTHER_ORG' };
const putRoute = async (terms: Partial<Route>, from = centre): Promise<Route> => {
  const route = { routeId: '', orgPath: 'hq/west', strategyId: '', actionId: '', queue: '', steps: [], ...terms };
  return (await from.coordination().putRoute({ requestId: from.nextRequestId(), route })).route!;
};
const stepTo = (queue: string) => ({ to: 'queue', queue, waitMinutes: 0 });

it('overflows up the line, and never to a neighbour', async () => {
  const east = { queue: 'east-desk', orgPath: 'hq/east' };
  await expect(centre.putQueue({ ...east, overflowQueue: 'west-desk' })).rejects.toMatchObject(REFUSED);
  expect(await centre.putQueue({ ...east, overflowQueue: 'centre' })).toMatchObject({ overflowQueue: 'centre' });
});

it('keeps a queue where those that overflow to it can reach it', async () => {
  await expect(centre.putQueue({ queue: 'centre', orgPath: 'hq/west' })).rejects.toMatchObject(REFUSED);
  expect(await centre.putQueue({ queue: 'centre', orgPath: 'hq/east' })).toMatchObject({ orgPath: 'hq/east' });
});

it('keeps a queue in the line of the seats on it, free or not, until they leave it', async () => {
  await centre.putQueue({ queue: 'counter', orgPath: 'hq/west' });
  await centre.putSeat('at-work', { orgPath: 'hq/west', queues: ['west-desk', 'counter'] });
  await centre.putSeat('away', { orgPath: 'hq/west/outlet', queues: ['counter'], state: 'away' });
  const move = (orgPath: string) => centre.putQueue({ queue: 'counter', orgPath });
  await expect(move('hq/east')).rejects.toMatchObject(REFUSED);
  expect(await move('hq')).toMatchObject({ orgPath: 'hq' });
  await centre.putSeat('at-work', { orgPath: 'hq/west', queues: ['west-desk'] });
  await expect(move('hq/east')).rejects.toMatchObject({ ...REFUSED, metadata: { queue: 'counter', seat: 'away' } });
  await centre.putSeat('away', { orgPath: 'hq/west', queues: [] });
  expect(await move('hq/east')).toMatchObject({ orgPath: 'hq/east' });
});

it('keeps a queue in the line of the routes that name it', async () => {
  for (const queue of ['first', 'second']) await centre.putQueue({ queue, orgPath: 'hq/west' });
  const steps = [{ ...stepTo('first'), waitMinutes: 5 }, stepTo('second')];
  await putRoute({ strategyId: 'calls', steps });
  await putRoute({ queue: 'first', steps: [stepTo('first')] });
  const moved = { queue: 'second', orgPath: 'hq/east' };
  await expect(centre.putQueue(moved)).rejects.toMatchObject({
    ...REFUSED,
    metadata: { queue: 'second', route: 'strategy|calls|' },
  });
  await putRoute({ strategyId: 'calls', steps: [stepTo('first')] });
  expect(await centre.putQueue(moved)).toMatchObject({ orgPath: 'hq/east' });
  await expect(putRoute({ strategyId: 'calls', steps })).rejects.toMatchObject(REFUSED);
  // The head office's own order may lead from one branch to the other.
  expect(await putRoute({ strategyId: 'calls', orgPath: 'hq', steps })).toMatchObject({ steps });
  await expect(centre.putQueue({ queue: 'first', orgPath: 'hq/east' })).rejects.toMatchObject({
    ...REFUSED,
    metadata: { queue: 'first', route: 'queue|first' },
  });
});

it('keeps a queue where the strategies that are not over have their leads worked', async () => {
  let revision = 0;
  const tell = async (state: string, queue: string): Promise<void> => {
    const strategy = { strategyId: 'visits', state, orgPath: 'hq/west' };
    const treatments = [
      { channel: 'branch', queue },
      { channel: 'webhook', queue: 'partner' },
    ];
    const told = { strategy, actions: [{ treatments }], revision: (revision += 1) };
    await centre.service.publish(StrategyChanged, 'visits', [{ snapshot: StrategySnapshot.fromPartial(told) }]);
    const states = centre.service.mongo.connection.collection('strategy_states');
    await eventually(async () => expect(await states.findOne({ revision })).toMatchObject({ state }));
  };
  for (const queue of ['visits', 'partner']) await centre.putQueue({ queue, channel: 'branch', orgPath: 'hq/west' });
  await tell('published', 'visits');
  const put = (terms: object) => centre.putQueue({ queue: 'visits', channel: 'branch', orgPath: 'hq/west', ...terms });
  const strategy = { metadata: { queue: 'visits', strategy: 'visits' } };
  await expect(put({ orgPath: 'hq/east' })).rejects.toMatchObject({ ...REFUSED, ...strategy });
  await expect(put({ channel: 'remote_bank' })).rejects.toMatchObject({ reason: 'QUEUE_IN_USE', ...strategy });
  await tell('paused', 'visits');
  await expect(put({ channel: 'remote_bank' })).rejects.toMatchObject({ reason: 'QUEUE_IN_USE' });
  // Up the line it still works them; a partner's endpoint is no queue of ours.
  expect(await put({ orgPath: 'hq', maxAttempts: 2 })).toMatchObject({ orgPath: 'hq', maxAttempts: 2 });
  expect(await centre.putQueue({ queue: 'partner', orgPath: 'hq/east' })).toMatchObject({ channel: 'remote_bank' });
  await tell('published', 'west-desk');
  expect(await put({ channel: 'remote_bank' })).toMatchObject({ channel: 'remote_bank' });
  await tell('published', 'visits');
  await tell('retired', 'visits');
  expect(await put({ orgPath: 'hq/east' })).toMatchObject({ orgPath: 'hq/east' });
});

it('lets one of two through that are made at once on two replicas', async () => {
  const reasonOf = (made: Promise<unknown>): Promise<string> =>
    made.then(
      () => '',
      ({ reason }: DomainError) => reason,
    );
  for (let round = 0; round < 5; round += 1) {
    const [seated, routed] = [`seated-${round}`, `routed-${round}`];
    for (const queue of [seated, routed]) await centre.putQueue({ queue, orgPath: 'hq/west' });
    const race = (move: string, other: Promise<unknown>) =>
      Promise.all([
        reasonOf(persistently(() => centre.putQueue({ queue: move, orgPath: 'hq/east' }))),
        reasonOf(other),
      ]);
    const outcomes = [
      await race(seated, replica.putSeat(`seat-${round}`, { orgPath: 'hq/west', queues: [seated] })),
      await race(
        routed,
        persistently(() => putRoute({ queue: routed, steps: [stepTo(routed)] }, replica)),
      ),
    ];
    for (const reasons of outcomes) expect(reasons.sort()).toEqual(['', 'QUEUE_OF_OTHER_ORG']);
  }
});
