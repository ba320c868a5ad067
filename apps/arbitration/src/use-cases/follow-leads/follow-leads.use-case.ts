import { Injectable } from '@nestjs/common';
import type { LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import type { Transaction } from '@tidegate/mongo';
import { CapacityMover, type CapacityMove } from '../../engine/capacity-mover';

/** Causes after which other people's time is taken than before; offers that go back to the same queue take none. */
const MOVING: ReadonlySet<string> = new Set(['overflowed', 'escalated', 'handed_over', 'taken_over']);
const TAKEN_OVER = 'taken_over';

/** Today and a day: a lead that came to other people is theirs now, and waits no longer than that for their time. */
const HORIZON_DAYS = 1;

/**
 * People's time follows the lead: what was reserved where it was is given back, and reserved where it is. Where no unit is left the decision
 * holds none, and the lead is served when a seat is free.
 */
@Injectable()
export class FollowLeadsUseCase {
  constructor(private readonly mover: CapacityMover) {}

  async execute(told: readonly LeadReturned[], tx: Transaction): Promise<void> {
    // Of a lead that went on and on, where it is now.
    const inOrder = told.filter(isMove).sort((a, b) => movesOf(a) - movesOf(b));
    const latest = new Map(inOrder.map((one) => [one.lead?.decisionId ?? '', one]));
    const capacityMoves = (isMeant: (cause: string) => boolean): CapacityMove[] =>
      [...latest].flatMap(([decisionId, one]) => {
        const { lead, cause, personId } = one;
        const owner = { personId, teamId: '' };
        return isMeant(cause) ? [{ decisionId, queue: lead?.queue ?? '', owner, leadMoveCount: movesOf(one) }] : [];
      });
    const later = { horizonDays: HORIZON_DAYS, otherwise: 'none' } as const;
    await this.mover.moveAll(
      capacityMoves((cause) => cause !== TAKEN_OVER),
      later,
      tx,
    );
    // Who stands there is served now, whatever the day has left.
    await this.mover.moveAll(
      capacityMoves((cause) => cause === TAKEN_OVER),
      { ...later, horizonDays: 0 },
      tx,
    );
  }
}

const movesOf = ({ lead }: LeadReturned): number => lead?.moveCount ?? 0;

const isMove = ({ lead, cause }: LeadReturned): boolean =>
  lead !== undefined && lead.decisionId !== '' && MOVING.has(cause);
