import { refused } from '@tidegate/errors';
import { outcomeOf, RETRACTED, UNREACHABLE, type FinalDisposition, type LeadOutcome } from './disposition';
import { checkMove, waitEndsAt, waitingDueAt, withStep, type Lead } from './lead';
import type { Queue } from './queue';

export type ReturnCause =
  | 'declined'
  | 'timed_out'
  | 'overflowed'
  | 'seat_away'
  | 'escalated'
  | 'taken_over'
  | 'handed_over'
  | 'in_conversation';

/** A lead that ended, and what arbitration learns from it. */
export interface Closing {
  lead: Lead;
  outcome: LeadOutcome;
}

export const CALL_BACK_DAYS_MAX = 30;
export const CALL_BACKS_MAX = 10;
const DAY_MS = 86_400_000;

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

/** waiting → offered; the seat has until the queue's time-out. */
export function offer(lead: Lead, seatId: string, queue: Queue, now: Date): Lead {
  checkMove(lead, 'offered');
  const offerExpiresAt = after(now, queue.offerTimeoutSeconds);
  return {
    ...lead,
    state: 'offered',
    seatId,
    attemptCount: lead.attemptCount + 1,
    coolOffs: lead.coolOffs.filter((coolOff) => coolOff.until > now),
    offeredAt: now,
    offerExpiresAt,
    dueAt: offerExpiresAt,
  };
}

/** offered → accepted. @throws LEAD_MOVE_NOT_ALLOWED, NOT_OFFERED_TO_SEAT, OFFER_EXPIRED */
export function accept(lead: Lead, seatId: string, now: Date): Lead {
  checkOffer(lead, 'accepted', seatId, now);
  return {
    ...lead,
    state: 'accepted',
    acceptedAt: now,
    isGivenUp: undefined,
    quietFrom: undefined,
    // Somebody took it up: the order of precedence has done its work.
    route: [],
    onlySeatId: '',
    stepEndsAt: undefined,
    coolOffs: [],
    offerExpiresAt: undefined,
    dueAt: undefined,
  };
}

/** The checks that accepting and declining share. @throws LEAD_MOVE_NOT_ALLOWED, NOT_OFFERED_TO_SEAT, OFFER_EXPIRED */
export function checkOffer(lead: Lead, to: 'accepted' | 'waiting', seatId: string, now: Date): void {
  checkMove(lead, to, 'offered');
  if (lead.seatId !== seatId) {
    throw refused('NOT_OFFERED_TO_SEAT', 'This lead was offered to another seat.', { leadId: lead.leadId, seatId });
  }
  if (lead.offerExpiresAt && lead.offerExpiresAt <= now) {
    throw refused('OFFER_EXPIRED', 'The time to answer this offer is over.', { leadId: lead.leadId });
  }
}

/** offered → waiting; the seat is left alone with this lead for one offer time-out, so that others see it first. */
export function takeBack(lead: Lead, queue: Queue, now: Date): Lead {
  checkMove(lead, 'waiting', 'offered');
  const coolOff = { seatId: lead.seatId, until: after(now, queue.offerTimeoutSeconds) };
  const back: Lead = {
    ...lead,
    state: 'waiting',
    seatId: '',
    preferredSeatId: lead.preferredSeatId === lead.seatId ? '' : lead.preferredSeatId,
    coolOffs: [...lead.coolOffs.filter((other) => other.seatId !== lead.seatId && other.until > now), coolOff],
    offeredAt: undefined,
    offerExpiresAt: undefined,
  };
  return { ...back, dueAt: waitingDueAt(back, queue) };
}

/** Whether a waiting lead has used up its offers or its waiting time in this queue. */
export const isUsedUp = (lead: Lead, queue: Queue, now: Date): boolean =>
  lead.state === 'waiting' &&
  (lead.attemptCount >= queue.maxAttempts || (queue.maxWaitSeconds > 0 && waitEndsAt(lead, queue) <= now));

/** A waiting lead goes on in another queue, with its attempts and its waiting time anew. */
export function overflow(lead: Lead, to: Queue, now: Date): Lead {
  const moved: Lead = {
    ...lead,
    queue: to.queue,
    channel: to.channel,
    orgPath: to.orgPath,
    attemptCount: 0,
    coolOffs: [],
    waitingSince: now,
    onlySeatId: '',
    teamId: '',
    stepEndsAt: undefined,
  };
  return { ...withStep(moved, now, 'overflowed', to.queue), dueAt: waitingDueAt(moved, to) };
}

/** waiting or scheduled → closed, because no seat took it or none is left to. */
export function closeUnreachable(lead: Lead, now: Date): Closing {
  checkMove(lead, 'closed', lead.state === 'scheduled' ? 'scheduled' : 'waiting');
  return { lead: closed({ ...lead, disposition: UNREACHABLE, promisedAt: undefined }, now), outcome: 'released' };
}

/**
 * The decision was retracted 撤回: a lead that nobody talks about is closed, whoever it was offered or promised to; a talk is not cut, and its
 * lead says so. Null for one that has ended or knows it already.
 */
export function retract(lead: Lead, reason: string, now: Date): { lead: Lead; outcome?: LeadOutcome } | null {
  if (lead.state === 'closed' || lead.retractedReason !== '') return null;
  const retracted: Lead = { ...lead, retractedReason: reason };
  if (lead.state === 'accepted') return { lead: retracted };
  checkMove(lead, 'closed');
  const ended: Lead = { ...retracted, seatId: '', disposition: RETRACTED, promisedAt: undefined };
  return { lead: closed(ended, now), outcome: 'released' };
}

/** Any lead that nobody talks about yet → accepted by the seat where the customer turned up, in a queue of that seat. */
export function takeOver(lead: Lead, seatId: string, queue: Queue, now: Date): Lead {
  checkMove(lead, 'accepted');
  const taken: Lead = {
    ...lead,
    state: 'accepted',
    seatId,
    queue: queue.queue,
    channel: queue.channel,
    orgPath: queue.orgPath,
    acceptedAt: now,
    isGivenUp: undefined,
    quietFrom: undefined,
    route: [],
    onlySeatId: '',
    teamId: '',
    stepEndsAt: undefined,
    promisedAt: undefined,
    coolOffs: [],
    offerExpiresAt: undefined,
    callBackAt: undefined,
    dueAt: undefined,
  };
  return withStep(taken, now, 'taken_over', queue.queue, seatId);
}

/** accepted → waiting in another queue, ahead of others, because the customer is being served. @throws LEAD_MOVE_NOT_ALLOWED, CONTACT_RETRACTED */
export function handOver(lead: Lead, seatId: string, to: { queue: Queue; seatId: string }, now: Date): Lead {
  checkHolder(lead, 'waiting', seatId);
  checkNotRetracted(lead);
  const handed: Lead = {
    ...lead,
    state: 'waiting',
    seatId: '',
    preferredSeatId: to.seatId,
    urgency: 1,
    queue: to.queue.queue,
    channel: to.queue.channel,
    orgPath: to.queue.orgPath,
    attemptCount: 0,
    acceptedAt: undefined,
    waitingSince: now,
    teamId: '',
    stepEndsAt: undefined,
  };
  return { ...withStep(handed, now, 'handed_over', to.queue.queue, to.seatId), dueAt: waitingDueAt(handed, to.queue) };
}

/** scheduled → waiting, when its slot begins. */
export function begin(lead: Lead, queue: Queue, now: Date): Lead {
  checkMove(lead, 'waiting', 'scheduled');
  const waiting: Lead = { ...lead, state: 'waiting', promisedAt: undefined, waitingSince: now };
  return { ...waiting, dueAt: waitingDueAt(waiting, queue) };
}

/** A lead that nobody took up yet is promised for another time; null for one that somebody works. */
export function promise(lead: Lead, queue: Queue, at: Date | undefined, now: Date): Lead | null {
  if (lead.state !== 'scheduled' && lead.state !== 'waiting') return null;
  if (at === undefined || at <= now) return lead.state === 'scheduled' ? begin(lead, queue, now) : lead;
  // The time of its step runs from then.
  const laterMs = at.getTime() - (lead.promisedAt ?? now).getTime();
  const stepEndsAt = lead.stepEndsAt && new Date(lead.stepEndsAt.getTime() + laterMs);
  const scheduled: Lead = { ...lead, state: 'scheduled', promisedAt: at, stepEndsAt, dueAt: at };
  return withStep(scheduled, now, 'promised', lead.queue);
}

/** accepted → closed. @throws LEAD_MOVE_NOT_ALLOWED */
export function close(lead: Lead, seatId: string, disposition: FinalDisposition, note: string, now: Date): Closing {
  checkHolder(lead, 'closed', seatId);
  return { lead: closed({ ...lead, disposition, note }, now), outcome: outcomeOf(disposition) };
}

function checkHolder(lead: Lead, to: 'closed' | 'call_back' | 'waiting', seatId: string): void {
  checkMove(lead, to, 'accepted');
  if (lead.seatId === seatId) return;
  throw refused('LEAD_MOVE_NOT_ALLOWED', 'Another seat works this lead.', { leadId: lead.leadId, seatId });
}

/** Nobody else may call the customer about it, now or later. */
function checkNotRetracted({ leadId, retractedReason }: Lead): void {
  if (retractedReason === '') return;
  throw refused('CONTACT_RETRACTED', 'The customer may not be contacted about this any more: end the lead.', {
    leadId,
    retractedReason,
  });
}

/** A lead that has ended, as what is left of it. */
export const closed = (lead: Lead, now: Date): Lead => ({
  ...lead,
  state: 'closed',
  closedAt: now,
  quietFrom: undefined,
  coolOffs: [],
  offerExpiresAt: undefined,
  callBackAt: undefined,
  dueAt: undefined,
});

/** @throws CALL_BACK_TIME_INVALID */
export function checkCallBackTime(at: Date | undefined, now: Date): void {
  if (at && at > now && at.getTime() - now.getTime() <= CALL_BACK_DAYS_MAX * DAY_MS) return;
  throw refused('CALL_BACK_TIME_INVALID', `A call-back is due within the next ${CALL_BACK_DAYS_MAX} days.`);
}

/** accepted → call_back; the seat is free meanwhile. @throws LEAD_MOVE_NOT_ALLOWED, CONTACT_RETRACTED, CALL_BACK_TIME_INVALID, CALL_BACKS_USED_UP */
export function callBack(lead: Lead, seatId: string, at: Date | undefined, note: string, now: Date): Lead {
  checkHolder(lead, 'call_back', seatId);
  checkNotRetracted(lead);
  checkCallBackTime(at, now);
  if (lead.callBackCount >= CALL_BACKS_MAX) {
    throw refused('CALL_BACKS_USED_UP', `A lead is called back at most ${CALL_BACKS_MAX} times.`, {
      leadId: lead.leadId,
    });
  }
  return {
    ...lead,
    state: 'call_back',
    disposition: 'call_back',
    note,
    preferredSeatId: lead.seatId,
    seatId: '',
    callBackCount: lead.callBackCount + 1,
    acceptedAt: undefined,
    callBackAt: at,
    dueAt: at,
  };
}

/** call_back → waiting, ahead of others, because the customer was promised the call. */
export function resume(lead: Lead, queue: Queue, now: Date): Lead {
  checkMove(lead, 'waiting', 'call_back');
  const waiting: Lead = {
    ...lead,
    state: 'waiting',
    urgency: 1,
    attemptCount: 0,
    offeredAt: undefined,
    waitingSince: now,
  };
  return { ...waiting, dueAt: waitingDueAt(waiting, queue) };
}

/** Forgets cool-offs that are over and sets the next time to look at a waiting lead. */
export function coolDown(lead: Lead, queue: Queue, now: Date): Lead {
  const cooled: Lead = { ...lead, coolOffs: lead.coolOffs.filter((coolOff) => coolOff.until > now) };
  return { ...cooled, dueAt: waitingDueAt(cooled, queue) };
}
