import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { checkEntry, type ThreadEntry } from '../../domain/thread';
import { ThreadRepository } from '../../repositories/thread.repository';
import { ThreadAccess } from '../../desk/thread-access';
import type { AddThreadEntryInput } from './add-thread-entry.request';

/** Adds to what was said with a customer, so that whoever goes on need not ask again. */
@Injectable()
export class AddThreadEntryUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly access: ThreadAccess,
    private readonly threads: ThreadRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, LEAD_NOT_FOUND, ORG_OUT_OF_SCOPE, NOT_YOURS, REQUEST_ID_REUSED */
  async execute({ requestId, leadId, customerId, entry }: AddThreadEntryInput, actor: Actor): Promise<ThreadEntry> {
    checkEntry(entry);
    const of = await this.access.customerOf({ leadId, customerId }, actor);
    const input = { of, leadId, ...entry, by: actor.id };
    // Apps choose their ids.
    return this.mongo.once({ scope: `add-thread-entry|${of}`, requestId, input }, async (tx) => {
      const { channel, kind, text, question, answer, form, reference, fields } = entry;
      const said = { channel, kind, text, question, answer, form, reference, fields: { ...fields } };
      const whole: ThreadEntry = {
        ...said,
        entryId: newId(),
        customerId: of,
        leadId,
        authorId: actor.id,
        createdAt: this.clock.now(),
      };
      await this.threads.addMany([whole], tx);
      return whole;
    });
  }
}
