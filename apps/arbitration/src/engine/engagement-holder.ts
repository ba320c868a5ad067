import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { levelKey, type EngagementLevels, type EngagementRules } from '../domain/engagement';
import { compileEngagement } from '../domain/engagement-policy';
import { EngagementPolicyRepository } from '../repositories/engagement-policy.repository';

const log = logger('engagement');

const NEVER: EngagementRules = { isEligible: () => false, isApplicable: () => false, isSuitable: () => false };

/** Engagement policies of issues and groups, compiled once and held in memory. */
@Injectable()
export class EngagementHolder {
  private compiled: EngagementLevels = new Map();

  constructor(private readonly policies: EngagementPolicyRepository) {}

  get levels(): EngagementLevels {
    return this.compiled;
  }

  async load(utcOffsetMinutes: number): Promise<void> {
    const next = new Map<string, EngagementRules>();
    for (const policy of await this.policies.all()) {
      const key = levelKey(policy.scope, policy.key);
      try {
        next.set(key, compileEngagement(policy, utcOffsetMinutes));
      } catch (err) {
        // It was checked when it was put; should it not compile all the same, nothing may pass that it meant to hold back.
        next.set(key, NEVER);
        log.error({ err, key }, 'an engagement policy cannot be compiled, so nothing passes it');
      }
    }
    this.compiled = next;
  }
}
