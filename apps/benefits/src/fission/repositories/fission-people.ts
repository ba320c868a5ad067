import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { Persons } from '../../domain/person';
import { CountRepository } from '../../repositories/count.repository';
import { PersonRepository } from '../../repositories/person.repository';
import { TREE_DEPTH_MAX, type FissionMember } from '../domain/fission-member';
import type { InvitePersons } from '../domain/invite-persons';
import { FissionRepository } from './fission.repository';

type Taking = Pick<FissionMember, 'campaignId' | 'customerId'>;

/** What natural persons do in a campaign under several customer ids. */
@Injectable()
export class FissionPeople {
  constructor(
    private readonly persons: PersonRepository,
    private readonly members: FissionRepository,
    private readonly counts: CountRepository,
  ) {}

  /** The persons on both sides of an invitation; two ids of one of them that take part at once are a write conflict. */
  async open(inviter: FissionMember, inviteeId: string, tx: Transaction): Promise<InvitePersons> {
    const { campaignId, customerId: inviterId } = inviter;
    const persons = await this.persons.find([inviterId, inviteeId], tx);
    await this.meet(campaignId, [persons.profilesOf(inviterId), persons.profilesOf(inviteeId)], tx);
    return {
      isOne: persons.isOne(inviterId, inviteeId),
      inviteePersonIds: persons.namesOf(inviteeId),
      ofInviter: await this.others(inviter, persons, tx),
      ofInvitee: await this.others({ campaignId, customerId: inviteeId }, persons, tx),
    };
  }

  /**
   * Ids of the members above a person, given by all he takes part as, up to the root or the limit, under all ids of each person on the
   * way. The root is written: so trees that hang one another at once are a write conflict.
   */
  async lockAbove(person: readonly FissionMember[], tx: Transaction): Promise<string[]> {
    const above = new Set<string>();
    let level = person;
    while (level.length > 0 && above.size < TREE_DEPTH_MAX) {
      const inviterIds = level.map(({ inviterId }) => inviterId).filter((id) => id !== '' && !above.has(id));
      level = [];
      for (const customerId of new Set(inviterIds)) {
        const inviter = await this.members.get(person[0]!.campaignId, customerId, tx);
        const persons = await this.persons.find([customerId], tx);
        const ofPerson = [inviter, ...(await this.others(inviter, persons, tx))];
        for (const member of ofPerson) above.add(member.customerId);
        if (ofPerson.every(({ inviterId }) => inviterId === '')) await this.lock(inviter, persons, tx);
        level = [...level, ...ofPerson];
      }
    }
    return [...above];
  }

  private async lock(root: FissionMember, persons: Persons, tx: Transaction): Promise<void> {
    await this.meet(root.campaignId, [persons.profilesOf(root.customerId)], tx);
    await this.members.save({ ...root, mergeCount: root.mergeCount + 1 }, false, tx);
  }

  /** Members that are of one person with a member, without himself; two of them that are asked about at once are a write conflict. */
  async othersOf(member: FissionMember, tx: Transaction): Promise<FissionMember[]> {
    const persons = await this.persons.find([member.customerId], tx);
    await this.meet(member.campaignId, [persons.profilesOf(member.customerId)], tx);
    return this.others(member, persons, tx);
  }

  private async meet(campaignId: string, sides: (readonly string[])[], tx: Transaction): Promise<void> {
    const meeting = new Set(sides.filter(({ length }) => length > 1).flat());
    await this.counts.touch(
      [...meeting].map((customerId) => `fission|${campaignId}|${customerId}`),
      tx,
    );
  }

  private async others(
    { campaignId, customerId }: Taking,
    persons: Persons,
    tx: Transaction,
  ): Promise<FissionMember[]> {
    const others = persons.namesOf(customerId).filter((name) => name !== customerId);
    if (others.length === 0) return [];
    return this.members.findMany(
      others.map((name) => ({ campaignId, customerId: name })),
      tx,
    );
  }
}
