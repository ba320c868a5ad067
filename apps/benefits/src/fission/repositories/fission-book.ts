import { Injectable } from '@nestjs/common';
import { InviteQualified } from '@tidegate/contracts/benefits/v1/fission_events';
import { event, type Transaction } from '@tidegate/mongo';
import { ServiceEnv } from '@tidegate/service';
import { OwedRewardRepository } from '../../granting/repositories/owed-reward.repository';
import { PersonRepository } from '../../repositories/person.repository';
import type { FissionCampaign } from '../domain/fission-campaign';
import { deviceKey, useDevice, type FissionMember } from '../domain/fission-member';
import { rewardsOf } from '../domain/fission-reward';
import { FissionRepository } from './fission.repository';

/** What several flows of fission write in one transaction. */
@Injectable()
export class FissionBook {
  constructor(
    private readonly members: FissionRepository,
    private readonly rewards: OwedRewardRepository,
    private readonly persons: PersonRepository,
    private readonly env: ServiceEnv,
  ) {}

  get key(): Buffer {
    return Buffer.from(this.env.keys.codeSigning, 'base64');
  }

  /** @throws DEVICE_LIMIT_REACHED */
  async useDevice(
    { definition, terms }: FissionCampaign,
    { customerId, deviceId }: { customerId: string; deviceId: string },
    tx: Transaction,
  ): Promise<void> {
    const device = deviceKey(definition.definitionId, deviceId, this.key);
    const seated = await this.members.findDevice(device, tx);
    const persons = await this.persons.find([customerId, ...seated], tx);
    const next = useDevice(seated, customerId, terms.personMaxPerDevice, persons);
    if (next !== seated) await this.members.saveDevice(device, next, tx);
  }

  /** Stores what both sides have earned as owed, and tells of it. */
  async qualify(
    campaign: FissionCampaign,
    invitee: FissionMember,
    isInviterRewarded: boolean,
    now: Date,
    tx: Transaction,
  ): Promise<void> {
    await this.rewards.addMany(rewardsOf(campaign, invitee, isInviterRewarded, now), tx);
    const { campaignId, customerId, inviterId } = invitee;
    const told = { campaignId, customerId, inviterId, isInviterRewarded, qualifiedAt: now };
    tx.emit(event(InviteQualified, customerId, told));
  }
}
