import { Injectable } from '@nestjs/common';
import { FactRepository } from '../../repositories/fact.repository';

/** Events counted so far, by type: tells whether review has caught up. */
@Injectable()
export class GetIntakeReportUseCase {
  constructor(private readonly facts: FactRepository) {}

  execute(): Promise<Record<string, number>> {
    return this.facts.countByType();
  }
}
