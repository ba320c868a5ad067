import { Injectable } from '@nestjs/common';
import { knownUntil } from '@tidegate/bank-calendar';
import { Clock } from '@tidegate/service';
import type { ContactPolicy } from '../../domain/contact-policy';
import { PolicyHolder } from '../../engine/policy-holder';
import { ContactPolicyRepository } from '../../repositories/contact-policy.repository';

/** The contact policy in force; version 0 is the platform's own. */
@Injectable()
export class GetContactPolicyUseCase {
  constructor(
    private readonly policies: ContactPolicyRepository,
    private readonly holder: PolicyHolder,
    private readonly clock: Clock,
  ) {}

  execute(): Promise<ContactPolicy> {
    return this.policies.get();
  }

  /** The last day whose holidays are known; after it quiet hours of holidays know weekends alone. */
  calendarKnownUntil(): string {
    return knownUntil(this.clock.now().getUTCFullYear(), this.holder.calendar);
  }
}
