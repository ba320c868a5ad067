import { eventually } from '@tidegate/testing';
import type { Bank } from './bank';
import type { HttpCaller } from './http-caller';
import { importCodes } from './programme';
import { stockBody } from './stock';

const PLACE = { orgPath: 'hq/east', timeZone: 'Asia/Shanghai' };
const POINTS = { kind: 'points', points: 5, pointsValidMonths: 12 };
const TRANSACTIONS = { activityType: 'transaction' };

/** Of every definition: each kind names its own. */
const ID = 'east-programme';

/** What can be followed. */
export const FAN_TARGET = { kind: 'store', targetId: 'tea-house-1', name: 'Tea house', ...PLACE };

/** The definitions of the branch: where each kind is made, how its moves are called, its terms. */
const DEFINITIONS: [path: string, move: string, terms: object][] = [
  [
    'fission-campaigns',
    'move',
    { condition: { kind: 'joined' }, conditionWithinSeconds: 86_400, inviterReward: POINTS, personMaxPerDevice: 9 },
  ],
  [
    'hunts',
    'move',
    {
      points: [
        { pointId: 'bund', name: 'The Bund', longitude: 121.49, latitude: 31.24, radiusMetres: 50, reward: POINTS },
      ],
      ...{ accuracyMetresMax: 30, positionAgeSecondsMax: 30, speedMetresPerSecondMax: 50 },
    },
  ],
  [
    'points-rules',
    'moves',
    { currency: 'CNY', operations: ['card_payment'], stepAmountMinor: 100, pointsPerStep: 1, validMonths: 12 },
  ],
  ['sign-in-programmes', 'moves', { streakRewards: [{ streakDay: 1, reward: POINTS }] }],
  ['exchange-offers', 'moves', { give: POINTS, get: { kind: 'benefit', stockId: 'east-packet' } }],
  [
    'growth-plans',
    'moves',
    {
      sources: [{ filter: TRANSACTIONS, growth: 1, stepAmountMinor: 100 }],
      levels: [{ name: 'Member', upGrowth: 0, keepGrowth: 0 }],
    },
  ],
  [
    'missions',
    'moves',
    {
      period: 'once',
      steps: [{ name: 'Pay by card', filter: TRANSACTIONS, measure: 'count', target: 2 }],
      rewards: [POINTS],
    },
  ],
];

/** What is sent to make the branch's definition of a kind. */
export function definitionBody(path: string): object {
  const definition = { name: 'East', orgPath: PLACE.orgPath, validFrom: '2026-01-01T00:00:00Z' };
  const [, , terms] = DEFINITIONS.find(([known]) => known === path) ?? [];
  return {
    definition: { ...definition, validTo: '2099-01-01T00:00:00Z', definitionId: ID },
    terms: { timeZone: PLACE.timeZone, ...terms },
  };
}

/** Every programme, pool and fan of the branch; a customer of it takes part. */
export async function openProgrammes(
  bank: Bank,
  head: HttpCaller,
  east: HttpCaller,
  customerId: string,
): Promise<Record<string, string>> {
  for (const [path, move] of DEFINITIONS) {
    await east.post(`/admin/v1/${path}`, definitionBody(path));
    await head.post(`/admin/v1/${path}/${ID}/${move}`, { move: 'approve' });
  }
  await east.put('/admin/v1/fan-targets', FAN_TARGET);
  const app = await bank.customer(customerId);
  const { kind, targetId } = FAN_TARGET;
  await app.post('/app/v1/follows', { kind, targetId, source: 'qr' });
  return {
    definitionId: ID,
    campaignId: ID,
    programmeId: ID,
    offerId: ID,
    huntId: ID,
    pointId: 'bund',
    ...{ scope: 'group', key: 'deposits' },
    code: await invite(bank, app),
    ...(await openPool(east, app)),
  };
}

/** The customer's invite code; somebody has followed it. */
async function invite(bank: Bank, app: HttpCaller): Promise<string> {
  const path = `/app/v1/fission-campaigns/${ID}/invites`;
  // A replica takes a second to see what was approved at another.
  const { code } = await eventually(() => app.post<{ code: string }>(path, { deviceId: 'device-00000001' }));
  const friend = await bank.customer('east-friend');
  await friend.post(`/app/v1/invites/${code}/accept`, { deviceId: 'device-00000002' });
  return code;
}

/** A pool whose only code is the customer's. */
async function openPool(east: HttpCaller, app: HttpCaller): Promise<Record<string, string>> {
  const poolId = 'east-pool';
  await east.put(`/admin/v1/code-pools/${poolId}`, { name: 'East', providerId: 'east-codes', orgPath: PLACE.orgPath });
  const path = await importCodes(east, poolId, ['K-1']);
  const codeImportId = path.slice(path.lastIndexOf('/') + 1);
  const stock = { kind: 'third_party_code', poolId, totalLimit: 1, orgPath: PLACE.orgPath };
  await east.post('/admin/v1/stocks', stockBody('east-code', stock));
  const { instance } = await app.post<{ instance: { instanceId: string } }>('/app/v1/stocks/east-code/claims');
  return { poolId, codeImportId, codeInstanceId: instance.instanceId };
}
