import { ModelSlot } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { ModelSlotRow } from '@tidegate/contracts/arbitration/v1/models';
import { ArbitrationFixture } from '../../../testing/arbitration.fixture';
import { ModelDesk } from '../../../testing/model-desk';

// Goal: the head office sees every slot there is or will be, and where somebody is waited for, without knowing a name.

let fixture: ArbitrationFixture;
beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
});
afterAll(() => fixture?.stop());

const desks = new Map<string, ModelDesk>();
const deskOf = (name: string): ModelDesk => {
  const desk = desks.get(name) ?? new ModelDesk(fixture, name);
  desks.set(name, desk);
  return desk;
};
const slotOf = (slot: string): ModelSlot =>
  ModelSlot.fromPartial({
    ...{ slot, champion: { kind: 'adaptive' }, successOutcome: 'converted' },
    featureSpec: { spec: { features: [{ kind: 'categorical', name: 'job' }] }, minOutcomes: 5 },
  });
const put = async (name: string): Promise<string> => {
  const request = { requestId: deskOf(name).nextId(), slot: slotOf(name) };
  return (await fixture.client().putModelSlot(request)).pendingMoveId;
};
async function listed(pageSize: number): Promise<ModelSlotRow[]> {
  const rows: ModelSlotRow[] = [];
  let pageToken = '';
  do {
    const page = await deskOf('any').client('maker').listModelSlots({ pageSize, pageToken });
    rows.push(...page.slots);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return rows;
}

it('lists slots that are open and those that wait to be, with what waits in them', async () => {
  for (const name of ['a-open', 'c-moving']) await deskOf(name).open(slotOf(name));
  const { moveId } = await deskOf('c-moving').proposeSettings({
    ...{ historyFactType: '', successOutcome: 'accepted', featureSpec: undefined, noModelBasisPoints: 0 },
  });
  const [early, late] = [await put('b-opening'), await put('e-opening')];
  await deskOf('d-rejected').settle(await put('d-rejected'), 'checker', false);
  for (const pageSize of [1, 2, 200]) {
    expect(
      (await listed(pageSize)).map(({ slot, open, pendingMove }) => [slot, open?.slot, pendingMove?.moveId]),
    ).toEqual([
      ['a-open', 'a-open', undefined],
      ['b-opening', undefined, early],
      ['c-moving', 'c-moving', moveId],
      ['e-opening', undefined, late],
    ]);
  }
  await deskOf('b-opening').settle(early, 'checker');
  await deskOf('c-moving').settle(moveId, 'checker', false);
  expect((await listed(0)).filter(({ pendingMove }) => pendingMove !== undefined).map(({ slot }) => slot)).toEqual([
    'e-opening',
  ]);
  const refused = { pageSize: 0, pageToken: 'damaged' };
  await expect(deskOf('any').client('maker').listModelSlots(refused)).rejects.toMatchObject({
    reason: 'PAGE_TOKEN_INVALID',
  });
});
