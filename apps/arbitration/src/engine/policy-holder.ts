import { Injectable } from '@nestjs/common';
import { openWindows } from '../domain/contact-limits';
import { DEFAULT_CONTACT_POLICY, type ContactPolicy } from '../domain/contact-policy';
import type { Situation } from '../domain/funnel';
import { ContactPolicyRepository } from '../repositories/contact-policy.repository';

/** The contact policy in force, in memory. */
@Injectable()
export class PolicyHolder {
  private policy: ContactPolicy = DEFAULT_CONTACT_POLICY;

  constructor(private readonly policies: ContactPolicyRepository) {}

  get current(): ContactPolicy {
    return this.policy;
  }

  /** What holds for every decision made now. */
  situation(now: Date): Situation {
    return { policy: this.policy, windows: openWindows(this.policy, now), now };
  }

  /** Keeps the newer of what is known and what is given. */
  hold(policy: ContactPolicy): void {
    if (policy.version >= this.policy.version) this.policy = policy;
  }

  async load(): Promise<void> {
    this.hold(await this.policies.get());
  }
}
