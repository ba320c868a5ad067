import { LeadsServiceService, ListSeatsRequest } from '@tidegate/contracts/leads/v1/leads';
import { eventually } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';

// Goal: who leads a team finds the seats of his organisation, page by page, and who of them is away.

let centre: CallCentre;

beforeAll(async () => {
  centre = await CallCentre.open();
  await centre.putQueue();
  await centre.putQueue({ queue: 'second' });
  await centre.putSeat('a', { orgPath: 'hq/east' });
  await centre.putSeat('b', { orgPath: 'hq/east', state: 'away', queues: ['second'] });
  await centre.putSeat('c', { orgPath: 'hq/east', queues: ['remote', 'second'] });
  await centre.putSeat('d', { orgPath: 'hq/west' });
});
afterAll(() => centre?.service.stop());

const listed = async (asked: Partial<ListSeatsRequest>, orgPath = 'hq/east'): Promise<string[]> => {
  const leader = { id: 'leader', kind: 'staff' as const, roles: ['team_leader'], orgPath };
  const client = centre.service.client(LeadsServiceService, leader);
  const ids: string[] = [];
  for (let pageToken = ''; ;) {
    const page = await client.listSeats(ListSeatsRequest.fromPartial({ pageSize: 2, ...asked, pageToken }));
    ids.push(...page.seats.map(({ seatId }) => seatId));
    pageToken = page.nextPageToken;
    if (pageToken === '') return ids;
  }
};

it('pages the seats of an organisation by queue and state', async () => {
  expect(await listed({})).toEqual(['a', 'b', 'c']);
  expect(await listed({}, 'hq')).toEqual(['a', 'b', 'c', 'd']);
  expect(await listed({ state: 'away' })).toEqual(['b']);
  expect(await listed({ queue: 'second', state: 'available' })).toEqual(['c']);
  expect(await listed({}, 'hq/north')).toEqual([]);
});

it('tells how many leads each has open, and refuses what it does not know', async () => {
  await centre.putQueue({ queue: 'busy' });
  await centre.putSeat('e', { queues: ['busy'], capacity: 2 });
  await centre.decide([1, 2], { queue: 'busy' });
  await eventually(async () => {
    const { seats } = await centre.leads.listSeats(ListSeatsRequest.fromPartial({ queue: 'busy' }));
    expect(seats).toMatchObject([{ seatId: 'e', state: 'available', openCount: 2 }]);
  });
  await expect(listed({ state: 'asleep' })).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});
