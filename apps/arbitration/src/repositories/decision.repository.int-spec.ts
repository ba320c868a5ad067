import { Mongo } from '@tidegate/mongo';
import { ArbitrationFixture } from '../testing/arbitration.fixture';
import { aDecision } from '../testing/decision.factory';
import { DecisionRepository } from './decision.repository';

// Goal: who holds a slot of people's time is found, however many held it before.

let fixture: ArbitrationFixture;
beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
});
afterAll(() => fixture?.stop());

it('finds what holds a slot among thousands that ended', async () => {
  const { app } = fixture.first;
  const mongo = app.get(Mongo);
  const decisions = app.get(DecisionRepository);
  const slot = { capacityPools: ['seats'], capacitySlot: '2026-03-02' };
  const ended = Array.from({ length: 5_001 }, (_, index) => ({
    _id: `ended-${index}`,
    ...slot,
    reservation: 'expired',
  }));
  await mongo.connection.collection('decisions').insertMany(ended as never[]);
  const held = aDecision({ decisionId: 'held', ...slot });
  await mongo.transaction((tx) => decisions.addMany([held], tx));
  const found = await mongo.transaction((tx) => decisions.listHolding('seats', slot.capacitySlot, tx));
  expect(found).toMatchObject([{ decisionId: 'held', reservation: 'reserved' }]);
});
