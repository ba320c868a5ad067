import { appAction, ArbitrationFixture } from '../../testing/arbitration.fixture';

// Goal: a customer reads his own decision in words, as it was made, and nobody else's.

let fixture: ArbitrationFixture;
beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({});
  await fixture.putCustomers([{ customerId: 'ann' }]);
  await fixture.putStrategy('spring', [appAction('spring-app')]);
});
afterAll(() => fixture?.stop());

it('tells the customer of his own, and of another’s that there is none', async () => {
  const request = { requestId: 'r', customerId: 'ann', channels: ['app'], maxActions: 1, isCommitted: true };
  const { decisions } = await fixture.client().decide({ ...request, context: undefined });
  const { decisionId } = decisions[0]!;
  const ask = { decisionId, language: 'en' };
  const customer = (id: string) => fixture.client(0, { kind: 'customer', id, roles: [], orgPath: '' });
  const told = await customer('ann').explainDecision(ask);
  expect(told).toMatchObject({ decisionId, title: 'Title of spring-app', channel: 'app' });
  expect(told.why[0]).toContain('You see this because');
  expect(Math.min(told.rules.length, told.switchOff.length)).toBeGreaterThan(0);
  expect(JSON.stringify({ ...told, decisionId: '', title: '' })).not.toContain('spring');
  const none = { code: 'NOT_FOUND', reason: 'DECISION_NOT_FOUND' };
  await expect(customer('bo').explainDecision(ask)).rejects.toMatchObject(none);
  await expect(customer('ann').explainDecision({ ...ask, decisionId: 'none' })).rejects.toMatchObject(none);
  const west = fixture.client(0, { kind: 'staff', id: 'w', roles: ['reader'], orgPath: 'hq/west' });
  await expect(west.explainDecision(ask)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await expect(customer('ann').explainDecision({ ...ask, language: 'fr' })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
});

it('tells what held when it was decided, whatever changed since', async () => {
  const decideAgain = async (requestId: string): Promise<string> => {
    const request = { requestId, customerId: 'ann', channels: ['app'], maxActions: 1, isCommitted: true };
    return (await fixture.client().decide({ ...request, context: undefined })).decisions[0]!.decisionId;
  };
  const explain = (decisionId: string) => fixture.client().explainDecision({ decisionId, language: 'en' });
  const decisionId = await decideAgain('before');
  const before = await explain(decisionId);
  expect(before.rules.join(' ')).not.toContain('Limits');
  expect(before.switchOff.join(' ')).toContain('refuse promotion');

  // By now there are limits, the action is one of service, and she refuses to be evaluated.
  const limit = { scope: 'overall', key: '', maxCount: 9, windowDays: 1, window: 'rolling', purpose: 'service' };
  await fixture.putPolicy({ limits: [limit] });
  await fixture.putStrategy('spring', [appAction('spring-app', { purpose: 'service' })]);
  const changedAt = new Date('2026-02-01T00:00:00Z');
  const consents = [
    { purpose: 'service', channel: '*', isGranted: true, changedAt },
    { purpose: 'profiling', channel: '*', isGranted: false, changedAt },
  ];
  await fixture.putCustomers([{ customerId: 'ann', version: 2, consents }]);
  const after = await explain(await decideAgain('after'));
  expect(after.rules.join(' ')).toContain('Limits');
  expect(after.rules.join(' ')).not.toContain('complaint');
  expect(after.switchOff.join(' ')).toMatch(/message of service.* was switched off/);
  expect(await explain(decisionId)).toEqual(before);
});
