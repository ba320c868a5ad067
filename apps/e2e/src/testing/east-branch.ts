import { eventually } from '@tidegate/testing';
import { type Bank } from './bank';
import { fileLine, FILE_HEADER } from './bank-file';
import { openProgrammes } from './east-programmes';
import { redeem } from './east-wallet';
import type { HttpCaller } from './http-caller';
import { MerchantSystem } from './merchant-system';
import type { LeadView, MessageView, NameListView, PushView } from './views';

export const EVERY_ROLE = ['admin', 'maker', 'checker', 'reviewer', 'agent', 'team_leader'];

const PLAN_TERMS = {
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: '2099-01-01T00:00:00Z',
  tokenLifeSeconds: 600,
  tokenUseLimit: 1,
};

/** One of everything that belongs to an organisation, all of it the eastern branch's own. */
export interface EastBranch {
  ids: Record<string, string>;
  tea: MerchantSystem;
}

/** Sets the branch up by its own staff: who may not see it elsewhere must be able to work here. */
export async function openEastBranch(bank: Bank, head: HttpCaller, east: HttpCaller): Promise<EastBranch> {
  for (const [orgPath, name] of [
    ['hq', 'Head office'],
    ['hq/east', 'East'],
    ['hq/west', 'West'],
  ]) {
    await head.put('/admin/v1/org-units', { orgPath, name });
  }
  const customers = await openCustomers(bank, east);
  const campaign = await runCampaign(bank, east, customers);
  const tea = await MerchantSystem.join(bank.url, { admin: east, checker: head }, 'tea-house', 'hq/east');
  const wallet = await redeem(bank, head, east, tea, customers['customerId']!);
  const programmes = await openProgrammes(bank, head, east, customers['customerId']!);
  await east.put('/admin/v1/webhook-endpoints/east-hook', { url: 'http://127.0.0.1:9/hook', orgPath: 'hq/east' });
  const plan = { name: 'To the tea house', direction: 'app_to_store', orgPath: 'hq/east', storeIds: ['tea-house-1'] };
  await east.put('/admin/v1/traffic-plans/east-plan', { ...plan, ...PLAN_TERMS });
  const outlets = { name: 'From the outlet', orgPath: 'hq/east', outletPaths: ['hq/east'] };
  await east.put('/admin/v1/traffic-plans/east-door', { ...outlets, direction: 'outlet_to_app', ...PLAN_TERMS });
  const poster = { ...outlets, direction: 'store_to_outlet', storeIds: ['tea-house-1'] };
  await east.put('/admin/v1/traffic-plans/east-poster', { ...poster, ...PLAN_TERMS });
  const fair = { name: 'Fair', orgPath: 'hq/east', storeId: 'tea-house-1', startsAt: PLAN_TERMS.startsAt };
  await east.put('/admin/v1/activities/east-fair', { ...fair, endsAt: PLAN_TERMS.endsAt });
  await east.put('/admin/v1/circles/east-circle', { name: 'Circle', orgPath: 'hq/east' });
  await east.put('/admin/v1/staff/east-leaver', { name: 'Leaver', orgPath: 'hq/east' });
  const merchant = {
    merchantId: 'tea-house',
    storeId: 'tea-house-1',
    clerkId: 'tea-house-clerk',
    keyId: 'tea-house-key',
    planId: 'east-plan',
    doorPlanId: 'east-door',
    posterPlanId: 'east-poster',
    activityId: 'east-fair',
    circleId: 'east-circle',
  };
  return {
    ids: {
      ...customers,
      ...campaign,
      ...wallet,
      ...programmes,
      ...merchant,
      tag: 'vip',
      endpointId: 'east-hook',
      staffId: 'east-leaver',
      id: '1',
    },
    tea,
  };
}

async function openCustomers(bank: Bank, east: HttpCaller): Promise<Record<string, string>> {
  const people = ['east-0', 'east-1', 'east-2'].map((externalId) => ({
    externalId,
    balance: 5_000,
    orgPath: 'hq/east',
  }));
  const lines = people.map((person, index) => fileLine(index, person));
  const consents = [{ purpose: 'marketing', channel: '*' }];
  const { importId } = await bank.importFile(east, 'east.csv', [FILE_HEADER, lines[0]].join('\n'), consents);
  // Nothing is offered to the others: they never consented, which says nothing about a profile that is joined with theirs.
  await bank.importFile(east, 'others.csv', [FILE_HEADER, ...lines.slice(1)].join('\n'), []);
  const known = await bank.customers(east);
  const [customerId, other, angry] = people.map(({ externalId }) => known.get(externalId)!.customerId);
  // The first question about the whole base opens its columnar copy, for which a busy machine may need long.
  await eventually(() => east.post('/admin/v1/segments/preview', { rule: { all: [] } }), { timeoutMs: 120_000 });
  const { complaint } = await east.post<{ complaint: { complaintId: string } }>(
    `/admin/v1/customers/${angry}/complaints`,
    {
      subject: 'a fee',
    },
  );
  const { join } = await east.post<{ join: { joinId: string } }>(`/admin/v1/customers/${customerId}/joins`, {
    otherCustomerId: other,
    reason: 'one passport',
  });
  const ids = { importId, customerId: customerId!, otherCustomerId: other!, externalId: 'east-0' };
  return { ...ids, complaintId: complaint.complaintId, joinId: join.joinId };
}

async function runCampaign(
  bank: Bank,
  east: HttpCaller,
  { customerId }: Record<string, string>,
): Promise<Record<string, string>> {
  const orgPath = 'hq/east';
  const checker = await bank.staff('east-checker', ['checker'], orgPath);
  await east.put('/admin/v1/queues/east-desk', { name: 'East desk', channel: 'remote_bank', orgPath });
  await east.put('/admin/v1/seats/east-seat', {
    agentId: 'east-staff',
    orgPath,
    queues: ['east-desk'],
    capacity: 2,
    state: 'available',
  });
  await east.put('/admin/v1/teams/east-team', {
    name: 'East',
    orgPath,
    people: [{ agentId: 'east-agent', capacity: 5 }],
  });
  // People's time and the rules of contact are the head office's to give.
  const head = await bank.staff('head-planner', ['admin']);
  await head.put('/admin/v1/capacity/east-desk/week-1', { units: 5 });
  await head.put('/admin/v1/shift-plans/east-desk', { orgPath, slotMinutes: 60, daysAhead: 1 });
  const shift = { queue: 'east-desk', personId: 'east-agent', weekdays: [1, 2, 3, 4, 5, 6, 7], followsCalendar: false };
  const hours = { fromMinute: 0, toMinute: 1440 };
  await east.put('/admin/v1/shifts/east-shift', { ...shift, hours, unitsPerHour: 1, firstDay: '2026-01-01' });
  await east.put('/admin/v1/lead-routes', {
    queue: 'east-desk',
    steps: [{ to: 'queue', queue: 'east-desk' }],
    orgPath,
  });
  await east.put('/admin/v1/segments/east-all', { name: 'East', rule: { all: [] }, orgPath });
  await east.put('/admin/v1/scripts/east-talk', { title: 'Talk', opening: 'Good day', orgPath });
  const volume = { name: 'Calls', kind: 'volume', limitAmount: 100, period: 'day', orgPath };
  await east.put('/admin/v1/quotas/east-calls', volume);
  const call = { channel: 'remote_bank', title: 'Call', scriptId: 'east-talk', queue: 'east-desk', contextWeight: 2 };
  const message = { channel: 'app', title: 'Hello', body: 'A message.' };
  const till = { channel: 'merchant', title: 'Tea', body: 'Another cup?' };
  const action = { issue: 'growth', group: 'deposits', purpose: 'marketing', valueMinor: 1, currency: 'CNY', orgPath };
  await east.put('/admin/v1/actions/east-call', { ...action, name: 'Call', treatments: [call] });
  await east.put('/admin/v1/actions/east-message', { ...action, name: 'Message', treatments: [message] });
  const content = { name: 'East', orgPath, segmentId: 'east-all' };
  const quotaUses = [{ quotaId: 'east-calls', amount: 1 }];
  await bank.publishStrategy(east, checker, 'east-calls', { ...content, actionIds: ['east-call'], quotaUses });
  await east.put('/admin/v1/actions/east-till', { ...action, name: 'Till', treatments: [till] });
  await bank.publishStrategy(east, checker, 'east-tills', { ...content, actionIds: ['east-till'] });
  await bank.publishStrategy(east, checker, 'east-messages', { ...content, actionIds: ['east-message'] });
  await east.put('/admin/v1/goals/east-goal', {
    name: 'East',
    strategyId: 'east-calls',
    kind: 'customers',
    targetAmount: 10,
    startsAt: new Date().toISOString(),
    endsAt: '2030-01-01T00:00:00Z',
    orgPath,
  });
  await east.post('/admin/v1/strategies', {
    strategyId: 'east-draft',
    ...content,
    actionIds: ['east-call'],
  });
  const { simulationId } = await east.post<{ simulationId: string }>('/admin/v1/strategies/east-draft/simulations', {});
  const calls = await dispatch(east, 'east-calls', 'week-1');
  await dispatch(east, 'east-messages', '');
  const lead = await eventually(async () => {
    const { leads } = await east.get<{ leads: LeadView[] }>(`/workbench/v1/leads?customerId=${customerId}`);
    expect(leads).toMatchObject([{ state: 'offered' }]);
    return leads[0]!;
  });
  // Accepted, because an offer times out while the rest is set up.
  await east.post(`/workbench/v1/leads/${lead.leadId}/accept`, { seatId: 'east-seat' });
  const app = await bank.customer(customerId!);
  const message1 = await eventually(async () => {
    const { messages } = await app.get<{ messages: MessageView[] }>('/app/v1/inbox');
    expect(messages).toHaveLength(1);
    return messages[0]!;
  });
  const names = {
    queue: 'east-desk',
    slot: 'week-1',
    shiftId: 'east-shift',
    seatId: 'east-seat',
    segmentId: 'east-all',
    quotaId: 'east-calls',
    goalId: 'east-goal',
    scriptId: 'east-talk',
    teamId: 'east-team',
    agentId: 'east-agent',
  };
  const { leadId, decisionId } = lead;
  const { messageId } = message1;
  return {
    ...names,
    ...calls,
    actionId: 'east-call',
    strategyId: 'east-calls',
    simulationId,
    leadId,
    decisionId,
    messageId,
    deliveryId: messageId,
  };
}

async function dispatch(
  east: HttpCaller,
  strategyId: string,
  capacitySlot: string,
): Promise<{ listId: string; pushId: string }> {
  const { nameList } = await east.post<{ nameList: NameListView }>('/admin/v1/name-lists', {
    strategyId,
    name: strategyId,
  });
  const read = async (): Promise<NameListView> =>
    (await east.get<{ nameList: NameListView }>(`/admin/v1/name-lists/${nameList.listId}`)).nameList;
  await eventually(async () => expect(await read()).toMatchObject({ state: 'ready' }), { timeoutMs: 30_000 });
  await east.post(`/admin/v1/name-lists/${nameList.listId}/dispatch`, capacitySlot ? { capacitySlot } : {});
  const { pushId } = await eventually(async () => {
    const list = await read();
    expect(list.state).toBe('dispatched');
    return list;
  });
  await eventually(async () => {
    const { push } = await east.get<{ push: PushView }>(`/admin/v1/pushes/${pushId}`);
    expect(push).toMatchObject({ state: 'completed', chosenCount: 1 });
  });
  return { listId: nameList.listId, pushId };
}
