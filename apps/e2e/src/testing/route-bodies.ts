const OWN = { orgPath: 'hq/west' };
const TREATMENT = { channel: 'app', title: 'Hello', body: 'A message.' };
const ACTION = { name: 'X', issue: 'growth', group: 'deposits', purpose: 'marketing', currency: 'CNY', valueMinor: 1 };
const FEATURES = {
  spec: { features: [{ kind: 'numeric', name: 'balance', attribute: 'balance', bucketsPerDecade: 2 }] },
};
const CONSENT = { purpose: 'service', channel: 'sms', isGranted: true, evidence: 'test' };
const SEAT = { agentId: 'west-staff', queues: ['east-desk'], capacity: 2, ...OWN };

const GOAL = {
  name: 'X',
  strategyId: 'east-calls',
  kind: 'customers',
  targetAmount: 1,
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: '2030-01-01T00:00:00Z',
  ...OWN,
};

const TEAM = { name: 'X', people: [{ agentId: 'east-agent', capacity: 1 }], ...OWN };

const RETIRE = { move: 'retire' };
const DEVICE = { deviceId: 'device-00000001' };
const POSITION = {
  longitude: 121.49,
  latitude: 31.24,
  accuracyMetres: 5,
  measuredAt: new Date().toISOString(),
  isMocked: false,
};

const SHIFT = {
  queue: 'east-desk',
  personId: 'east-agent',
  weekdays: [1],
  hours: { fromMinute: 540, toMinute: 600 },
  unitsPerHour: 1,
  followsCalendar: true,
  firstDay: '2026-01-01',
};

/** What is sent to each route; a PUT tries to move the object into the caller's own organisation. */
export const BODIES: Record<string, object> = {
  'PUT /admin/v1/actions/{actionId}': { ...ACTION, treatments: [TREATMENT], ...OWN },
  'PUT /admin/v1/capacity/{queue}/{slot}': { units: 50 },
  'PUT /admin/v1/staff/{staffId}': { name: 'X', ...OWN },
  'POST /admin/v1/staff/{staffId}/state': { state: 'left', reason: 'x' },
  'POST /admin/v1/complaints/{complaintId}/close': { resolution: 'none' },
  'PUT /admin/v1/customers/{customerId}/tags/{tag}': { value: 'x' },
  'PUT /admin/v1/customers/{customerId}/owner': { ownerId: 'west-staff' },
  'POST /admin/v1/customers/{customerId}/consents': CONSENT,
  'POST /admin/v1/customers/{customerId}/complaints': { subject: 'x' },
  'POST /admin/v1/customers/{customerId}/joins/{joinId}/undo': { reason: 'x' },
  'POST /admin/v1/name-lists/{listId}/split': { plan: { teamIds: ['east-team'] } },
  'POST /admin/v1/name-lists/{listId}/hand-down': { shares: [{ orgPath: 'hq/east', quota: 0 }] },
  'PUT /admin/v1/teams/{teamId}': TEAM,
  'PUT /admin/v1/teams/{teamId}/people/{agentId}/judgement': { willingness: 3, ability: 3 },
  'PUT /admin/v1/merchants/{merchantId}': { name: 'X', ...OWN },
  'PUT /admin/v1/merchants/{merchantId}/stores/{storeId}': { name: 'X', longitude: 1, latitude: 1 },
  'PUT /admin/v1/merchants/{merchantId}/stores/{storeId}/clerks/{clerkId}': { name: 'X' },
  'PUT /admin/v1/merchants/{merchantId}/budget': { currency: 'CNY', limits: {} },
  'PUT /admin/v1/merchants/{merchantId}/stores/{storeId}/budget': { currency: 'CNY', limits: {} },
  'POST /admin/v1/merchants/{merchantId}/review': { settlementAccount: 'acc-1', orgPath: 'hq/east' },
  'POST /admin/v1/merchants/{merchantId}/suspend': { comment: 'x' },
  'PUT /admin/v1/activities/{activityId}': {
    ...{ name: 'X', startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z', ...OWN },
  },
  'PUT /admin/v1/circles/{circleId}': { name: 'X', ...OWN },
  'PUT /admin/v1/traffic-plans/{planId}': {
    ...{ name: 'X', direction: 'app_to_store', tokenLifeSeconds: 600, tokenUseLimit: 1, ...OWN },
    ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z' },
  },
  'POST /admin/v1/settlement-batches/{batchId}/reject': { reason: 'x' },
  'POST /admin/v1/settlement-batches/{batchId}/payment': { isPaid: true },
  'POST /admin/v1/reconciliations/{reconciliationId}/withdraw': { comment: 'x' },
  'POST /admin/v1/differences/{differenceId}/resolve': { resolution: 'bank_right', comment: 'x' },
  'PUT /admin/v1/queues/{queue}': { name: 'X', channel: 'remote_bank', ...OWN },
  'PUT /admin/v1/goals/{goalId}': GOAL,
  'PUT /admin/v1/quotas/{quotaId}': { name: 'X', kind: 'volume', limitAmount: 1, period: 'total', ...OWN },
  'PUT /admin/v1/shift-plans/{queue}': { slotMinutes: 60, daysAhead: 1, ...OWN },
  'PUT /admin/v1/shifts/{shiftId}': SHIFT,
  'PUT /admin/v1/seats/{seatId}': SEAT,
  'PUT /admin/v1/segments/{segmentId}': { name: 'X', rule: { all: [] }, ...OWN },
  'PUT /admin/v1/scripts/{scriptId}': { title: 'X', opening: 'X', ...OWN },
  'PUT /admin/v1/strategies/{strategyId}': { name: 'X', version: 1, orgPath: 'hq/east' },
  'POST /admin/v1/strategies/{strategyId}/roll-back': { comment: 'back' },
  'POST /admin/v1/strategies/{strategyId}/approve': { contentHash: 'x' },
  'POST /admin/v1/strategies/{strategyId}/reject': { comment: 'no' },
  'PUT /admin/v1/model-slots/{slot}': {
    champion: { kind: 'adaptive' },
    successOutcome: 'converted',
    featureSpec: FEATURES,
  },
  'POST /admin/v1/model-slots/{slot}/moves': { model: { kind: 'adaptive' }, toStage: 'shadow', reason: 'x' },
  'POST /admin/v1/model-slots/{slot}/settings': {
    settings: { successOutcome: 'converted', noModelBasisPoints: 0 },
    reason: 'x',
  },
  'POST /admin/v1/model-slots/{slot}/roll-back': { reason: 'x' },
  'POST /admin/v1/strategies/{strategyId}/move': { move: 'pause' },
  'PUT /admin/v1/webhook-endpoints/{endpointId}': { url: 'https://example.com/hook', ...OWN },
  'PUT /admin/v1/code-pools/{poolId}': { name: 'X', providerId: 'east-codes', ...OWN },
  'POST /admin/v1/code-pools/{poolId}/imports': { fileName: 'more.csv' },
  'POST /admin/v1/code-pools/{poolId}/withdraw': {},
  'PUT /admin/v1/engagement-policies/{scope}/{key}': { version: 0 },
  'POST /admin/v1/pushes/{pushId}/members': { sequence: 0, customerIds: ['x'], isLast: true },
  'POST /admin/v1/instances/{instanceId}/void': { reason: 'x' },
  'PUT /admin/v1/persons/{customerId}': { personId: 'person-1' },
  'POST /admin/v1/stocks/{stockId}/state': { state: 'paused' },
  'POST /admin/v1/fission-campaigns/{campaignId}/move': RETIRE,
  'POST /admin/v1/hunts/{huntId}/move': RETIRE,
  'POST /admin/v1/points-rules/{definitionId}/moves': RETIRE,
  'POST /admin/v1/sign-in-programmes/{definitionId}/moves': RETIRE,
  'POST /admin/v1/exchange-offers/{definitionId}/moves': RETIRE,
  'POST /admin/v1/growth-plans/{definitionId}/moves': RETIRE,
  'POST /admin/v1/missions/{definitionId}/moves': RETIRE,
  'PUT /merchant/v1/clerks/{clerkId}': { storeId: 'tea-house-1', name: 'X' },
  'POST /merchant/v1/redemptions/{redemptionId}/reverse': {
    storeId: 'tea-house-1',
    clerkId: 'tea-house-clerk',
    reason: 'x',
  },
  'POST /merchant/v1/redemptions/{redemptionId}/next-best-actions/{decisionId}/outcomes': { outcome: 'shown' },
  'POST /merchant/v1/next-best-actions/{decisionId}/outcomes': { outcome: 'shown' },
  'POST /workbench/v1/customers/{customerId}/consents': CONSENT,
  'POST /workbench/v1/customers/{customerId}/complaints': { subject: 'x' },
  'POST /workbench/v1/customers/{customerId}/next-best-actions': { channel: 'branch' },
  'POST /workbench/v1/decisions/{decisionId}/outcomes': { outcome: 'shown' },
  'POST /workbench/v1/customers/{customerId}/arrivals': { seatId: 'east-seat', channel: 'phone' },
  'POST /workbench/v1/leads/{leadId}/accept': { seatId: 'east-seat' },
  'POST /workbench/v1/leads/{leadId}/hand-over': { seatId: 'east-seat', toQueue: 'east-desk' },
  'POST /workbench/v1/leads/{leadId}/release': { note: 'x' },
  'POST /workbench/v1/leads/{leadId}/thread': { channel: 'phone', kind: 'note', text: 'x' },
  'POST /workbench/v1/leads/{leadId}/decline': { seatId: 'east-seat' },
  'POST /workbench/v1/leads/{leadId}/disposition': { seatId: 'east-seat', disposition: 'no_answer' },
  'PUT /workbench/v1/seats/{seatId}/state': { state: 'away' },
  'POST /app/v1/decisions/{decisionId}/outcomes': { outcome: 'shown' },
  'POST /app/v1/inbox/{messageId}/marks': { mark: 'read' },
  'POST /app/v1/fission-campaigns/{campaignId}/invites': DEVICE,
  'POST /app/v1/invites/{code}/accept': DEVICE,
  'POST /app/v1/sign-in-programmes/{programmeId}/make-ups': { day: '2026-01-01' },
  'POST /app/v1/hunts/{huntId}/points/{pointId}/claims': { challenge: 'none', position: POSITION },
};
