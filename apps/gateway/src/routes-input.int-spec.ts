import { callOperation, knowMerchant, problemOf, type RawRequest } from './testing/gateway-caller';
import { operationsOf, validRequest, type Operation } from './testing/operations';
import { expectProblem, expectRefused, forEachRoute, isWrite, takesJson } from './testing/route-matrix';
import { startTestGateway, type TestGateway } from './testing/test-gateway';

// Goal: whatever a caller sends, a route says what is wrong with it and never fails.

let gateway: TestGateway;
let operations: Operation[];

beforeAll(async () => {
  gateway = await startTestGateway();
  knowMerchant(gateway);
  operations = operationsOf(gateway.running);
});
afterAll(() => gateway?.stop());

it('refuses bodies that are no JSON, or dangerous', async () => {
  const bodies = [
    '{"a":',
    '{"__proto__":{"admin":true}}',
    '{"a":1e999}',
    `${'{"a":'.repeat(25)}1${'}'.repeat(25)}`,
    '{"a\\u0000":1}',
  ];
  for (const body of bodies)
    await expectRefused(
      gateway,
      operations.filter((each) => isWrite(each) && each.requestType !== 'text/csv'),
      (request) => (request.body = body),
      [400, 'MALFORMED_JSON'],
    );
});

it('refuses bodies that are no object, and fields it does not know', async () => {
  const writes = operations.filter((each) => isWrite(each) && takesJson(each));
  for (const body of ['null', '[]', '"text"', '7'])
    await expectRefused(gateway, writes, (request) => (request.body = body), [400, 'VALIDATION_FAILED']);
  await forEachRoute(writes, async (operation) => {
    const reply = await callOperation(gateway, operation, (request) => {
      request.body = JSON.stringify({ ...JSON.parse(request.body ?? '{}'), surprise: 1 });
    });
    expectProblem(reply, 400, 'VALIDATION_FAILED');
    expect(problemOf(reply).violations?.map(({ field }) => field)).toContain('surprise');
  });
});

it('refuses every field of another type than documented', async () => {
  await forEachRoute(
    operations.filter((each) => isWrite(each) && takesJson(each)),
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
  const writes = operations.filter((each) => isWrite(each) && takesJson(each) && !each.route.config.bodyBytesMax);
  await expectRefused(gateway, writes, (request) => (request.body = JSON.stringify({ pad: 'x'.repeat(257 * 1024) })), [
    413,
    'BODY_TOO_LARGE',
  ]);
  const change = (request: RawRequest) => {
    request.headers['content-type'] = 'text/plain';
    request.body ??= 'x';
  };
  await expectRefused(gateway, operations.filter(isWrite), change, [415, 'UNSUPPORTED_MEDIA_TYPE']);
});

it('refuses senseless queries', async () => {
  const queries = operations.filter((each) => each.parameters.some(({ in: place }) => place === 'query'));
  await forEachRoute(queries, async (operation) => {
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
  await forEachRoute(withPath, async (operation) => {
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

it('takes units with the longest path there is', async () => {
  const orgPath = Array.from({ length: 4 }, () => 'u'.repeat(63)).join('/');
  const ofUnit = (operation: Operation) => 'orgPath' in ((validRequest(operation).body ?? {}) as object);
  await forEachRoute(
    operations.filter((each) => isWrite(each) && takesJson(each) && ofUnit(each)),
    async (operation) => {
      const reply = await callOperation(gateway, operation, (request) => {
        request.body = JSON.stringify({ ...JSON.parse(request.body ?? '{}'), orgPath });
      });
      expect({ status: reply.status, violations: reply.status === 400 ? problemOf(reply).violations : [] }).toEqual({
        status: expect.any(Number),
        violations: [],
      });
    },
  );
});
