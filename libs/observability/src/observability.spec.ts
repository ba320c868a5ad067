import { Writable } from 'node:stream';
import { continueTrace, currentTraceId, runInContext } from './call-context';
import { logger } from './logger';
import { counter, renderMetrics } from './metrics';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe(continueTrace.name, () => {
  it('keeps the caller’s trace id and gives the step a span of its own', () => {
    const traceparent = continueTrace(`00-${TRACE}-00f067aa0ba902b7-01`);
    expect(traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(traceparent).not.toContain('00f067aa0ba902b7');
  });

  it.each([undefined, '', 'garbage', `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`, `00-${TRACE}-1-01`])(
    'starts a trace of its own for %p',
    (header) => {
      expect(continueTrace(header)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(continueTrace(header)).not.toBe(continueTrace(header));
    },
  );
});

describe(logger.name, () => {
  const logged = (write: (log: ReturnType<typeof logger>) => void): Record<string, unknown> => {
    let text = '';
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        text += chunk.toString();
        done();
      },
    });
    process.env.LOG_LEVEL = 'info';
    write(logger('test', sink));
    process.env.LOG_LEVEL = 'silent';
    return JSON.parse(text) as Record<string, unknown>;
  };

  it('masks personal data and secrets by key, also nested, and keeps the rest', () => {
    const line = logged((log) =>
      log.info(
        {
          phone: '13812345678',
          customer: { name: '王小明', phone: '1', customerId: 'c-1' },
          req: { headers: { authorization: 'Bearer x' } },
        },
        'hello',
      ),
    );
    expect(JSON.stringify(line)).not.toMatch(/138|王小明|Bearer/);
    expect(line).toMatchObject({ msg: 'hello', phone: '***', customer: { customerId: 'c-1' } });
  });

  it('puts the trace id on every line of a request', () => {
    const line = runInContext({ traceparent: `00-${TRACE}-00f067aa0ba902b7-01` }, () =>
      logged((log) => log.info('in')),
    );
    expect(line.traceId).toBe(TRACE);
    expect(currentTraceId()).toBeUndefined();
  });
});

it('renders counters as Prometheus text', async () => {
  counter('tidegate_test_total', 'A test', ['kind']).inc({ kind: 'a' }, 3);
  counter('tidegate_test_total', 'A test', ['kind']).inc({ kind: 'a' });
  const { body, contentType } = await renderMetrics();
  expect(contentType).toContain('text/plain');
  expect(body).toContain('tidegate_test_total{kind="a"} 4');
  expect(body).toContain('process_resident_memory_bytes');
});
