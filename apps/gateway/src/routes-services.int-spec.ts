import { DomainError, type ErrorCode } from '@tidegate/errors';
import { FakeServices } from './testing/fake-services';
import { callOperation, knowMerchant, MERCHANT_ID, type RawRequest } from './testing/gateway-caller';
import { operationsOf, validRequest, type Operation } from './testing/operations';
import { expectProblem, forEachRoute, isWrite, takesJson } from './testing/route-matrix';
import { leavesOf, SchemaSample, shapeOf } from './testing/schema-sample';
import { startTestGateway, type TestGateway } from './testing/test-gateway';

// These answer from the broker, or with a stream; they have tests of their own.
const APART = ['AdminDeadLetters.list', 'AdminDeadLetters.replay', 'AdminNameListFiles.download', 'SeatEvents.open'];

/** These answer with a file; what is in it has a test of its own. */
const FILES = [
  'AdminPayouts.file',
  'AdminStatementFiles.csv',
  'AdminStatementFiles.pdf',
  'MerchantStatementFiles.csv',
  'MerchantStatementFiles.pdf',
];

// Goal: every field reaches the service and comes back, and every refusal of a service gets its status.

let gateway: TestGateway;
let operations: Operation[];

beforeAll(async () => {
  gateway = await startTestGateway();
  knowMerchant(gateway);
  operations = operationsOf(gateway.running);
});
afterAll(() => gateway?.stop());

beforeEach(() => gateway.services.answerRest(() => undefined));

const SIDE_BY_SIDE = 32;

const PEER_ERRORS: [ErrorCode, number][] = [
  ['NOT_FOUND', 404],
  ['PERMISSION_DENIED', 403],
  ['FAILED_PRECONDITION', 422],
  ['ALREADY_EXISTS', 409],
  ['ABORTED', 409],
  ['INVALID_ARGUMENT', 400],
  ['RESOURCE_EXHAUSTED', 429],
  ['UNAVAILABLE', 503],
  ['DEADLINE_EXCEEDED', 504],
  ['INTERNAL', 500],
];

it.each(PEER_ERRORS)('answers a service’s %s with %i', async (code, status) => {
  gateway.services.answerRest(() => {
    throw new DomainError({ code, reason: 'FOR_A_TEST', message: 'said by the service', retryAfterMs: 2_500 });
  });
  const chosen = operations.filter(({ id }) => !id.startsWith('AdminDeadLetters'));
  const check = async (operation: Operation): Promise<void> => {
    const reply = await callOperation(gateway, operation);
    expectProblem(reply, status, code === 'INTERNAL' ? 'INTERNAL' : 'FOR_A_TEST');
    if (status === 429 || status === 503) expect(reply.headers.get('retry-after')).toBe('3');
    if (status === 500) expect(JSON.stringify(reply.body)).not.toContain('said by the service');
  };
  // Retries of UNAVAILABLE take their time, so routes go side by side; not all of them, or the first would wait out its deadline.
  for (let from = 0; from < chosen.length; from += SIDE_BY_SIDE) {
    const group = chosen.slice(from, from + SIDE_BY_SIDE);
    await Promise.all(group.map((operation) => forEachRoute([operation], check)));
  }
});

type Sample = (name: string) => unknown;
const redeemed = (sample: Sample) => ({ redemption: sample('Redemption'), redemptions: [sample('Redemption')] });
const held = (sample: Sample) => ({ instance: sample('Instance'), instances: [sample('Instance')] });

/** Routes that answer with a part of what the service said, and from what schema of which audience it said it. */
const PARTLY: Record<string, (sample: Sample) => unknown> = {
  'AppNextBestActions.decide': (sample) => ({ decisions: [sample('Decision')] }),
  'AppNextBestActions.recordOutcome': (sample) => ({ decision: sample('Decision') }),
  'AppStocks.get': (sample) => ({ stock: sample('Stock') }),
  'AppProfile.profile': (sample) => ({ customer: sample('Customer') }),
  'AppWallet.list': (sample) => sample('CustomerWalletResponse'),
  'MerchantRedemptions.redeem': (sample) => redeemed(sample),
  'MerchantRedemptions.validate': (sample) => ({ instances: [sample('Instance')], amountMinor: 1 }),
  'MerchantRedemptions.list': (sample) => ({ redemptions: [sample('Redemption')], nextPageToken: 'x' }),
  'MerchantRedemptions.get': (sample) => sample('GetRedemptionResponse'),
  'MerchantHolds.hold': (sample) => ({ holdId: 'h', expiresAt: new Date(), amountMinor: 1, ...held(sample) }),
  'MerchantHolds.commit': (sample) => redeemed(sample),
  'MerchantHolds.void': (sample) => held(sample),
  'MerchantSettlements.statement': (sample) => {
    const statement = sample('GetStatementResponse') as { batch: object };
    return { ...statement, batch: { ...statement.batch, merchantId: MERCHANT_ID } };
  },
};

it('answers with every documented field, and no other', async () => {
  const { schemas } = operations.find(({ audience }) => audience.name === 'admin')!;
  const sampleOf = (name: string) => new SchemaSample(schemas).of({ $ref: name });
  await forEachRoute(
    operations.filter(({ id }) => !APART.includes(id) && !FILES.includes(id)),
    async (operation) => {
      const said = PARTLY[operation.id]?.(sampleOf);
      const sample = new SchemaSample(operation.schemas).of(operation.responseSchema ?? {});
      gateway.services.answerRest(() => said ?? sample);
      const reply = await callOperation(gateway, operation);
      expect(reply.status).toBe(operation.successStatus);
      if (said) expect(shapeOf(reply.body)).toEqual(shapeOf(JSON.parse(JSON.stringify(sample))));
      else expect(reply.body).toEqual(JSON.parse(JSON.stringify(sample)));
    },
  );
});

it('hands a file on as it is, under its name', async () => {
  await forEachRoute(
    operations.filter(({ id }) => FILES.includes(id)),
    async (operation) => {
      const content = Buffer.from('line_id\r\n对账单,€');
      gateway.services.answerRest(() => ({ fileName: '对账 1.csv', content }));
      const reply = await callOperation(gateway, operation);
      expect([reply.status, reply.body]).toEqual([200, content.toString('utf8')]);
      const [type] = Object.keys(operation.responses['200']?.content ?? {});
      expect(reply.headers.get('content-type')).toContain(type);
      expect(reply.headers.get('content-disposition')).toBe(
        `attachment; filename="___1.csv"; filename*=UTF-8''${encodeURIComponent('对账 1.csv')}`,
      );
    },
  );
});

/** Fields that reach the service under another name or in another form. */
const RENAMED: Record<string, string[]> = {
  'AdminModels.upload': ['contentBase64'],
  // Fields of a form are handed on by their names.
  'AppThread.add': ['name', 'value'],
  'WorkbenchLeads.addToThread': ['name', 'value'],
  'WorkbenchNextBestActions.decide': ['channel'],
};
/** Commands that their service makes repeatable without a request id. */
const WITHOUT_REQUEST_ID = [
  'AppWallet.issueCode',
  'MerchantRedemptions.validate',
  'AdminCopyDesk.check',
  'AdminCopyDesk.draft',
  'AdminImports.upload',
  'AdminImports.cancel',
  'AdminCodeImports.upload',
  'AdminCodeImports.cancel',
  'AppCodes.show',
  'AppHunts.challenge',
  'AdminNameListFiles.upload',
  'AdminNameLists.cancel',
  'AdminPushes.append',
  'AdminPushes.cancel',
  'AdminSimulations.cancel',
  'AdminLedgerChecks.cancel',
  'AdminSegmentMembers.preview',
  'AppTraffic.issue',
  'MerchantTraffic.issue',
  'WorkbenchTraffic.issue',
  'OpenEvents.ingest',
];

/** Of the gateway itself: who calls? */
const ACCESS_RPCS = ['merchants.getMerchantKey', 'merchants.registerSignature', 'staff.getStaffStanding'];

/** Asked in the gateway's own name, because the caller may not see it himself. */
const ASKED_BY_GATEWAY: Record<string, string> = { 'AppWallet.transfer': 'customers.getCustomer' };

it('hands on every field of the request, who calls, the idempotency key and the trace', async () => {
  const check = async (operation: Operation): Promise<void> => {
    const before = gateway.services.calls.length;
    let sent: RawRequest | undefined;
    const reply = await callOperation(gateway, operation, (request) => {
      request.headers.traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
      sent = request;
    });
    const asked = [...ACCESS_RPCS, ASKED_BY_GATEWAY[operation.id]];
    const calls = gateway.services.calls.slice(before).filter(({ rpc }) => !asked.includes(rpc));
    const received = calls.flatMap(({ request }) => leavesOf(request));
    const body: unknown = takesJson(operation) ? JSON.parse(sent?.body ?? '{}') : {};
    const expected = leavesOf(body).filter((leaf) => !RENAMED[operation.id]?.includes(leaf.split('=')[0]!));
    expect(received).toEqual(expect.arrayContaining(expected));
    const { parameters } = validRequest(operation);
    for (const value of Object.values(parameters)) expect(received.join('\n')).toContain(`=${JSON.stringify(value)}`);
    const hasRequestId = isWrite(operation) && !WITHOUT_REQUEST_ID.includes(operation.id);
    if (hasRequestId) expect(calls.at(-1)?.request.requestId).toBe(sent?.headers['idempotency-key']);
    expect(calls.map(({ actor }) => actor.kind)).toEqual(calls.map(() => operation.route.config.access?.kinds[0]));
    expect(calls.map(({ traceId }) => traceId)).toEqual(calls.map(() => 'ab'.repeat(16)));
    expect(reply.headers.get('traceparent')).toContain('ab'.repeat(16));
  };
  await forEachRoute(
    operations.filter(({ id }) => !APART.includes(id)),
    check,
  );
});

it('decides for the caller himself, whatever customer the request means', async () => {
  const customers = operations.filter(
    ({ audience, template }) => audience.name === 'app' && !template.includes('decisions'),
  );
  await forEachRoute(customers, async (operation) => {
    await callOperation(gateway, operation);
    const { request, actor } = gateway.services.calls.at(-1)!;
    expect(actor.id).toBe('caller-1');
    if ('customerId' in request) expect(request.customerId).toBe('caller-1');
  });
});

/** Said between services only. */
const INTERNAL_RPCS = [
  'simulation.startSimulation',
  'arbitration.screenCustomers',
  'arbitration.applyConsent',
  'arbitration.applyHold',
  'arbitration.listRetractions',
  'arbitration.askServiceContacts',
  'benefits.validateSale',
  'benefits.holdBenefit',
  'benefits.getHold',
  'benefits.getStocks',
  'benefits.commitHold',
  'benefits.voidHold',
  'benefits.redeemByCode',
  'benefits.reverseRedemption',
  'benefits.postSettlement',
  'benefits.postAdjustment',
  'customers.checkCounts',
  'customers.findCustomerIds',
  'customers.listCountedFacts',
  'customers.listPastMoments',
  'merchants.getStore',
  'points.earnPoints',
];

it('offers every rpc that a person or system needs', () => {
  const called = new Set(gateway.services.calls.map(({ rpc }) => rpc));
  expect(FakeServices.rpcs.filter((rpc) => !called.has(rpc)).sort()).toEqual([...INTERNAL_RPCS].sort());
});

it('passes nothing on to somebody who is no customer', async () => {
  const transfer = operations.filter(({ id }) => id === 'AppWallet.transfer');
  gateway.services.answer('customers.getCustomer', () => {
    throw new DomainError({ code: 'NOT_FOUND', reason: 'CUSTOMER_NOT_FOUND', message: 'There is no such customer.' });
  });
  const before = gateway.services.calls.length;
  expect(transfer).toHaveLength(1);
  expectProblem(await callOperation(gateway, transfer[0]!), 404, 'CUSTOMER_NOT_FOUND');
  const calls = gateway.services.calls.slice(before);
  expect(calls.map(({ rpc, actor }) => [rpc, actor.id])).toEqual([['customers.getCustomer', 'gateway']]);
});
