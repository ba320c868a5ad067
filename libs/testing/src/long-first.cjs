const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of minutes, the longest first: one that began last would run on alone. */
const LONG = [
  'crashes.e2e-spec.ts',
  'wallet-model.int-spec.ts',
  'lost-replies.int-spec.ts',
  // They wait for what is told twice.
  'replays.int-spec.ts',
  'routes-services.int-spec.ts',
  'routes-input.int-spec.ts',
  'reminders.e2e-spec.ts',
];

/** Jest's own order, the longest suites before all others. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const long = LONG.flatMap((name) => sorted.filter(({ path }) => path.endsWith(`/${name}`)));
    return [...long, ...sorted.filter((test) => !long.includes(test))];
  }
};
