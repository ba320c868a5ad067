import { randomUUID } from 'node:crypto';
import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import {
  actionMessage,
  appTreatment,
  scriptMessage,
  startCampaigns,
  type Harness,
} from '../../testing/campaigns-harness';

// Goal: the catalogue keeps versions, refuses what cannot be rendered or decided, and is used downwards only.

let harness: Harness;

beforeAll(async () => {
  harness = await startCampaigns();
});
afterAll(() => harness?.stop());

it('keeps every version of a script, also when two are written at once', async () => {
  const { maker } = harness;
  const versions = await Promise.all(
    [1, 2, 3, 4].map((i) => maker.putScript({ requestId: `v${i}`, script: scriptMessage({ title: `Version ${i}` }) })),
  );
  expect(versions.map(({ script }) => script?.version).sort()).toEqual([1, 2, 3, 4]);
  const again = await maker.putScript({ requestId: 'v1', script: scriptMessage({ title: 'Version 1' }) });
  expect(again).toEqual(versions[0]);
  const newest = await maker.getScript({ scriptId: 'call', version: 0 });
  expect(newest.script?.version).toBe(4);
  const first = await maker.getScript({ scriptId: 'call', version: 1 });
  expect(first.script?.objections).toEqual([{ objection: 'No time', answer: 'When may I call?' }]);
  await expect(maker.getScript({ scriptId: 'call', version: 9 })).rejects.toMatchObject({ reason: 'SCRIPT_NOT_FOUND' });
});

it('refuses what cannot be said, asked or found', async () => {
  const { maker } = harness;
  await expect(
    maker.putScript({ requestId: 'x1', script: scriptMessage({ opening: 'Dear {{customer.name}}' }) }),
  ).rejects.toMatchObject({ reason: 'SCRIPT_VARIABLE_UNKNOWN', violations: [{ field: 'script.opening' }] });
  const put = (overrides: Parameters<typeof actionMessage>[0]) =>
    maker.putAction({ requestId: randomUUID(), action: actionMessage({ actionId: 'bad', ...overrides }) });
  await expect(put({ treatments: [appTreatment({ body: '{{agent.name}}' })] })).rejects.toMatchObject({
    reason: 'SCRIPT_VARIABLE_UNKNOWN',
    violations: [{ field: 'action.treatments.0.body' }],
  });
  await expect(put({ eligibility: { field: 'nothing', op: 'eq', value: 1 } })).rejects.toMatchObject({
    reason: 'RULE_INVALID',
    violations: [{ field: 'action.eligibility.field' }],
  });
  await expect(put({ treatments: [appTreatment({ scriptId: 'gone' })] })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'SCRIPT_NOT_FOUND',
  });
  for (const rule of ['eligibility', 'applicability', 'suitability'] as const) {
    const names = { not: { any: [{ segment: 'everybody' }, { segment: 'gone' }] } };
    await expect(put({ [rule]: names })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'SEGMENT_NOT_FOUND',
      metadata: { segmentId: 'gone' },
    });
  }
  await expect(put({ name: '', purpose: 'fun', treatments: [appTreatment({ channel: 'fax' })] })).rejects.toMatchObject(
    {
      reason: 'VALIDATION_FAILED',
      violations: expect.arrayContaining([
        expect.objectContaining({ field: 'action.name' }),
        expect.objectContaining({ field: 'action.purpose' }),
        expect.objectContaining({ field: 'action.treatments.0.channel' }),
      ]),
    },
  );
  await expect(maker.putAction({ requestId: 'none', action: undefined })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'action' }],
  });
  await expect(maker.getAction({ actionId: 'bad' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'ACTION_NOT_FOUND',
  });
});

it('answers a repeat after a segment that it names is gone', async () => {
  const { maker, segments } = harness;
  segments.set('passing', { all: [] });
  const action = actionMessage({ actionId: 'bounds', applicability: { segment: 'passing' } });
  const first = await maker.putAction({ requestId: 'passing', action });
  segments.delete('passing');
  expect(await maker.putAction({ requestId: 'passing', action })).toEqual(first);
});

it('takes levers and context weights in within the bounds that arbitration ranks by', async () => {
  const { maker } = harness;
  const put = (leverPercent: number, contextWeight: number) =>
    maker.putAction({
      requestId: randomUUID(),
      action: actionMessage({ actionId: 'bounds', leverPercent, treatments: [appTreatment({ contextWeight })] }),
    });
  expect((await put(1_000, 100)).action).toMatchObject({ leverPercent: 1_000, treatments: [{ contextWeight: 100 }] });
  expect((await put(0, 0)).action).toMatchObject({ leverPercent: 100 });
  for (const [leverPercent, contextWeight, field] of [
    [1_001, 1, 'action.leverPercent'],
    [0.5, 1, 'action.leverPercent'],
    [-1, 1, 'action.leverPercent'],
    [100, 101, 'action.treatments.0.contextWeight'],
  ] as const) {
    await expect(put(leverPercent, contextWeight)).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
      violations: [expect.objectContaining({ field })],
    });
  }
});

it('replaces an action by versions and pages in id order', async () => {
  const { maker } = harness;
  for (const actionId of ['c', 'a', 'b'])
    await maker.putAction({ requestId: actionId, action: actionMessage({ actionId }) });
  const next = await maker.putAction({
    requestId: 'a2',
    action: actionMessage({ actionId: 'a', version: 1, name: 'New' }),
  });
  expect(next.action).toMatchObject({ version: 2, name: 'New', eligibility: undefined });
  await expect(
    maker.putAction({ requestId: 'a3', action: actionMessage({ actionId: 'a', version: 1 }) }),
  ).rejects.toMatchObject({ reason: 'VERSION_CONFLICT' });
  const first = await maker.listActions({ pageSize: 3, pageToken: '' });
  const second = await maker.listActions({ pageSize: 3, pageToken: first.nextPageToken });
  expect([...first.actions, ...second.actions].map(({ actionId }) => actionId)).toEqual(['a', 'b', 'bounds', 'c']);
  expect(second.nextPageToken).toBe('');
  await expect(maker.listActions({ pageSize: 2, pageToken: 'nonsense' })).rejects.toMatchObject({
    reason: 'PAGE_TOKEN_INVALID',
  });
});

it('lets a branch use what head office set, but not change it nor see its neighbours’', async () => {
  const { maker, service } = harness;
  const east = service.client(CampaignsServiceService, { orgPath: 'hq/east' });
  await maker.putAction({ requestId: 'w', action: actionMessage({ actionId: 'western', orgPath: 'hq/west' }) });
  await east.putAction({ requestId: 'e', action: actionMessage({ actionId: 'eastern', orgPath: '' }) });
  expect((await east.getAction({ actionId: 'a' })).action?.orgPath).toBe('hq');
  const seen = await east.listActions({ pageSize: 0, pageToken: '' });
  expect(seen.actions.map(({ actionId }) => actionId)).toEqual(['a', 'b', 'bounds', 'c', 'eastern']);
  const foreign = { code: 'PERMISSION_DENIED', reason: 'ORG_OUT_OF_SCOPE' };
  await expect(east.getAction({ actionId: 'western' })).rejects.toMatchObject(foreign);
  await expect(
    east.putAction({ requestId: 'e2', action: actionMessage({ actionId: 'a', orgPath: 'hq/east' }) }),
  ).rejects.toMatchObject(foreign);
});
