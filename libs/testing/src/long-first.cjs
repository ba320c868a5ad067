const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of minutes: one that began last would run on alone. */
const LONG = ['wallet-model.int-spec.ts', 'crashes.e2e-spec.ts', 'routes-input.int-spec.ts'];

/** Jest's own order, the longest suites before all others. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => LONG.some((name) => path.endsWith(`/${name}`));
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
