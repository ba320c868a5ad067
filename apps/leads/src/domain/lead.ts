import { notFound, refused, type DomainError } from '@tidegate/errors';
import { isHumanChannel, type HumanChannel, type Queue } from './queue';
import type { Seat } from './seat';

export const LEAD_STATES = ['scheduled', 'waiting', 'offered', 'accepted', 'call_back', 'closed'] as const;
export type LeadState = (typeof LEAD_STATES)[number];

/** Allowed moves; every change of state goes through `checkMove`. */
const MOVES: Record<LeadState, readonly LeadState[]> = {
  scheduled: ['waiting', 'accepted', 'closed'],
  waiting: ['offered', 'accepted', 'scheduled', 'closed'],
  offered: ['accepted', 'waiting', 'closed'],
  accepted: ['closed', 'call_back', 'waiting'],
  call_back: ['waiting', 'accepted', 'closed'],
  closed: [],
};

/** A seat that let an offer go is left alone with this lead until then. */
export interface CoolOff {
  seatId: string;
  until: Date;
}

export type StepCause =
  | 'created'
  | 'owner_absent'
  | 'untouched'
  | 'attempts_used_up'
  | 'overflowed'
  | 'taken_over'
  | 'handed_over'
  | 'promised';

/** Where a lead went, and why. */
export interface LeadStep {
  at: Date;
  cause: StepCause;
  queue: string;
  seatId: string;
}

/** One step of the way that a lead takes while nobody takes it up. */
export interface RouteStep {
  to: 'owner' | 'queue';
  /** Of an owner step empty for the decision's own queue. */
  queue: string;
  /** Untouched for so long it goes on; 0 for the last step only. */
  waitMinutes: number;
}

export const STEPS_MAX = 30;

/** One piece of work for a person, made from one decision. */
export interface Lead {
  leadId: string;
  decisionId: string;
  customerId: string;
  strategyId: string;
  actionId: string;
  title: string;
  scriptId: string;
  scriptVersion: number;
  channel: HumanChannel;
  queue: string;
  orgPath: string;
  state: LeadState;
  /** The decision's P × C × V × L. */
  priority: number;
  /** Ranks before priority: 1 for a call-back that the customer was promised, else 0. */
  urgency: number;
  /** The seat that has it, or closed it; empty while nobody has. */
  seatId: string;
  /** The seat that promised the call-back; preferred when it is free. */
  preferredSeatId: string;
  /** Who looks after the customer; empty for nobody. */
  ownerId: string;
  /** The only seat that it is offered to, in the step of the relationship manager; empty for all that serve the queue. */
  onlySeatId: string;
  /** The team whose time its decision holds: it is offered within it; empty for all that serve the queue. Not looked at beside `onlySeatId`. */
  teamId: string;
  /** The order of precedence that it was made with, where it is in it, and when that step ends. */
  route: RouteStep[];
  routeStep: number;
  stepEndsAt: Date | undefined;
  /** The newest are kept. */
  steps: LeadStep[];
  /** How often it came to other people. */
  moveCount: number;
  /** The last move of its decision's unit of people's time that it followed. */
  capacityMoveCount: number;
  /** Nothing is held for it any more: it ends unless the seat that is offered it takes it up. Absent otherwise. */
  isGivenUp?: boolean;
  /** When the slot of people's time that it is promised for begins. */
  promisedAt: Date | undefined;
  /** From then on its channel may be quiet for the customer; absent where that never closes. */
  quietFrom?: Date;
  /** Offers in this queue so far. */
  attemptCount: number;
  callBackCount: number;
  coolOffs: CoolOff[];
  disposition: string;
  note: string;
  /** Why its decision was retracted; empty when it was not. */
  retractedReason: string;
  createdAt: Date;
  /** Since when it waits in this queue; the waiting time counts from here. */
  waitingSince: Date;
  offeredAt: Date | undefined;
  offerExpiresAt: Date | undefined;
  acceptedAt: Date | undefined;
  callBackAt: Date | undefined;
  closedAt: Date | undefined;
  /** When time alone moves it next: an offer runs out, a call-back is due, it waited too long. */
  dueAt: Date | undefined;
}

/** What a lead needs of a decision. */
export interface LeadSource {
  decisionId: string;
  customerId: string;
  strategyId: string;
  actionId: string;
  channel: string;
  queue: string;
  title: string;
  scriptId: string;
  scriptVersion: number;
  reason: string;
  priorityScore: number;
  ownerId: string;
  /** Empty where it holds no team's time. */
  capacityTeamId: string;
  promisedAt: Date | undefined;
  /** Absent where its channel never closes. */
  quietFrom?: Date;
}

/** One decision gives one lead: its id follows from the decision's. */
export const leadIdOf = (decisionId: string): string => `lead-${decisionId}`;

/** Whether a decision asks for a person: chosen, on a human channel, with a queue. */
export const isLeadSource = (source: LeadSource): boolean =>
  source.reason === 'CHOSEN' && source.queue !== '' && isHumanChannel(source.channel);

/** The lead that a decision becomes in its queue: waiting, or scheduled until the slot that it is promised for. */
export function createLead(source: LeadSource, queue: Queue, now: Date): Lead {
  const lead: Lead = {
    leadId: leadIdOf(source.decisionId),
    decisionId: source.decisionId,
    customerId: source.customerId,
    strategyId: source.strategyId,
    actionId: source.actionId,
    title: source.title,
    scriptId: source.scriptId,
    scriptVersion: source.scriptVersion,
    channel: queue.channel,
    queue: queue.queue,
    orgPath: queue.orgPath,
    state: 'waiting',
    priority: Number.isFinite(source.priorityScore) ? source.priorityScore : 0,
    urgency: 0,
    seatId: '',
    preferredSeatId: '',
    ownerId: source.ownerId,
    onlySeatId: '',
    teamId: source.capacityTeamId,
    route: [],
    routeStep: 0,
    stepEndsAt: undefined,
    steps: [{ at: now, cause: 'created', queue: queue.queue, seatId: '' }],
    moveCount: 0,
    capacityMoveCount: 0,
    promisedAt: source.promisedAt,
    quietFrom: source.quietFrom,
    attemptCount: 0,
    callBackCount: 0,
    coolOffs: [],
    disposition: '',
    note: '',
    retractedReason: '',
    createdAt: now,
    waitingSince: now,
    offeredAt: undefined,
    offerExpiresAt: undefined,
    acceptedAt: undefined,
    callBackAt: undefined,
    closedAt: undefined,
    dueAt: undefined,
  };
  if (source.promisedAt === undefined || source.promisedAt <= now) return { ...lead, dueAt: waitingDueAt(lead, queue) };
  return { ...lead, state: 'scheduled', dueAt: source.promisedAt };
}

/** Whether it has ended: nobody works it any more, and it entitles to nothing. */
export const isOver = ({ state }: Pick<Lead, 'state'>): boolean => state === 'closed';

/** Whether it waits for another seat, or another team, than this one. */
export const isKeptFrom = ({ onlySeatId, teamId }: Lead, seat: Seat): boolean =>
  onlySeatId === '' ? teamId !== '' && teamId !== seat.teamId : onlySeatId !== seat.seatId;

/** The lead with one more step behind it. */
export const withStep = (lead: Lead, at: Date, cause: StepCause, queue: string, seatId = ''): Lead => ({
  ...lead,
  steps: [...lead.steps, { at, cause, queue, seatId }].slice(-STEPS_MAX),
  // A promise changes when, not who.
  moveCount: lead.moveCount + (cause === 'promised' ? 0 : 1),
});

/** When a waiting lead has to be looked at again: its waiting time is used up, or a cool-off ends. */
export function waitingDueAt(lead: Lead, queue: Queue): Date | undefined {
  const times = lead.coolOffs.map((coolOff) => coolOff.until.getTime());
  if (queue.maxWaitSeconds > 0) times.push(waitEndsAt(lead, queue).getTime());
  if (lead.stepEndsAt) times.push(lead.stepEndsAt.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

/** When the waiting time in this queue is used up; only meaningful with a limit. */
export const waitEndsAt = (lead: Lead, queue: Queue): Date =>
  new Date(lead.waitingSince.getTime() + queue.maxWaitSeconds * 1000);

/** `from` narrows the move to one starting state. @throws LEAD_MOVE_NOT_ALLOWED */
export function checkMove(lead: Lead, to: LeadState, from: LeadState = lead.state): void {
  if (lead.state === from && MOVES[lead.state].includes(to)) return;
  throw refused('LEAD_MOVE_NOT_ALLOWED', `A lead that is ${lead.state} cannot become ${to} now.`, {
    leadId: lead.leadId,
    state: lead.state,
  });
}

export const leadNotFound = (leadId: string): DomainError =>
  notFound('LEAD_NOT_FOUND', 'There is no such lead.', { leadId });
