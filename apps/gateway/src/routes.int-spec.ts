import { DomainError, type ErrorCode } from '@tidegate/errors';
import { FakeServices } from './testing/fake-services';
import {
  callOperation,
  knowMerchant,
  MERCHANT_ID,
  problemOf,
  rawRequest,
  send,
  type RawRequest,
  type Reply,
} from './testing/gateway-caller';
import { operationsOf, validRequest, type Operation } from './testing/operations';
import { leavesOf, SchemaSample, shapeOf } from './testing/schema-sample';
import { startTestGateway, type TestGateway } from './testing/test-gateway';

// Goal: every route refuses what is wrong with a problem document and never fails, and hands on and answers all fields.

let gateway: TestGateway;
let operations: Operation[];

beforeAll(async () => {
  gateway = await startTestGateway();
  knowMerchant(gateway);
  operations = operationsOf(gateway.running);
});
afterAll(() => gateway?.stop());
beforeEach(() => gateway.services.answerRest(() => undefined));

// These answer from the broker, or with a stream; they have tests of their own.
const APART = ['AdminDeadLetters.list', 'AdminDeadLetters.replay', 'SeatEvents.open'];
const isWrite = ({ method }: Operation): boolean => method !== 'GET';
const isJson = ({ requestType }: Operation): boolean => requestType === 'application/json';
const isSigned = ({ audience }: Operation): boolean => audience.isSigned;

/** Runs a check over routes and names all that fail it, not only the first. */
async function forEach(chosen: Operation[], check: (operation: Operation) => Promise<void>): Promise<void> {
  expect(chosen.length).toBeGreaterThan(0);
  const failures: string[] = [];
  for (const operation of chosen) {
    await check(operation).catch((error: unknown) => {
      failures.push(
        `${operation.method} ${operation.template}: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
  expect(failures).toEqual([]);
}

function expectProblem(reply: Reply, status: number, reason?: string): void {
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({
    status,
    reason: reason ?? expect.any(String),
  });
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(problemOf(reply)).toMatchObject({
    status,
    title: expect.any(String),
    type: expect.any(String),
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
}

const spoil = (
  chosen: Operation[],
  change: (request: RawRequest, operation: Operation) => void,
  status: number,
  reason: string,
) =>
  forEach(chosen, async (operation) =>
    expectProblem(await callOperation(gateway, operation, (request) => change(request, operation)), status, reason),
  );

it('serves a hundred routes and more, all of them documented', () => {
  const documented = operations.map(({ method, template }) => `${method} ${template}`);
  const served = gateway.running.routes.routes
    .filter(({ config }) => (config.access?.kinds.length ?? 0) > 0)
    .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
  expect(documented.sort()).toEqual(served.sort());
  expect(documented.length).toBeGreaterThan(100);
});

it('refuses whoever shows no token, a false token, or no signature', async () => {
  await forEach(operations, async (operation) => {
    const { headers, ...request } = rawRequest(operation);
    expectProblem(
      await send(gateway, { ...request, headers }),
      401,
      isSigned(operation) ? 'SIGNATURE_MISSING' : 'TOKEN_MISSING',
    );
    const reply = await send(gateway, { ...request, headers: { ...headers, authorization: 'Bearer a.b.c' } });
    expectProblem(reply, 401, isSigned(operation) ? 'SIGNATURE_MISSING' : 'TOKEN_INVALID');
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

it('refuses callers of another kind, and staff without the role', async () => {
  const staff = await gateway.token({ roles: ['gardener'] });
  const customer = await gateway.token({ kind: 'customer', roles: ['admin', 'agent', 'intake'], orgPath: '' });
  await forEach(
    operations.filter((each) => !isSigned(each)),
    async (operation) => {
      const { headers, ...request } = rawRequest(operation);
      const as = (token: string) =>
        send(gateway, { ...request, headers: { ...headers, authorization: `Bearer ${token}` } });
      const isCustomers = operation.route.config.access?.kinds.includes('customer');
      expectProblem(await as(isCustomers ? staff : customer), 403, 'CALLER_KIND_NOT_ALLOWED');
      if (operation.route.config.access?.kinds.includes('staff')) expectProblem(await as(staff), 403, 'ROLE_MISSING');
    },
  );
});

it('refuses a write without a sound idempotency key', async () => {
  const writes = operations.filter((each) => isWrite(each) && !each.route.config.isKeyless);
  await spoil(writes, ({ headers }) => (headers['idempotency-key'] = undefined), 400, 'IDEMPOTENCY_KEY_MISSING');
  await spoil(writes, ({ headers }) => (headers['idempotency-key'] = 'k'.repeat(129)), 400, 'IDEMPOTENCY_KEY_INVALID');
  expect(operations.filter((each) => isWrite(each) && each.route.config.isKeyless).map(({ id }) => id)).toEqual([
    'OpenEvents.ingest',
  ]);
});

it('refuses bodies that are no JSON, or dangerous', async () => {
  const bodies = [
    '{"a":',
    '{"__proto__":{"admin":true}}',
    '{"a":1e999}',
    `${'{"a":'.repeat(25)}1${'}'.repeat(25)}`,
    '{"a\\u0000":1}',
  ];
  for (const body of bodies)
    await spoil(
      operations.filter((each) => isWrite(each) && each.requestType !== 'text/csv'),
      (request) => (request.body = body),
      400,
      'MALFORMED_JSON',
    );
});

it('refuses bodies that are no object, and fields it does not know', async () => {
  const writes = operations.filter((each) => isWrite(each) && isJson(each));
  for (const body of ['null', '[]', '"text"', '7'])
    await spoil(writes, (request) => (request.body = body), 400, 'VALIDATION_FAILED');
  await forEach(writes, async (operation) => {
    const reply = await callOperation(gateway, operation, (request) => {
      request.body = JSON.stringify({ ...JSON.parse(request.body ?? '{}'), surprise: 1 });
    });
    expectProblem(reply, 400, 'VALIDATION_FAILED');
    expect(problemOf(reply).violations?.map(({ field }) => field)).toContain('surprise');
  });
});

it('refuses every field of another type than documented', async () => {
  await forEach(
    operations.filter((each) => isWrite(each) && isJson(each)),
    async (operation) => {
      const sound = validRequest(operation).body as Record<string, unknown>;
      for (const name of Object.keys(sound)) {
        for (const wrong of [null, typeof sound[name] === 'string' || sound[name] instanceof Date ? 7 : 'x', [[]]]) {
          const reply = await callOperation(gateway, operation, (request) => {
            request.body = JSON.stringify({ ...sound, [name]: wrong });
          });
          expectProblem(reply, 400, 'VALIDATION_FAILED');
          expect(problemOf(reply).violations?.[0]?.field.split('.')[0]).toBe(name);
        }
      }
    },
  );
});

it('refuses oversized bodies and other media types', async () => {
  const writes = operations.filter((each) => isWrite(each) && isJson(each) && !each.route.config.bodyBytesMax);
  await spoil(
    writes,
    (request) => (request.body = JSON.stringify({ pad: 'x'.repeat(257 * 1024) })),
    413,
    'BODY_TOO_LARGE',
  );
  const change = (request: RawRequest) => {
    request.headers['content-type'] = 'text/plain';
    request.body ??= 'x';
  };
  await spoil(operations.filter(isWrite), change, 415, 'UNSUPPORTED_MEDIA_TYPE');
});

it('refuses senseless queries', async () => {
  const queries = operations.filter((each) => each.parameters.some(({ in: place }) => place === 'query'));
  await forEach(queries, async (operation) => {
    for (const { name, in: place, schema } of operation.parameters) {
      if (place !== 'query') continue;
      const wrong = [
        'x'.repeat(3_000),
        ...(schema.type === 'integer' ? ['NaN', '1e9', '-1', '1.5', 'null'] : []),
        ...(schema.format ? ['yesterday', '2026-02-30T00:00:00Z'] : []),
      ];
      for (const value of wrong) {
        const reply = await callOperation(gateway, operation, (request) => {
          request.path = `${request.path.split('?')[0]}?${otherParameters(operation, name)}${name}=${value}`;
        });
        expectProblem(reply, 400, 'VALIDATION_FAILED');
        expect(problemOf(reply).violations?.[0]?.field).toBe(name);
      }
    }
    const reply = await callOperation(gateway, operation, (request) => (request.path += '&surprise=1'));
    expectProblem(reply, 400, 'VALIDATION_FAILED');
  });
});

const otherParameters = (operation: Operation, name: string): string => {
  const { path } = validRequest(operation);
  return (path.split('?')[1] ?? '')
    .split('&')
    .filter((pair) => !pair.startsWith(`${name}=`))
    .map((pair) => `${pair}&`)
    .join('');
};

it('refuses senseless path parameters without failing', async () => {
  const withPath = operations.filter(
    (each) => each.parameters.some(({ in: place }) => place === 'path') && each.id !== 'SeatEvents.open',
  );
  await forEach(withPath, async (operation) => {
    for (const value of ['x'.repeat(129), '%00', '%0a', 'x'.repeat(2_000)]) {
      const reply = await callOperation(gateway, operation, (request) => {
        const path = operation.template.replace(/\{\w+\}/g, value);
        request.path = [path, request.path.split('?')[1]].filter(Boolean).join('?');
      });
      expect([400, 404]).toContain(reply.status);
      expectProblem(reply, reply.status);
    }
  });
});

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
  // Retries of UNAVAILABLE take their time, so the routes go side by side.
  await Promise.all(chosen.map((operation) => forEach([operation], check)));
});

/** Routes that answer with a part of what the service said, and from what schema of which audience it said it. */
const PARTLY: Record<string, (sample: (name: string) => unknown) => unknown> = {
  'AppNextBestActions.decide': (sample) => ({ decisions: [sample('Decision')] }),
  'AppNextBestActions.recordOutcome': (sample) => ({ decision: sample('Decision') }),
  'AppStocks.get': (sample) => ({ stock: sample('Stock') }),
  'AppProfile.profile': (sample) => ({ customer: sample('Customer') }),
  'MerchantSettlements.statement': (sample) => {
    const statement = sample('GetStatementResponse') as { batch: object };
    return { ...statement, batch: { ...statement.batch, merchantId: MERCHANT_ID } };
  },
};

it('answers with every documented field, and no other', async () => {
  const { schemas } = operations.find(({ audience }) => audience.name === 'admin')!;
  const sampleOf = (name: string) => new SchemaSample(schemas).of({ $ref: name });
  await forEach(
    operations.filter(({ id }) => !APART.includes(id)),
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

/** Fields that reach the service under another name or in another form. */
const RENAMED: Record<string, string[]> = {
  'AdminModels.upload': ['contentBase64'],
  'WorkbenchNextBestActions.decide': ['channel'],
};
/** Commands that their service makes repeatable without a request id. */
const WITHOUT_REQUEST_ID = [
  'AppWallet.issueCode',
  'AdminImports.upload',
  'AdminImports.cancel',
  'AdminNameLists.cancel',
  'AdminPushes.cancel',
  'AdminSegmentMembers.preview',
  'OpenEvents.ingest',
];

it('hands on every field of the request, who calls, the idempotency key and the trace', async () => {
  await forEach(
    operations.filter(({ id }) => !APART.includes(id)),
    async (operation) => {
      const calls = gateway.services.calls.length;
      let sent: RawRequest | undefined;
      const reply = await callOperation(gateway, operation, (request) => {
        request.headers.traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;
        sent = request;
      });
      const call = gateway.services.calls
        .slice(calls)
        .find(({ rpc }) => !['merchants.getMerchantKey', 'merchants.registerSignature'].includes(rpc));
      const received = leavesOf(call?.request);
      const body: unknown = isJson(operation) ? JSON.parse(sent?.body ?? '{}') : {};
      const expected = leavesOf(body).filter((leaf) => !RENAMED[operation.id]?.includes(leaf.split('=')[0]!));
      expect(received).toEqual(expect.arrayContaining(expected));
      const { parameters } = validRequest(operation);
      for (const value of Object.values(parameters)) expect(received.join('\n')).toContain(`=${JSON.stringify(value)}`);
      if (isWrite(operation) && !WITHOUT_REQUEST_ID.includes(operation.id))
        expect(call?.request.requestId).toBe(sent?.headers['idempotency-key']);
      expect(call?.actor.kind).toBe(operation.route.config.access?.kinds[0]);
      if (call?.actor.kind === 'customer') expect(received).not.toContain('customerId="someone-else"');
      expect(call?.traceId).toBe('ab'.repeat(16));
      expect(reply.headers.get('traceparent')).toContain('ab'.repeat(16));
    },
  );
});

/** Said between services only. */
const INTERNAL_RPCS = [
  'arbitration.startPush',
  'arbitration.appendPushMembers',
  'arbitration.screenCustomers',
  'arbitration.applyConsent',
  'arbitration.applyHold',
  'benefits.holdBenefit',
  'benefits.redeemByCode',
  'benefits.postSettlement',
];

it('offers every rpc that a person or system needs', () => {
  const called = new Set(gateway.services.calls.map(({ rpc }) => rpc));
  expect(FakeServices.rpcs.filter((rpc) => !called.has(rpc)).sort()).toEqual([...INTERNAL_RPCS].sort());
});
