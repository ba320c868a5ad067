import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { PROFILES_MAX } from '@tidegate/persons';
import { Clock } from '@tidegate/service';
import { personsChanged } from '../../../customers.message';
import { changed, personKeyOf } from '../../../domain/customer';
import { CustomerRepository } from '../../../repositories/customer.repository';
import { ProfileWriter } from '../../../profile-writer';
import { checkJoinable, orderByAge, withPersonKey, type ProfileJoin } from '../../domain/profile-join';
import { ProfileJoinRepository } from '../../repositories/profile-join.repository';
import type { JoinProfilesInput } from './join-profiles.request';

/**
 * Joins the persons of two profiles: all profiles of the younger one's person take the older one's key, and a refusal or a complaint of
 * any of them holds for all from then on.
 */
@Injectable()
export class JoinProfilesUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly customers: CustomerRepository,
    private readonly joins: ProfileJoinRepository,
    private readonly writer: ProfileWriter,
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
      const staying = await this.customers.listOfPerson(personKey, PROFILES_MAX + 1, tx);
      if (profiles.length + staying.length > PROFILES_MAX) {
        throw refused('PROFILES_TOO_MANY', `A person has at most ${PROFILES_MAX} profiles.`);
      }
      for (const { orgPath } of profiles) requireOrgScope(actor, orgPath);
      const moved = withPersonKey(profiles, personKey);
      // Those that stay are written too: of a join, and a consent or another join at once that share a profile, one runs again.
      const joined = [...moved, ...staying.map((profile) => changed(profile, {}))];
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
      tx.emit(personsChanged(personKey, await this.writer.savePersons(joined, [joined], tx)));
      return join;
    });
  }
}
