import { DecisionMade, type LeftCandidates } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { eventually } from '@tidegate/testing';
import { ArbitrationFixture, appAction, callAction } from '../testing/arbitration.fixture';
import { PushRunner } from '../testing/push-runner';
import { SettleDueDecisionsUseCase } from '../use-cases/settle-due-decisions/settle-due-decisions.use-case';

// Goal: whoever counts candidates hears of all of them, also of those that a pushed decision keeps the reason alone of, whenever it is told.

const PATIENT = { timeoutMs: 60_000 };
/** Monday the second of March, 22:00 in Shanghai; the night ends at 08:00. */
const NIGHT = new Date('2026-03-02T14:00:00Z');
const MORNING = new Date('2026-03-03T00:00:00Z');
const COUNT = 60;
const KEPT = 24;

let fixture: ArbitrationFixture;
let runner: PushRunner;
const heard: DecisionMade[] = [];

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  runner = new PushRunner(fixture);
  fixture.first.bus.listen(DecisionMade, ({ data }) => void heard.push(data));
  fixture.clock.set(NIGHT);
  const night = { channel: 'remote_bank', fromMinute: 21 * 60, toMinute: 8 * 60, mode: 'queue' };
  await fixture.putPolicy({ quietHours: [{ ...night, isQuietOnHolidays: true, isServiceExempt: false }] });
  await runner.putCapacity('seats', 9);
  await fixture.putCustomers(['ann', 'ben', 'cyd'].map((customerId) => ({ customerId, attributes: { income: 50 } })));
});
afterAll(() => fixture?.stop());

/** Every third is for nobody. */
const terms = (index: number) => ({
  ...(index % 3 === 0 && { eligibility: { field: 'attributes.income', op: 'gt', value: 1_000 } }),
  valueMinor: 1_000 - index,
});
const numbered = <T>(make: (index: number) => T): T[] => Array.from({ length: COUNT }, (_, index) => make(index));
const told = (customerId: string): Promise<DecisionMade> =>
  eventually(() => {
    const found = heard.filter(({ decision }) => decision?.customerId === customerId);
    expect(found).toHaveLength(1);
    return found[0]!;
  }, PATIENT);
/** Of the candidates that passed all rules those worth most are kept whole: 24 of 40. */
const left = (strategyId: string, channel: string): LeftCandidates[] => [
  {
    strategyId,
    strategyVersion: 1,
    channel,
    countByReason: { NOT_ELIGIBLE: COUNT / 3, OUTRANKED: (COUNT * 2) / 3 - KEPT },
  },
];

it('tells how many candidates there are beyond those kept, with the first batch of a push and with later ones', async () => {
  await fixture.putStrategy(
    'wide',
    numbered((index) => appAction(`wide-${index}`, terms(index))),
  );
  for (const customerId of ['ann', 'ben']) {
    await runner.finished(await runner.start('wide', customerId === 'ann' ? ['ann'] : ['ben', 'zed']));
    const { decision, leftCandidates } = await told(customerId);
    expect(decision).toMatchObject({ reason: 'CHOSEN' });
    expect(decision?.candidates).toHaveLength(KEPT);
    expect(leftCandidates).toEqual(left('wide', 'app'));
  }
  expect(await told('zed')).toMatchObject({ decision: { reason: 'CUSTOMER_UNKNOWN' }, leftCandidates: [] });
});

it('tells so too of what quiet hours held back, gone out or stopped meanwhile', async () => {
  heard.length = 0;
  await fixture.putStrategy(
    'calls',
    numbered((index) => callAction(`call-${index}`, 'seats', terms(index))),
  );
  await runner.finished(await runner.start('calls', ['ann', 'cyd']));
  expect(heard).toEqual([]);
  const refusal = { customerId: 'cyd', purpose: 'marketing', channel: '*', isGranted: false, version: 2 };
  await fixture.client().applyConsent(refusal);
  const stopped = await told('cyd');
  expect(stopped.decision).toMatchObject({ reason: 'CONSENT_MISSING' });
  expect(stopped.leftCandidates).toEqual(left('calls', 'remote_bank'));
  fixture.clock.set(MORNING);
  await fixture.first.app.get(SettleDueDecisionsUseCase).execute();
  const gone = await told('ann');
  expect(gone.decision).toMatchObject({ reason: 'CHOSEN' });
  expect(gone.leftCandidates).toEqual(left('calls', 'remote_bank'));
});
