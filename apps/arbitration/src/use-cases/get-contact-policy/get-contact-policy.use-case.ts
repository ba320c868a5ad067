import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import type { ContactPolicy } from '../../domain/contact-policy';
import { calendarKnownUntil } from '../../domain/working-calendar';
import { ContactPolicyRepository } from '../../repositories/contact-policy.repository';

/** The contact policy in force; version 0 is the platform's own. */
@Injectable()
export class GetContactPolicyUseCase {
  constructor(
    private readonly policies: ContactPolicyRepository,
    private readonly clock: Clock,
  ) {}

  execute(): Promise<ContactPolicy> {
    return this.policies.get();
  }

  /** The last day whose holidays are known; after it quiet hours of holidays know weekends alone. */
  calendarKnownUntil(): string {
    return calendarKnownUntil(this.clock.now().getUTCFullYear());
  }
}
