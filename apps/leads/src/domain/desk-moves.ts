import { DeskState } from './desk-state';
import type { Lead, StepCause } from './lead';
import { closeUnreachable, isUsedUp, overflow, takeBack, type ReturnCause } from './lead-moves';
import { enterStep, hasNextStep, isStepOver } from './route';

/** Where leads go that nobody took up, with what is told of it. */
export class DeskMoves extends DeskState {
  protected giveBack(lead: Lead, cause: ReturnCause): Lead {
    const queue = this.queues.get(lead.queue);
    if (!queue) throw new Error(`queue ${lead.queue} of lead ${lead.leadId} was not loaded`);
    const back = takeBack(lead, queue, this.now);
    this.changes.push({ kind: 'returned', lead: back, cause });
    this.free(lead.seatId, lead.leadId);
    return this.wait(back);
  }

  /** Takes a lead among the waiting ones, or on to where it goes when its attempts or time are used up. */
  protected wait(lead: Lead): Lead {
    const queue = this.queues.get(lead.queue);
    const next = queue && this.queues.get(queue.overflowQueue);
    const isOver = isStepOver(lead, this.now);
    if (lead.isGivenUp) return this.end(lead);
    if (!queue || !(isOver || isUsedUp(lead, queue, this.now))) {
      this.fedQueues.add(lead.queue);
      return this.saveLead(lead);
    }
    if (hasNextStep(lead)) return this.escalate(lead, isOver ? 'untouched' : 'attempts_used_up');
    if (!next) return this.end(lead);
    const moved = this.saveLead(overflow(lead, next, this.now));
    this.changes.push({ kind: 'returned', lead: moved, cause: 'overflowed' });
    this.fedQueues.add(moved.queue);
    return moved;
  }

  protected end(lead: Lead): Lead {
    const { lead: ended, outcome } = closeUnreachable(lead, this.now);
    this.changes.push({ kind: 'closed', lead: ended, outcome });
    return this.saveLead(ended);
  }

  /** Takes a lead that nobody took up on to the next step of its route. */
  private escalate(lead: Lead, cause: StepCause): Lead {
    const step = lead.routeStep + 1;
    const id = lead.route[step]?.queue ?? '';
    const queue = this.queues.get(id);
    if (!queue) throw new Error(`queue ${id} of the route of lead ${lead.leadId} was not loaded`);
    const moved = this.saveLead(enterStep(lead, { step, queue, cause }, this.now));
    this.tellReturned(moved, 'escalated', '');
    this.fedQueues.add(moved.queue);
    return moved;
  }
}
