import { DomainError } from '@tidegate/errors';
import { callOperation } from '../testing/gateway-caller';
import { operationsOf } from '../testing/operations';
import { expectProblem, forEachRoute } from '../testing/route-matrix';
import { startTestGateway, type TestGateway } from '../testing/test-gateway';

// Goal: staff read what a customer has earned and holds, and nobody reads it of a customer of another branch.

const READS = [
  'wallet',
  'rewards',
  'points',
  'points/entries',
  'exchanges',
  'growth',
  'missions',
  'sign-in-programmes/{programmeId}/calendar',
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.stop());

it.each(['admin', 'workbench'])('tells nothing to staff of %s of whom another branch looks after', async (audience) => {
  const templates = READS.map((read) => `/${audience}/v1/customers/{customerId}/${read}`);
  const reads = operationsOf(gateway.running).filter(({ template }) => templates.includes(template));
  expect(reads.map(({ template }) => template).sort()).toEqual([...templates].sort());
  gateway.services.answer('customers.getCustomer', () => {
    throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'ORG_OUT_OF_SCOPE', message: 'for a test' });
  });
  await forEachRoute(reads, async (operation) => {
    expectProblem(await callOperation(gateway, operation), 403, 'ORG_OUT_OF_SCOPE');
  });
});
