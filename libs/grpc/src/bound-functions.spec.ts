import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { getHeapSpaceStatistics } from 'node:v8';
import { releaseBoundFunctions } from './bound-functions';

// Goal: a function bound to an async resource does as Node's own does, and grows old with nobody.

const BOUND = 30_000;
const OLD_BYTES_EACH_MAX = 600;

const oldBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? Number.NaN;

beforeAll(() => {
  releaseBoundFunctions();
  releaseBoundFunctions();
});

it('runs in the scope of its resource with its arguments, as whom it was called or bound', () => {
  const storage = new AsyncLocalStorage<string>();
  const resource = storage.run('inside', () => new AsyncResource('Test'));
  const callback = function (this: unknown, ...args: unknown[]): unknown[] {
    return [this, storage.getStore(), ...args];
  };
  const me = { bound: resource.bind(callback) };
  expect(me.bound(1, 2)).toEqual([me, 'inside', 1, 2]);
  const you = {};
  const bind = resource.bind.bind(resource) as unknown as (fn: unknown, thisArg: unknown) => typeof callback;
  const yours = bind(callback, you);
  expect(yours.call(me, 3)).toEqual([you, 'inside', 3]);
  expect(bind(callback, null).call(me, 4)).toEqual([null, 'inside', 4]);
  expect(() => bind('no function', you)).toThrow('Only a function');
  expect(storage.getStore()).toBeUndefined();
});

it('leaves nothing in old memory', () => {
  const before = oldBytes();
  for (let index = 0; index < BOUND; index += 1) {
    const known = new Array<number>(100).fill(index);
    const bound = new AsyncResource('Test').bind(() => known);
    bound();
  }
  expect(oldBytes() - before).toBeLessThan(BOUND * OLD_BYTES_EACH_MAX);
});
