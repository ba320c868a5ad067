import { ListNameListsRequest } from '@tidegate/contracts/campaigns/v1/campaigns';
import { NameListMembersMoved, type MovedMember } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { eventually, FakeClock } from '@tidegate/testing';
import { planMessage, startListStory, teamMessage, type ListStory } from '../../testing/list-story';
import type { ListJob } from '../domain/name-list';
import { HandDownJob } from './hand-down-job';
import { SplitJob } from './split-job';

// Goal: a job over many chunks whose replica falls silent in the middle is ended by another, with no member lost or counted twice, even when
// the silent one comes back.

const DAY_MS = 86_400_000;
const CHUNK = 10;
const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(2, '0')}`);
const [east, west] = [ids('e', 25), ids('w', 20)];
const base = [
  ...east.map((customerId) => ({ customerId, orgPath: 'hq/east/sh' })),
  ...west.map((customerId) => ({ customerId, orgPath: 'hq/west/cd' })),
];
const clock = new FakeClock();
let story: ListStory;
let jobs: (HandDownJob | SplitJob)[];

beforeAll(async () => {
  story = await startListStory(base, clock, CHUNK);
  const replicas = [story.harness.service, await story.harness.replica()];
  jobs = replicas.flatMap(({ app }) => [app.get(HandDownJob), app.get(SplitJob)]);
});
afterAll(() => story?.stop());
afterEach(() => jest.restoreAllMocks());

/** Whoever comes to that step first is silent until it is told to go on; the other replica takes over. */
async function withSilence(isStep: (job: ListJob) => boolean, work: () => Promise<unknown>, listId: string) {
  let wake: (() => void) | undefined;
  let silent: Promise<unknown> | undefined;
  for (const job of jobs) {
    const run = job.runChunk.bind(job);
    jest.spyOn(job, 'runChunk').mockImplementation((list, step, tx) => {
      if (wake !== undefined || !isStep(step)) return run(list, step, tx);
      const awake = new Promise<void>((resolve) => (wake = resolve));
      const late = awake.then(() => run(list, step, tx));
      silent = late;
      return late;
    });
  }
  await work();
  await eventually(() => expect(wake).toBeDefined());
  expect((await story.get(listId)).job).toBeDefined();
  // Long enough for the silent holder to be taken for dead.
  clock.advance(120_000);
  const list = await story.idle(listId);
  wake?.();
  await Promise.allSettled([silent]);
  jest.restoreAllMocks();
  expect(await story.get(listId)).toEqual(list);
  return list;
}

it('hands a list down', async () => {
  const { lists, harness, build, members } = story;
  const { listId } = await build('down');
  const shares = [
    { orgPath: 'hq/east', quota: 0 },
    { orgPath: 'hq/west', quota: 12 },
  ];
  const list = await withSilence(
    ({ kind, chunk }) => kind === 'hand_down' && chunk === 2,
    () => lists.handDownNameList({ requestId: 'down', listId, shares }),
    listId,
  );
  expect(list).toMatchObject({ state: 'handed_down', placedCount: 25 + 12 });
  const { nameLists } = await harness.maker.listNameLists(ListNameListsRequest.fromPartial({ parentListId: listId }));
  const given = await Promise.all(
    nameLists.map(async (child) => {
      const held = (await members(child.listId)).map(({ customerId }) => customerId);
      expect(child).toMatchObject({ state: 'ready', memberCount: held.length, passedCount: held.length });
      return [child.orgPath, held];
    }),
  );
  expect(Object.fromEntries(given)).toEqual({ 'hq/east': east, 'hq/west': west.slice(0, 12) });
  expect(await members(listId, { reason: 'QUOTA_EXHAUSTED' })).toHaveLength(8);
});

it('splits a list and adjusts it', async () => {
  const { lists, harness, build, members } = story;
  const teams = [teamMessage('east', 'hq/east', { amy: 20, bo: 20 }), teamMessage('west', 'hq/west', { wei: 15 })];
  for (const team of teams) await lists.putTeam({ requestId: team.teamId, team });
  const { listId } = await build('split');
  const plan = planMessage({ teamIds: ['east', 'west'], recallAfterDays: 3 });
  const list = await withSilence(
    ({ kind, pass, chunk }) => kind === 'split' && pass === 1 && chunk === 2,
    () => lists.splitNameList({ requestId: 'split', listId, plan }),
    listId,
  );
  expect(list.placedCount).toBe(25 + 15);
  const sharesAre = async (expected: Record<string, number>): Promise<void> => {
    const held = (await members(listId)).map(({ agentId }) => agentId).filter((agentId) => agentId !== '');
    const { split } = await lists.getNameListSplit({ listId });
    for (const { agentId, placedCount } of split?.people ?? []) {
      expect([agentId, held.filter((each) => each === agentId).length]).toEqual([agentId, expected[agentId]]);
      expect([agentId, placedCount]).toEqual([agentId, expected[agentId]]);
    }
  };
  await sharesAre({ amy: 13, bo: 12, wei: 15 });

  const moved: MovedMember[] = [];
  const stop = harness.service.bus.listen(NameListMembersMoved, ({ data }) => moved.push(...data.moved));
  await harness.maker.dispatchNameList({ requestId: 'split', listId, capacitySlot: '', horizonDays: 0 });
  await withSilence(
    ({ kind, pass, chunk }) => kind === 'adjust' && pass === 2 && chunk === 3,
    () => Promise.resolve(clock.advance(3 * DAY_MS)),
    listId,
  );
  const { adjustments } = await lists.listNameListAdjustments({ listId, pageSize: 0, pageToken: '' });
  expect(adjustments).toMatchObject([{ round: 1, touchedCount: 0, recalledCount: 40, givenCount: 25 }]);
  // Amy and Bo change places; in the west there is nobody else.
  await sharesAre({ amy: 12, bo: 13, wei: 0 });
  expect(await members(listId, { reason: 'NOBODY_ELSE' })).toHaveLength(15);
  const recalled = () => moved.filter(({ fromAgentId }) => fromAgentId !== '');
  await eventually(() => expect(recalled()).toHaveLength(40));
  expect(new Set(recalled().map(({ customerId }) => customerId)).size).toBe(40);
  stop();
});
