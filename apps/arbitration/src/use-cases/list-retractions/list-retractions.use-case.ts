import { Injectable } from '@nestjs/common';
import type { Retraction } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionRepository } from '../../repositories/decision.repository';
import type { ListRetractionsInput } from './list-retractions.request';

/** Which decisions were retracted, for whoever is about to act on them: true of the moment in which it is read. */
@Injectable()
export class ListRetractionsUseCase {
  constructor(private readonly decisions: DecisionRepository) {}

  async execute({ decisionIds }: ListRetractionsInput): Promise<Retraction[]> {
    const retracted = await this.decisions.listRetracted(decisionIds);
    return retracted.map(({ decisionId, retractedReason = '', retractedAt }) => ({
      decisionId,
      reason: retractedReason,
      retractedAt,
    }));
  }
}
