import { isAtOrBelow } from './org-path';

it.each([
  ['hq/east', 'hq/east', true],
  ['hq/east/shanghai', 'hq/east', true],
  ['hq/east/shanghai', 'hq', true],
  ['hq/eastern', 'hq/east', false],
  ['hq', 'hq/east', false],
  ['hq/west', 'hq/east', false],
  ['', 'hq', false],
])('takes %j for at or below %j: %s', (path, ancestor, expected) => {
  expect(isAtOrBelow(path, ancestor)).toBe(expected);
});
