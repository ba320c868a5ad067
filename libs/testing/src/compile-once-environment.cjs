const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const { compileOnce } = require('./compile-once.cjs');

// The runtime of jest calls it for every module of every suite.
vm.compileFunction = compileOnce(vm.compileFunction);

/** Jest's own environment, in workers that compile each file once. */
module.exports = TestEnvironment;
