import { StaffChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { DomainError } from '@tidegate/errors';
import { event, subjectOfType } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { problemOf, send } from '../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../testing/test-gateway';

// Goal: a token is worth nothing once its holder does not work here, or not there; who is not on record works by his token.

let gateway: TestGateway;
/** What the organisation says of each person. */
const records = new Map<string, { state: string; orgPath: string }>();
let isDown = false;
const asked: string[] = [];
const answer = ({ staffId }: Record<string, unknown>) => {
  if (isDown) throw new DomainError({ code: 'UNAVAILABLE', reason: 'FOR_A_TEST', message: 'down' });
  asked.push(String(staffId));
  return records.get(String(staffId)) ?? {};
};
beforeAll(async () => {
  gateway = await startTestGateway({ heartbeatMs: 50 });
  gateway.services.answer('staff.getStaffStanding', answer);
  const seat = {
    seatId: 's',
    agentId: 'gus',
    orgPath: 'hq',
    queues: [],
    skills: [],
    capacity: 1,
    state: '',
    openCount: 0,
  };
  gateway.services.answer('leads.getSeat', () => ({ seat }));
});
afterAll(() => gateway?.stop());

const ask = async (of: TestGateway, subject: string, orgPath = 'hq/east') => {
  const token = await of.token({ subject, orgPath });
  const reply = await send(of, {
    method: 'GET',
    path: '/admin/v1/org-units',
    headers: { authorization: `Bearer ${token}` },
  });
  return reply.status === 200 ? 'in' : `${reply.status} ${problemOf(reply).reason}`;
};
const tell = (staffId: string): Promise<void> => {
  const told = event(StaffChanged, staffId, { member: undefined });
  return gateway.bus.publish(subjectOfType(StaffChanged.$type), JSON.stringify([told]), { messageId: told.id });
};

it('lets in who is active, in his place and below it, and who is not on record', async () => {
  records.set('ann', { state: 'active', orgPath: 'hq/east' });
  expect(await ask(gateway, 'ann')).toBe('in');
  expect(await ask(gateway, 'ann', 'hq/east/shanghai')).toBe('in');
  expect(await ask(gateway, 'ann', 'hq')).toBe('403 STAFF_OUT_OF_PLACE');
  expect(await ask(gateway, 'ann', 'hq/west')).toBe('403 STAFF_OUT_OF_PLACE');
  expect(await ask(gateway, 'stranger')).toBe('in');
  expect(asked.filter((id) => id === 'ann')).toHaveLength(1);
});

it.each(['suspended', 'left'])(
  'refuses whoever is %s as soon as it is told, also where a token was just good',
  async (state) => {
    records.set(state, { state: 'active', orgPath: 'hq/east' });
    expect(await ask(gateway, state)).toBe('in');
    records.set(state, { state, orgPath: 'hq/east' });
    await tell(state);
    await eventually(async () => expect(await ask(gateway, state)).toBe('403 STAFF_NOT_ACTIVE'));
  },
);

it('ends the open stream of somebody who left', async () => {
  records.set('gus', { state: 'active', orgPath: 'hq' });
  const token = await gateway.token({ subject: 'gus', roles: ['agent'] });
  const headers = { authorization: `Bearer ${token}` };
  const stream = await fetch(`${gateway.url}/workbench/v1/seats/s/events`, { headers });
  expect(stream.status).toBe(200);
  records.set('gus', { state: 'left', orgPath: 'hq' });
  await tell('gus');
  // Reads to the end, which comes with a heartbeat.
  expect(await stream.text()).toContain('event: snapshot');
});

it('believes what it knows while nobody can be asked, and lets nobody new in', async () => {
  records.set('hal', { state: 'active', orgPath: 'hq/east' });
  expect(await ask(gateway, 'hal')).toBe('in');
  isDown = true;
  expect(await ask(gateway, 'hal')).toBe('in');
  expect(await ask(gateway, 'somebody')).toBe('503 FOR_A_TEST');
  isDown = false;
});

it('asks for a record when it is told to', async () => {
  const strict = await startTestGateway({ isStaffRecordNeeded: true });
  try {
    strict.services.answer('staff.getStaffStanding', answer);
    expect(await ask(strict, 'ann')).toBe('in');
    expect(await ask(strict, 'stranger')).toBe('403 STAFF_UNKNOWN');
  } finally {
    await strict.stop();
  }
});
