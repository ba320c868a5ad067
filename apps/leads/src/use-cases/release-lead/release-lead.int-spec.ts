import { ReleaseLeadRequest } from '@tidegate/contracts/leads/v1/coordination';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { eventually, FakeClock } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';

// Goal: a lead that is stuck is let go once, by who may, and a call-back is had when it was meant.

const clock = new FakeClock();
let centre: CallCentre;
const outcomes: string[] = [];

beforeAll(async () => {
  centre = await CallCentre.open({ clock });
  centre.service.bus.listen(LeadClosed, ({ data }) => outcomes.push(`${data.lead?.leadId} ${data.outcome}`));
  await centre.putQueue();
  await centre.putSeat('s');
});
afterAll(() => centre?.service.stop());

const by = (id: string, roles: string[], orgPath = 'hq') => centre.coordination({ id, kind: 'staff', roles, orgPath });
const request = (number: number, requestId: string, rest: Partial<ReleaseLeadRequest> = {}): ReleaseLeadRequest =>
  ReleaseLeadRequest.fromPartial({ requestId, leadId: `lead-d-${number}`, note: 'mistaken', ...rest });

it('has a call-back at another time and cancels it, by the agent who promised it', async () => {
  await centre.decide([1]);
  await eventually(async () => expect(await centre.openLeads('s')).toHaveLength(1));
  await centre.accept({ leadId: 'lead-d-1' }, 's');
  const inHours = (hours: number): Date => new Date(clock.now().getTime() + hours * 3_600_000);
  const promise = { leadId: 'lead-d-1', seatId: 's', disposition: 'call_back', note: '', callBackAt: inHours(300) };
  await centre.agent('s').recordDisposition({ ...promise, requestId: centre.nextRequestId() });
  const agent = by('agent-s', ['agent'], 'hq/nowhere');
  const { lead } = await agent.releaseLead(request(1, 'sooner', { callBackAt: inHours(3) }));
  expect(lead).toMatchObject({ state: 'call_back', callBackAt: inHours(3) });
  const stranger = by('agent-t', ['agent']);
  await expect(stranger.releaseLead(request(1, 'foreign'))).rejects.toMatchObject({ reason: 'LEAD_NOT_YOURS' });
  for (let tries = 0; tries < 2; tries += 1) {
    expect((await agent.releaseLead(request(1, 'cancel'))).lead).toMatchObject({
      state: 'closed',
      disposition: 'released',
    });
  }
  await expect(stranger.releaseLead(request(1, 'cancel'))).rejects.toMatchObject({ reason: 'LEAD_NOT_YOURS' });
  await eventually(() => expect(outcomes).toEqual(['lead-d-1 released']));
});

it('takes an offer from its seat, which is offered the next', async () => {
  await centre.decide([3]);
  await eventually(async () => expect(await centre.openLeads('s')).toMatchObject([{ leadId: 'lead-d-3' }]));
  await centre.decide([2]);
  await eventually(async () => expect((await centre.lead('lead-d-2')).state).toBe('waiting'));
  const leader = by('leader', ['team_leader']);
  expect((await leader.releaseLead(request(3, 'off'))).lead).toMatchObject({ state: 'closed', note: 'mistaken' });
  await eventually(async () => expect(await centre.openLeads('s')).toMatchObject([{ leadId: 'lead-d-2' }]));
  await expect(leader.releaseLead(request(9, 'none'))).rejects.toMatchObject({ reason: 'LEAD_NOT_FOUND' });
});
