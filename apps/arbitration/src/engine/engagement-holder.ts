import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { levelKey, type EngagementLevel, type EngagementLevels } from '../domain/engagement';
import { compileEngagement } from '../domain/engagement-policy';
import { CounterBook } from '../past-facts/counter-book';
import { EngagementPolicyRepository } from '../repositories/engagement-policy.repository';

const log = logger('engagement');

const never = (): boolean => false;
const NEVER = {
  ...{ isEligible: never, isApplicable: never, isSuitable: never, isPastKnown: null },
  reads: { attributes: [], tags: [], counted: [] },
};

/** Engagement policies of issues and groups, compiled once and held in memory. */
@Injectable()
export class EngagementHolder {
  private compiled: EngagementLevels = new Map();

  constructor(
    private readonly policies: EngagementPolicyRepository,
    private readonly pastFacts: CounterBook,
  ) {}

  get levels(): EngagementLevels {
    return this.compiled;
  }

  async load(utcOffsetMinutes: number): Promise<void> {
    const next = new Map<string, EngagementLevel>();
    for (const policy of await this.policies.all()) {
      const key = levelKey(policy.scope, policy.key);
      try {
        next.set(key, compileEngagement(policy, { utcOffsetMinutes, pastFacts: this.pastFacts }));
      } catch (err) {
        // It was checked when it was put; should it not compile all the same, nothing may pass that it meant to hold back.
        const { scope, version } = policy;
        next.set(key, { ...NEVER, scope, key: policy.key, version });
        log.error({ err, key }, 'an engagement policy cannot be compiled, so nothing passes it');
      }
    }
    this.compiled = next;
  }
}
