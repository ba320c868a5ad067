import { allowsServiceInApp } from './service-consent';

const word = (channel: string, isGranted: boolean, second = 0, purpose = 'service') => ({
  purpose,
  channel,
  isGranted,
  changedAt: new Date(Date.UTC(2026, 2, 2, 0, 0, second)),
});

it.each([
  [[], false],
  [[word('app', true)], true],
  [[word('*', true)], true],
  [[word('app', false)], false],
  [[word('sms', true)], false],
  [[word('app', true, 0, 'marketing')], false],
  [[word('app', false, 1), word('*', true, 2)], true],
  [[word('app', true, 1), word('*', false, 2)], false],
  [[word('app', true, 1), word('*', false, 1)], false],
])('of %j: %s', (words, expected) => {
  expect(allowsServiceInApp(words)).toBe(expected);
});
