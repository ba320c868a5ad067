import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock, newId } from '@tidegate/service';
import { customerChanged } from '../../../customers.message';
import { changed, personKeyOf } from '../../../domain/customer';
import { CustomerRepository } from '../../../repositories/customer.repository';
import { FeedRepository } from '../../../repositories/feed.repository';
import { checkJoinable, orderByAge, withPersonKey, type ProfileJoin } from '../../domain/profile-join';
import { ProfileJoinRepository } from '../../repositories/profile-join.repository';
import type { JoinProfilesInput } from './join-profiles.request';

const PROFILES_MAX = 100;

/** Joins the persons of two profiles: all profiles of the younger one's person take the older one's key. */
@Injectable()
export class JoinProfilesUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly joins: ProfileJoinRepository,
    private readonly feed: FeedRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, VALIDATION_FAILED, PROFILES_JOINED, PROFILES_TOO_MANY, REQUEST_ID_REUSED
   */
  execute({ requestId, ...input }: JoinProfilesInput, actor: Actor): Promise<ProfileJoin> {
    return this.mongo.once({ scope: 'join-profiles', requestId, input }, async (tx) => {
      const named = await this.customers.get(input.customerId, tx);
      const other = await this.customers.get(input.otherCustomerId, tx);
      for (const { orgPath } of [named, other]) requireOrgScope(actor, orgPath);
      checkJoinable(named, other);
      const [older, younger] = orderByAge(named, other);
      const [personKey, formerKey] = [personKeyOf(older), personKeyOf(younger)];
      const profiles = await this.customers.listOfPerson(formerKey, PROFILES_MAX + 1, tx);
      if (profiles.length > PROFILES_MAX) {
        throw refused('PROFILES_TOO_MANY', `A person with more than ${PROFILES_MAX} profiles is not joined.`);
      }
      for (const { orgPath } of profiles) requireOrgScope(actor, orgPath);
      const moved = withPersonKey(profiles, personKey);
      // The older one is written too, so that of two joins at once that share a profile one runs again.
      const written = [...moved, changed(older, {})];
      const join: ProfileJoin = {
        joinId: newId(),
        customerIds: [older.customerId, younger.customerId],
        personKey,
        formerKey,
        movedCustomerIds: moved.map(({ customerId }) => customerId),
        reason: input.reason,
        joinedBy: actor.id,
        joinedAt: this.clock.now(),
        undoneBy: '',
        undoneAt: null,
        undoReason: '',
      };
      await this.joins.add(join, tx);
      await this.customers.saveMany(written, tx);
      await this.feed.write(tx);
      for (const customer of written) tx.emit(customerChanged(customer));
      return join;
    });
  }
}
