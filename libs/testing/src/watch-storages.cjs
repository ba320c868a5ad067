const { AsyncLocalStorage } = require('node:async_hooks');

/**
 * Knows every async storage that is used from now on. Node carries the value of each to every promise until it is disabled, and nobody disables
 * those of the modules of a suite: its worker would grow slower, and keep all that the suite had loaded.
 */
module.exports.watchStorages = (prototype = AsyncLocalStorage.prototype) => {
  const used = new Set();
  for (const name of ['run', 'enterWith']) {
    const original = prototype[name];
    prototype[name] = function (...given) {
      used.add(this);
      return original.apply(this, given);
    };
  }
  return {
    disableAll() {
      for (const storage of used) storage.disable();
      used.clear();
    },
  };
};
