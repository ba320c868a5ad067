import { Injectable } from '@nestjs/common';
import type { ContactPolicy } from '../../domain/contact-policy';
import { ContactPolicyRepository } from '../../repositories/contact-policy.repository';

/** The contact policy in force; version 0 is the platform's own. */
@Injectable()
export class GetContactPolicyUseCase {
  constructor(private readonly policies: ContactPolicyRepository) {}

  execute(): Promise<ContactPolicy> {
    return this.policies.get();
  }
}
