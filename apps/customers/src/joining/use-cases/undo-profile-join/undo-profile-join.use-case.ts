import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { personsChanged } from '../../../customers.message';
import { CustomerRepository } from '../../../repositories/customer.repository';
import { ProfileWriter } from '../../../profile-writer';
import { checkUndoable, withPersonKey, type ProfileJoin } from '../../domain/profile-join';
import { ProfileJoinRepository } from '../../repositories/profile-join.repository';
import type { UndoProfileJoinInput } from './undo-profile-join.request';

/**
 * Undoes a join that was a mistake: the profiles that it moved have their own person's key again. What each profile refuses, complains
 * of or took holds for its own person alone from then on.
 */
@Injectable()
export class UndoProfileJoinUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly joins: ProfileJoinRepository,
    private readonly writer: ProfileWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, PROFILE_JOIN_NOT_FOUND, PROFILE_JOIN_UNDONE, PROFILE_JOIN_SUPERSEDED, REQUEST_ID_REUSED
   */
  execute({ requestId, ...input }: UndoProfileJoinInput, actor: Actor): Promise<ProfileJoin> {
    return this.mongo.once({ scope: 'undo-profile-join', requestId, input }, async (tx) => {
      requireOrgScope(actor, (await this.customers.get(input.customerId, tx)).orgPath);
      const join = await this.joins.get(input.joinId, input.customerId, tx);
      const moved = [...(await this.customers.findMany(join.movedCustomerIds, tx)).values()];
      for (const { orgPath } of moved) requireOrgScope(actor, orgPath);
      checkUndoable(join, moved);
      const restored = withPersonKey(moved, join.formerKey);
      const undone = { ...join, undoneBy: actor.id, undoneAt: this.clock.now(), undoReason: input.reason };
      await this.joins.save(undone, tx);
      const isMoved = new Set(join.movedCustomerIds);
      const left = (await this.writer.profilesOf(join.personKey, tx)).filter(
        ({ customerId }) => !isMoved.has(customerId),
      );
      const own = await this.writer.profilesOf(join.formerKey, tx);
      const written = await this.writer.savePersons(restored, [left, [...restored, ...own]], tx);
      tx.emit(personsChanged(join.formerKey, written));
      return undone;
    });
  }
}
