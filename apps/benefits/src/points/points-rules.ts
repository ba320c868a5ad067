import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import { TOLD_LATE_MS } from '../definitions/domain/definition';
import type { PointsTerms } from './domain/points-rule';

/** The rules of earning. */
@Injectable()
export class PointsRules extends DefinitionDesk<PointsTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'points_rules', TOLD_LATE_MS);
  }

  /** The time zones of rules by id, whether they hold or not. */
  async zonesOf(ruleIds: Iterable<string>): Promise<Map<string, string>> {
    const zones = new Map(
      (await this.active()).map(({ definition, terms }) => [definition.definitionId, terms.timeZone]),
    );
    const others = [...new Set(ruleIds)].filter((ruleId) => !zones.has(ruleId));
    const found = await Promise.all(others.map((ruleId) => this.find(ruleId)));
    for (const rule of found) if (rule) zones.set(rule.definition.definitionId, rule.terms.timeZone);
    return zones;
  }
}
