import { DomainError, refused } from '@tidegate/errors';
import { eventually, FakeClock } from '@tidegate/testing';
import { startListStory, STRATEGY, type ListStory } from '../../../testing/list-story';

// Goal: a build outlives whatever passes, says what it waits for, and holds up no other.

const clock = new FakeClock();
const base = Array.from({ length: 6 }, (_, i) => ({ customerId: `c${i}`, orgPath: 'hq/east' }));
let story: ListStory;
let attempts: number;
beforeAll(async () => {
  story = await startListStory(base, clock, 2);
});
afterAll(() => story?.stop());
beforeEach(() => {
  attempts = 0;
  story.hooks.beforeScreening = () => Promise.resolve();
});

const DOWN = new DomainError({ code: 'UNAVAILABLE', reason: 'PEER_UNAVAILABLE', message: 'down' });
const NOT_LIVE = refused('STRATEGY_NOT_LIVE', 'The strategy is not live.');
const screeningFails = (error: Error): void => {
  story.hooks.beforeScreening = () => {
    attempts += 1;
    return Promise.reject(error);
  };
};
const begin = async (requestId: string, source = 'segment'): Promise<string> => {
  const request = { requestId, strategyId: STRATEGY, name: requestId, source };
  const { nameList } = await story.harness.maker.createNameList({
    ...request,
    segmentId: '',
    orgPath: '',
    relationAttributes: [],
  });
  return nameList!.listId;
};
/** Twelve attempts of one page, each after its pause. */
const failsLong = (): Promise<void> =>
  eventually(() => {
    clock.advance(30_000);
    expect(attempts).toBeGreaterThanOrEqual(12);
  });
const goesOn = (listId: string, expected: object): Promise<void> =>
  eventually(async () => {
    clock.advance(30_000);
    expect(await story.get(listId)).toMatchObject(expected);
  });

it('goes on after a long outage, of a file too, and meanwhile others are built', async () => {
  screeningFails(DOWN);
  const waiting = await begin('outage');
  const file = await begin('file', 'csv');
  const content = Buffer.from(['external_id', ...base.map(({ customerId }) => `x-${customerId}`), ''].join('\n'));
  await story.lists.appendNameListContent({ listId: file, sequence: 0, content, isLast: true });
  await failsLong();
  for (const listId of [waiting, file]) {
    await eventually(async () => {
      expect(await story.get(listId)).toMatchObject({ state: 'building', waitingFor: 'PEER_UNAVAILABLE' });
    });
  }
  story.hooks.beforeScreening = () => Promise.resolve();
  expect(await story.build('other')).toMatchObject({ state: 'ready', memberCount: 6 });
  for (const listId of [waiting, file]) await goesOn(listId, { state: 'ready', memberCount: 6, waitingFor: '' });
});

it('waits for the end of a pause, and is given up when the strategy has ended', async () => {
  const { maker, checker } = story.harness;
  screeningFails(NOT_LIVE);
  const paused = await begin('paused');
  await maker.moveStrategy({ requestId: 'pause', strategyId: STRATEGY, move: 'pause' });
  await failsLong();
  await eventually(async () => {
    expect(await story.get(paused)).toMatchObject({ state: 'building', waitingFor: 'STRATEGY_NOT_LIVE' });
  });
  await checker.moveStrategy({ requestId: 'resume', strategyId: STRATEGY, move: 'resume' });
  story.hooks.beforeScreening = () => Promise.resolve();
  await goesOn(paused, { state: 'ready', memberCount: 6, waitingFor: '' });

  screeningFails(NOT_LIVE);
  const ended = await begin('ended');
  await checker.moveStrategy({ requestId: 'retire', strategyId: STRATEGY, move: 'retire' });
  await goesOn(ended, { state: 'failed', failureReason: 'STRATEGY_NOT_LIVE' });
});
