import type { Metadata } from '@grpc/grpc-js';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { BenefitsServiceService, ListWalletResponse } from '@tidegate/contracts/benefits/v1/benefits';
import { CampaignsServiceService, Script } from '@tidegate/contracts/campaigns/v1/campaigns';
import {
  Customer,
  CustomersServiceService,
  TimelineEntry,
  type OpenComplaintRequest,
} from '@tidegate/contracts/customers/v1/customers';
import { AddThreadEntryRequest } from '@tidegate/contracts/leads/v1/coordination';
import { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { DomainError } from '@tidegate/errors';
import { actorOf } from '@tidegate/grpc';
import { eventually, fakePeer } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';
import { buildDecision } from '../../testing/decision.factory';

// Goal: an agent sees everything about a lead that can be had, quickly; nobody else's organisation does.

const unavailable = new DomainError({ code: 'UNAVAILABLE', reason: 'DOWN', message: 'down' });
const complaints: OpenComplaintRequest[] = [];
const stops: (() => Promise<void>)[] = [];
let isDown = false;
/** His customers belong to another part of the organisation by now. */
let haveMoved = false;
const outOfScope = new DomainError({
  code: 'PERMISSION_DENIED',
  reason: 'ORG_OUT_OF_SCOPE',
  message: 'another branch',
});
let centre: CallCentre;

beforeAll(async () => {
  // On a busy machine nothing is missing for want of time.
  process.env.LEADS_BRIEF_DEADLINE_MS = '30000';
  const upOrDown = async <T>(answer: T): Promise<T> => {
    if (isDown) throw unavailable;
    return answer;
  };
  const seenBy = async <T>(metadata: Metadata, answer: T): Promise<T> => {
    if (haveMoved && actorOf(metadata).kind === 'staff') throw outOfScope;
    return upOrDown(answer);
  };
  const [arbitration, campaigns, customers, benefits] = await Promise.all([
    fakePeer(ArbitrationServiceService, { getDecision: async () => ({ decision: buildDecision(1) }) }),
    fakePeer(CampaignsServiceService, {
      getScript: async ({ scriptId, version }) => ({
        script: Script.fromPartial({
          scriptId,
          version,
          opening: 'Hello {{customer.externalId}}, {{agent.name}} here',
        }),
      }),
    }),
    fakePeer(CustomersServiceService, {
      getCustomer: async ({ customerId }, metadata) =>
        seenBy(metadata, {
          customer: Customer.fromPartial({ customerId, externalId: 'bm-1', attributes: { job: 'admin' } }),
          otherCustomerIds: [],
        }),
      listTimeline: async (_request, metadata) =>
        seenBy(metadata, {
          entries: [TimelineEntry.fromPartial({ type: 'login', summary: 'Logged in' })],
          nextPageToken: '',
        }),
      openComplaint: async (request) => {
        const before = complaints.find(({ requestId }) => requestId === request.requestId);
        if (before && before.subject !== request.subject) {
          throw new DomainError({ code: 'ALREADY_EXISTS', reason: 'REQUEST_ID_REUSED', message: 'other words' });
        }
        complaints.push(request);
        return { complaint: undefined };
      },
    }),
    fakePeer(BenefitsServiceService, {
      listWallet: async () =>
        ListWalletResponse.fromPartial({
          instances: [{ instanceId: 'i1', stockName: 'Red packet', state: 'issued', faceValueMinor: 800 }],
        }),
    }),
  ]);
  stops.push(arbitration.stop, campaigns.stop, customers.stop, benefits.stop);
  centre = await CallCentre.open({
    peers: { arbitration: arbitration.url, campaigns: campaigns.url, customers: customers.url, benefits: benefits.url },
  });
  await centre.putQueue();
  await centre.putSeat('s1');
  await centre.decide([1, 2]);
  await eventually(async () => expect(await centre.openLeads('s1')).toMatchObject([{ leadId: 'lead-d-2' }]));
});
afterAll(async () => {
  await centre?.service.stop();
  await Promise.all(stops.map((stop) => stop()));
});

it('shows why, the script for this customer, the timeline and the wallet', async () => {
  const brief = await centre.agent('s1').getLead({ leadId: 'lead-d-2' });
  expect(brief).toMatchObject({
    lead: { leadId: 'lead-d-2', state: 'offered', priority: 1 },
    script: { scriptId: 'deposit-script', version: 2, opening: 'Hello bm-1, agent-s1 here' },
    timeline: [{ type: 'login' }],
    wallet: [{ instanceId: 'i1', name: 'Red packet', faceValueMinor: 800 }],
    customerAttributes: { job: 'admin' },
    missingParts: [],
  });
  expect(brief.why[0]).toContain('name list');
});

it('names what is missing and shows the rest', async () => {
  isDown = true;
  const brief = await centre.agent('s1').getLead({ leadId: 'lead-d-2' });
  isDown = false;
  expect([...brief.missingParts].sort()).toEqual(['customer', 'timeline']);
  expect(brief.script?.opening).toBe('Hello {{customer.externalId}}, {{agent.name}} here');
  expect(brief.wallet).toHaveLength(1);
});

it('is closed to other agents, other organisations and customers', async () => {
  const call = (actor: object): Promise<unknown> =>
    centre.service.client(LeadsServiceService, actor).getLead({ leadId: 'lead-d-2' });
  await expect(call({ id: 'agent-s2', roles: ['agent'], orgPath: 'hq/east' })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  await expect(call({ id: 'c-2', kind: 'customer' })).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
  await expect(centre.leads.getLead({ leadId: 'none' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'LEAD_NOT_FOUND',
  });
});

it('opens one complaint when a lead ends with one, and tells that it was rejected', async () => {
  const outcomes: string[] = [];
  const stopListening = centre.service.bus.listen(LeadClosed, ({ data }) => outcomes.push(data.outcome));
  const request = {
    leadId: 'lead-d-2',
    seatId: 's1',
    disposition: 'complaint',
    note: 'called too often',
    callBackAt: undefined,
  };
  const agent = centre.agent('s1');
  await expect(agent.recordDisposition({ ...request, requestId: 'early' })).rejects.toMatchObject({
    reason: 'LEAD_MOVE_NOT_ALLOWED',
  });
  expect(complaints).toEqual([]);
  await centre.accept({ leadId: 'lead-d-2' }, 's1');
  await expect(agent.recordDisposition({ ...request, requestId: 'x', disposition: 'shrug' })).rejects.toMatchObject({
    reason: 'DISPOSITION_UNKNOWN',
  });
  for (let i = 0; i < 2; i += 1) await agent.recordDisposition({ ...request, requestId: 'complain' });
  expect(complaints).toEqual([{ requestId: 'complaint-lead-d-2', customerId: 'c-2', subject: 'called too often' }]);
  await eventually(() => expect(outcomes).toEqual(['rejected']));
  stopListening();
});

it('pages leads newest first and refuses overflows in a circle', async () => {
  await centre.decide([11, 12, 13], { customerId: 'c-x' });
  const seen: string[] = [];
  await eventually(async () => {
    seen.length = 0;
    for (let pageToken = ''; ;) {
      const page = await centre.leads.listLeads({
        queue: '',
        seatId: '',
        customerId: 'c-x',
        state: '',
        pageSize: 2,
        pageToken,
      });
      seen.push(...page.leads.map(({ leadId }) => leadId));
      pageToken = page.nextPageToken;
      if (pageToken === '') break;
    }
    expect(seen).toEqual(['lead-d-13', 'lead-d-12', 'lead-d-11']);
  });
  await expect(
    centre.leads.listLeads({ queue: '', seatId: '', customerId: '', state: '', pageSize: 0, pageToken: '' }),
  ).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await centre.putQueue({ queue: 'x', overflowQueue: 'remote' });
  await expect(centre.putQueue({ overflowQueue: 'x' })).rejects.toMatchObject({ reason: 'QUEUE_OVERFLOW_CYCLE' });
  const { queues } = await centre.leads.listQueues({ pageSize: 0, pageToken: '', queues: [] });
  expect(queues).toMatchObject([{ queue: 'remote', openCount: 1, waitingCount: 3 }, { queue: 'x' }]);
});

it('shows of a closed lead only what its reader may see of the customer by now', async () => {
  const agent = centre.agent('s1');
  const coordination = centre.coordination({ id: 'agent-s1', kind: 'staff', roles: ['agent'], orgPath: 'hq/nowhere' });
  const page = { leadId: 'lead-d-2', customerId: '', pageSize: 0, pageToken: '' };
  const [said] = (await coordination.listThread(page)).entries;
  expect(said).toMatchObject({ text: 'called too often' });
  const whole = await agent.getLead({ leadId: 'lead-d-2' });
  expect(whole).toMatchObject({ lead: { state: 'closed' }, missingParts: [], thread: [{ text: 'called too often' }] });
  expect([whole.timeline.length, whole.wallet.length]).toEqual([1, 1]);

  haveMoved = true;
  const brief = await agent.getLead({ leadId: 'lead-d-2' });
  expect(brief).toMatchObject({ lead: { leadId: 'lead-d-2' }, timeline: [], wallet: [], thread: [], knownAnswers: [] });
  expect(brief.customerAttributes).toBeUndefined();
  expect([...brief.missingParts].sort()).toEqual(['customer', 'thread', 'timeline', 'wallet']);
  expect(JSON.stringify(brief.script)).not.toContain('bm-1');
  await expect(coordination.listThread(page)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const entry = { channel: 'phone', kind: 'note', text: 'one more thing' };
  const added = AddThreadEntryRequest.fromPartial({ requestId: 'late', leadId: 'lead-d-2', entry });
  await expect(coordination.addThreadEntry(added)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  // One that is not over entitles whoever has it, wherever its customer belongs.
  expect((await agent.getLead({ leadId: 'lead-d-1' })).missingParts).toEqual([]);
  haveMoved = false;
});

it('ends a lead with the complaint that a try of before opened in other words', async () => {
  const opened = { requestId: 'complaint-lead-d-1', customerId: 'c-1', subject: 'noise' };
  complaints.push(opened);
  await centre.accept({ leadId: 'lead-d-1' }, 's1');
  const answer = {
    leadId: 'lead-d-1',
    seatId: 's1',
    disposition: 'complaint',
    note: 'too loud',
    callBackAt: undefined,
  };
  const { lead } = await centre.agent('s1').recordDisposition({ ...answer, requestId: 'complain-again' });
  expect(lead).toMatchObject({ state: 'closed', disposition: 'complaint', note: 'too loud' });
  expect(complaints.filter(({ customerId }) => customerId === 'c-1')).toEqual([opened]);
});

it('keeps the request ids of customers apart', async () => {
  for (const customerId of ['c-8', 'c-9']) {
    const entry = { channel: 'app', kind: 'note', text: `of ${customerId}` };
    const request = AddThreadEntryRequest.fromPartial({ requestId: 'one', customerId, entry });
    const added = await centre.coordination({ id: customerId, kind: 'customer' }).addThreadEntry(request);
    expect(added.entry).toMatchObject({ text: `of ${customerId}`, customerId });
  }
});
