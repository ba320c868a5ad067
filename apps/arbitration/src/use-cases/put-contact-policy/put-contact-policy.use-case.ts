import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { checkContactPolicy } from '../../domain/check-contact-policy';
import { withDefaults, type ContactPolicy } from '../../domain/contact-policy';
import { HeldState } from '../../engine/held-state';
import { ContactPolicyRepository } from '../../repositories/contact-policy.repository';
import { RevisionRepository } from '../../repositories/revision.repository';
import type { PutContactPolicyInput } from './put-contact-policy.request';

/** Replaces the bank's contact policy 触达频控. Other replicas decide by it within seconds, this one at once. */
@Injectable()
export class PutContactPolicyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly policies: ContactPolicyRepository,
    private readonly revisions: RevisionRepository,
    private readonly held: HeldState,
  ) {}

  /** @throws VALIDATION_FAILED, VERSION_CONFLICT, REQUEST_ID_REUSED */
  async execute({ requestId, policy: input }: PutContactPolicyInput): Promise<ContactPolicy> {
    checkContactPolicy(input);
    const saved = await this.mongo.once({ scope: 'put-contact-policy', requestId, input }, async (tx) => {
      const current = await this.policies.get(tx);
      if (input.version !== current.version) {
        throw new DomainError({
          code: 'ABORTED',
          reason: 'VERSION_CONFLICT',
          message: 'The contact policy was changed by someone else. Read it again.',
          metadata: { version: String(current.version) },
        });
      }
      const policy = withDefaults({ ...input, version: current.version + 1 });
      await this.policies.save(policy, tx);
      await this.revisions.bump('policy', tx);
      return policy;
    });
    await this.held.refresh();
    return saved;
  }
}
