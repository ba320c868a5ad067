import { checkReasons } from './reasons';

const rule = (content: string) => ({ path: 'apps/a/src/domain/rule.ts', content });
const spec = (content: string) => ({ path: 'apps/a/src/domain/rule.spec.ts', content });
const NONE = new Set<string>();

it.each([
  `throw refused('TOO_LATE', 'Too late.')`,
  `throw notFound(\n  'TOO_LATE',`,
  `new DomainError({ code: 'ABORTED', reason: 'TOO_LATE' })`,
])('asks for a test of %j', (content) => {
  const message = 'no test names the reason TOO_LATE';
  expect(checkReasons([rule(content), spec('TOO_LATELY')], NONE)).toEqual([{ path: rule('').path, message }]);
  expect(checkReasons([rule(content), spec(`{ reason: 'TOO_LATE' }`)], NONE)).toEqual([]);
  expect(checkReasons([rule(content)], new Set(['TOO_LATE']))).toEqual([]);
});

it('lists none that is tested, or thrown no more', () => {
  const files = [rule(`refused('TOO_LATE', '')`), spec('TOO_LATE')];
  const messages = checkReasons(files, new Set(['TOO_LATE', 'GONE'])).map(({ message }) => message);
  expect(messages).toEqual(['TOO_LATE need not be listed any more', 'GONE need not be listed any more']);
});
