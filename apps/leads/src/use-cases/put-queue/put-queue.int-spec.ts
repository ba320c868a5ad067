import { CallCentre } from '../../testing/call-centre';

// Goal: leads of one branch never overflow to another, whichever of the two queues is put first, or put anew.

let centre: CallCentre;

beforeAll(async () => {
  centre = await CallCentre.open();
  await centre.putQueue({ queue: 'west-desk', orgPath: 'hq/west' });
  await centre.putQueue({ queue: 'centre', orgPath: 'hq' });
});
afterAll(() => centre?.service.stop());

const REFUSED = { reason: 'QUEUE_OF_OTHER_ORG' };

it('overflows up the line, and never to a neighbour', async () => {
  const east = { queue: 'east-desk', orgPath: 'hq/east' };
  await expect(centre.putQueue({ ...east, overflowQueue: 'west-desk' })).rejects.toMatchObject(REFUSED);
  expect(await centre.putQueue({ ...east, overflowQueue: 'centre' })).toMatchObject({ overflowQueue: 'centre' });
});

it('keeps a queue where those that overflow to it can reach it', async () => {
  await expect(centre.putQueue({ queue: 'centre', orgPath: 'hq/west' })).rejects.toMatchObject(REFUSED);
  expect(await centre.putQueue({ queue: 'centre', orgPath: 'hq/east' })).toMatchObject({ orgPath: 'hq/east' });
});
