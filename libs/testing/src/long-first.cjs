const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of half a minute and more, the longest first: one that began last would run on alone. */
const LONG = [
  'crashes.e2e-spec.ts',
  'wallet-model.int-spec.ts',
  'routes-input.int-spec.ts',
  'routes-services.int-spec.ts',
  'long-import.int-spec.ts',
  'lost-replies.int-spec.ts',
  'replays.int-spec.ts',
  'lost-answers.e2e-spec.ts',
  'apply-hold.int-spec.ts',
  'faults.e2e-spec.ts',
  'reminders.e2e-spec.ts',
  'redemption-race.int-spec.ts',
  'append-push-members.int-spec.ts',
  'start-push-hold.int-spec.ts',
];

/** Jest's own order, the longest suites before all others. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const at = LONG.findIndex((name) => path.endsWith(`/${name}`));
      return at < 0 ? LONG.length : at;
    };
    return [...super.sort(tests)].sort((a, b) => place(a) - place(b));
  }
};
