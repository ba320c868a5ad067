import { AsyncResource } from 'node:async_hooks';

type Callback = (...args: unknown[]) => unknown;

/** Known to all copies of this module in a process. */
const DONE = Symbol.for('tidegate.releaseBoundFunctions');

/**
 * Functions that are bound to an async resource are collected as soon as nobody needs them. Node 20 gives each one a property `asyncResource`,
 * deprecated as DEP0172, whose accessors are prototypes of others; V8 keeps what is of a prototype in old memory, and so, of every call over
 * HTTP/2, its stream with all that it knows until the next great collection. For the whole process; nothing bound has that property
 * or its `length` any more.
 */
export function releaseBoundFunctions(): void {
  const prototype = AsyncResource.prototype as AsyncResource & { [DONE]?: true };
  if (prototype[DONE]) return;
  prototype[DONE] = true;
  Object.assign(prototype, { bind: bindTo });
}

/** As Node's own: `this` of a call is kept where none is given. @throws TypeError when there is nothing to call */
function bindTo(this: AsyncResource, callback: Callback, thisArg?: unknown): Callback {
  if (typeof callback !== 'function') throw new TypeError('Only a function can be bound to an async resource.');
  const resource = this;
  return function (this: unknown, ...args) {
    return resource.runInAsyncScope(callback, thisArg === undefined ? this : thisArg, ...args);
  };
}
