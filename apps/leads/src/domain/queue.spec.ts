import fc from 'fast-check';
import { buildQueue } from '../testing/lead.factory';
import { checkChannel, checkOneLine, checkOverflow, checkUsers } from './queue';

describe('overflow of queues', () => {
  const next = (links: Record<string, string>) => (queue: string) => links[queue];

  it('accepts a chain that ends', () => {
    expect(() => checkOverflow(buildQueue({ queue: 'a', overflowQueue: 'b' }), next({ b: 'c', c: '' }))).not.toThrow();
  });

  it.each([
    ['itself', { queue: 'a', overflowQueue: 'a' }, {}],
    ['a longer way round', { queue: 'a', overflowQueue: 'b' }, { b: 'c', c: 'a' }],
    ['a cycle further on', { queue: 'a', overflowQueue: 'b' }, { b: 'c', c: 'b' }],
  ])('refuses %s', (_name, overrides, links) => {
    expect(() => checkOverflow(buildQueue(overrides), next(links))).toThrow(
      expect.objectContaining({ reason: 'QUEUE_OVERFLOW_CYCLE' }),
    );
  });

  it('refuses a queue that does not exist', () => {
    expect(() => checkOverflow(buildQueue({ overflowQueue: 'nowhere' }), () => undefined)).toThrow(
      expect.objectContaining({ reason: 'QUEUE_NOT_FOUND' }),
    );
  });

  it('never leaves a cycle, whatever order queues are put in', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const puts = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('', ...names)), { maxLength: 30 });
    fc.assert(
      fc.property(puts, (sequence) => {
        const stored = new Map(names.map((name) => [name, '']));
        for (const [queue, overflowQueue] of sequence) {
          try {
            checkOverflow(buildQueue({ queue, overflowQueue }), (at) => stored.get(at));
            stored.set(queue, overflowQueue);
          } catch (error) {
            expect(error).toMatchObject({ reason: 'QUEUE_OVERFLOW_CYCLE' });
          }
        }
        for (const name of names) {
          let steps = 0;
          for (let at = name; at !== ''; at = stored.get(at) ?? '')
            expect((steps += 1)).toBeLessThanOrEqual(names.length);
        }
      }),
    );
  });
});

describe('the organisation of queues that overflow', () => {
  const of = (orgPath: string) => buildQueue({ queue: orgPath, orgPath });

  it('stays within one line, up or down', () => {
    expect(() => checkOneLine(of('hq/east'), [of('hq'), of('hq/east'), of('hq/east/outlet')])).not.toThrow();
  });

  it.each(['hq/west', 'hq/eastern', 'hq/west/outlet'])('is not %s for one of the east', (orgPath) => {
    expect(() => checkOneLine(of('hq/east'), [of('hq'), of(orgPath)])).toThrow(
      expect.objectContaining({ reason: 'QUEUE_OF_OTHER_ORG', metadata: { queue: orgPath } }),
    );
  });
});

describe('the organisation of a queue that others stand on', () => {
  const branch = fc.constantFrom('hq', 'hq/east', 'hq/east/outlet', 'hq/eastern', 'hq/west');
  const users = fc.array(
    fc.record({
      kind: fc.constantFrom('seat' as const, 'route' as const, 'strategy' as const),
      id: fc.string(),
      orgPath: branch,
    }),
  );
  const partsOf = (orgPath: string): string[] => orgPath.split('/');

  it('stays in line with each of them', () => {
    fc.assert(
      fc.property(branch, users, (orgPath, standing) => {
        // Of one line: the parts that both have are the same.
        const left = standing.filter((user) =>
          partsOf(user.orgPath).some((part, index) => (partsOf(orgPath)[index] ?? part) !== part),
        );
        const check = (): void => checkUsers(buildQueue({ orgPath }), standing);
        if (left[0] === undefined) expect(check).not.toThrow();
        else {
          const metadata = { queue: 'remote', [left[0].kind]: left[0].id };
          expect(check).toThrow(expect.objectContaining({ reason: 'QUEUE_OF_OTHER_ORG', metadata }));
        }
      }),
    );
  });
});

it('keeps a queue on the channel that strategies decide for it', () => {
  const [call, visit] = [buildQueue(), buildQueue({ channel: 'branch' })];
  const user = (kind: 'seat' | 'strategy') => ({ kind, id: 's', orgPath: 'hq' });
  expect(() => checkChannel(visit, call, [user('seat')])).not.toThrow();
  expect(() => checkChannel(call, call, [user('strategy')])).not.toThrow();
  expect(() => checkChannel(visit, call, [user('seat'), user('strategy')])).toThrow(
    expect.objectContaining({ reason: 'QUEUE_IN_USE', metadata: { queue: 'remote', strategy: 's' } }),
  );
});
