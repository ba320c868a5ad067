import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { Transaction } from '@tidegate/mongo';
import { eventually, FakeClock } from '@tidegate/testing';
import { LeadMaker } from '../../desk/lead-maker';
import { CallCentre } from '../../testing/call-centre';
import { buildDecision } from '../../testing/decision.factory';
import { PromiseLeadsUseCase } from './promise-leads.use-case';

// Goal: people's time that moved is followed also where the lead is being made in the same moment.

const clock = new FakeClock();
let centre: CallCentre;

beforeAll(async () => {
  centre = await CallCentre.open({ clock });
  await centre.putQueue({ queue: 'calls' });
  await centre.putQueue({ queue: 'outlet' });
});
afterAll(() => centre?.service.stop());

const make =
  (number: number, overrides: Partial<Decision> = {}) =>
  (tx: Transaction) =>
    centre.service.app.get(LeadMaker).makeAll([buildDecision(number, { queue: 'calls', ...overrides })], tx);
const giveUp = (number: number) => (tx: Transaction) => {
  const move = { decisionId: `d-${number}`, queue: 'calls', isReleased: true, moveCount: 1 };
  return centre.service.app.get(PromiseLeadsUseCase).execute([CapacityMoved.fromPartial(move)], tx);
};

/** Both read before either commits; the one that is named first writes centre. */
async function atOnce(
  earlier: (tx: Transaction) => Promise<void>,
  later: (tx: Transaction) => Promise<void>,
): Promise<void> {
  let wrote: () => void = () => undefined;
  const hasWritten = new Promise<void>((resolve) => (wrote = resolve));
  let tried: () => void = () => undefined;
  const hasTried = new Promise<void>((resolve) => (tried = resolve));
  await Promise.all([
    centre.service.mongo.transaction(async (tx) => {
      await earlier(tx);
      wrote();
      await hasTried;
    }),
    centre.service.mongo.transaction(async (tx) => {
      await hasWritten;
      await later(tx).finally(tried);
    }),
  ]);
}

it.each([
  ['made', 11, make, giveUp],
  ['given up', 12, giveUp, make],
] as const)('ends a lead whose time was given up while it was made, %s first', async (_, number, earlier, later) => {
  await atOnce(earlier(number), later(number));
  await eventually(async () =>
    expect(await centre.lead(`lead-d-${number}`)).toMatchObject({ state: 'closed', disposition: 'unreachable' }),
  );
  expect(await centre.service.mongo.connection.collection('early_capacity_moves').countDocuments()).toBe(0);
});

it('ends a lead whose time was given up before it was made, wherever its route begins', async () => {
  const steps = [
    { to: 'queue', queue: 'outlet', waitMinutes: 60 },
    { to: 'queue', queue: 'calls', waitMinutes: 0 },
  ];
  const route = { routeId: '', orgPath: 'hq', strategyId: 'routed', actionId: '', queue: '', steps };
  await centre.coordination().putRoute({ requestId: 'route', route });
  await centre.service.mongo.transaction(giveUp(13));
  await centre.service.mongo.transaction(make(13, { strategyId: 'routed' }));
  expect(await centre.lead('lead-d-13')).toMatchObject({
    ...{ queue: 'outlet', state: 'closed', disposition: 'unreachable' },
  });
});
