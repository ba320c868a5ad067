import { CallCentre } from '../../testing/call-centre';

// Goal: whoever needs to know of some queues asks for those alone.

let centre: CallCentre;

beforeAll(async () => {
  centre = await CallCentre.open();
  for (const queue of ['a', 'b', 'c', 'd']) await centre.putQueue({ queue, orgPath: `hq/${queue}` });
});
afterAll(() => centre?.service.stop());

it('pages those that are asked for, and leaves out what there is not', async () => {
  const list = async (queues: string[], pageToken = ''): Promise<{ names: string[]; nextPageToken: string }> => {
    const answer = await centre.leads.listQueues({ pageSize: 2, pageToken, queues });
    return { names: answer.queues.map(({ queue }) => queue), nextPageToken: answer.nextPageToken };
  };
  const first = await list(['d', 'gone', 'b', 'c']);
  expect(first.names).toEqual(['b', 'c']);
  expect(await list(['d', 'gone', 'b', 'c'], first.nextPageToken)).toEqual({ names: ['d'], nextPageToken: '' });
  expect((await list([])).names).toEqual(['a', 'b']);
  const many = Array.from({ length: 201 }, (_, i) => `q-${i}`);
  await expect(list(many)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});
