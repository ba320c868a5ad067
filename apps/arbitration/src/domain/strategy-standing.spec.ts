import { standingOf } from './strategy-standing';

const NOW = new Date('2026-03-02T12:00:00Z');
const later = NOW.getTime() + 1;

describe('what was decided for a strategy', () => {
  it.each([
    ['goes out while it is in force', { state: 'published', endsAtMs: later }, 'open'],
    ['waits while it is paused', { state: 'paused', endsAtMs: Infinity }, 'paused'],
    ['goes out no more once it is retired', { state: 'retired', endsAtMs: Infinity }, 'stopped'],
    ['goes out no more from the moment of its end', { state: 'published', endsAtMs: NOW.getTime() }, 'stopped'],
    ['does not wait for one that ended while it was paused', { state: 'paused', endsAtMs: NOW.getTime() }, 'stopped'],
    ['goes out when nothing was told of it', undefined, 'open'],
  ] as const)('%s', (_name, strategy, standing) => {
    expect(standingOf(strategy, NOW)).toBe(standing);
  });
});
