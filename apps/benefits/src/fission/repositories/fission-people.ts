import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { Persons } from '../../domain/person';
import { CountRepository } from '../../repositories/count.repository';
import { PersonRepository } from '../../repositories/person.repository';
import type { FissionMember } from '../domain/fission-member';
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
    const sides = [inviterId, inviteeId].map((customerId) => persons.profilesOf(customerId));
    const meeting = sides.filter(({ length }) => length > 1).flat();
    await this.counts.touch(
      meeting.map((customerId) => `fission|${campaignId}|${customerId}`),
      tx,
    );
    return {
      isOne: persons.isOne(inviterId, inviteeId),
      ofInviter: await this.others(inviter, persons, tx),
      ofInvitee: await this.others({ campaignId, customerId: inviteeId }, persons, tx),
    };
  }

  /** Members that are of one person with a member, without himself. */
  async othersOf(member: FissionMember, tx: Transaction): Promise<FissionMember[]> {
    return this.others(member, await this.persons.find([member.customerId], tx), tx);
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
