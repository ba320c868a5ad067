import { createLead, type Lead, type LeadSource } from '../domain/lead';
import type { Queue } from '../domain/queue';
import type { Seat, SeatUser } from '../domain/seat';

export const NOON = new Date('2026-03-02T12:00:00Z');

export const buildQueue = (overrides: Partial<Queue> = {}): Queue => ({
  queue: 'remote',
  name: 'Remote bank',
  channel: 'remote_bank',
  orgPath: 'hq',
  skill: '',
  offerTimeoutSeconds: 60,
  maxAttempts: 3,
  overflowQueue: '',
  maxWaitSeconds: 0,
  ...overrides,
});

export const buildSeat = (overrides: Partial<Seat> = {}): Seat => ({
  seatId: 'seat-1',
  agentId: 'agent-1',
  orgPath: 'hq',
  teamId: '',
  queues: ['remote'],
  skills: [],
  capacity: 1,
  state: 'available',
  openLeadIds: [],
  lastOfferedAt: undefined,
  ...overrides,
});

export const buildLeadSource = (overrides: Partial<LeadSource> = {}): LeadSource => ({
  decisionId: 'd1',
  customerId: 'c1',
  strategyId: 's1',
  actionId: 'a1',
  channel: 'remote_bank',
  queue: 'remote',
  title: 'Term deposit',
  scriptId: 'script-1',
  scriptVersion: 1,
  reason: 'CHOSEN',
  priorityScore: 1,
  ownerId: '',
  capacityTeamId: '',
  promisedAt: undefined,
  ...overrides,
});

export const buildLead = (overrides: Partial<Lead> = {}, queue: Queue = buildQueue()): Lead => {
  const decisionId = overrides.leadId?.replace(/^lead-/, '') ?? 'd1';
  // Each of another customer.
  const customerId = decisionId.replace(/^d/, 'c');
  return { ...createLead(buildLeadSource({ decisionId, customerId, queue: queue.queue }), queue, NOON), ...overrides };
};

/** The agent of the seat that `buildSeat` gives, or of another. */
export const buildAgent = (id = 'agent-1'): SeatUser => ({ id, kind: 'staff', roles: ['agent'], orgPath: 'hq' });

export const secondsAfter = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);
