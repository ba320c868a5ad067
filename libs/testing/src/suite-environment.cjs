const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const { compileOnce } = require('./compile-once.cjs');
const { watchStorages } = require('./watch-storages.cjs');

// The runtime of jest calls it for every module of every suite.
vm.compileFunction = compileOnce(vm.compileFunction);
const storages = watchStorages();

/** Jest's own environment, in workers that compile each file once and are rid of a suite when it is over. */
module.exports = class SuiteEnvironment extends TestEnvironment {
  async teardown() {
    await super.teardown();
    storages.disableAll();
  }
};
