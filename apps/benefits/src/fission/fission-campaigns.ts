import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { DefinitionDesk } from '../definitions/definition-desk';
import { TOLD_LATE_MS } from '../definitions/domain/definition';
import { CONDITION_SECONDS_MAX, type FissionCampaign, type FissionTerms } from './domain/fission-campaign';

/** The fission campaigns. */
@Injectable()
export class FissionCampaigns extends DefinitionDesk<FissionTerms> {
  constructor(mongo: Mongo, clock: Clock) {
    super(mongo, clock, 'fission_campaigns', CONDITION_SECONDS_MAX * 1000 + TOLD_LATE_MS);
  }

  /**
   * Staff see who takes part in their own organisation's campaigns and those below; a customer is asked for himself elsewhere.
   * @throws DEFINITION_NOT_FOUND, ORG_OUT_OF_SCOPE
   */
  async requireVisible(actor: Actor, campaignId: string): Promise<void> {
    if (actor.kind === 'staff') await this.get(actor, campaignId);
  }

  /** @throws CAMPAIGN_NOT_OPEN */
  async getOpen(campaignId: string): Promise<FissionCampaign> {
    const campaign = await this.findOpen(campaignId);
    if (!campaign) throw notFound('CAMPAIGN_NOT_OPEN', 'There is no such campaign now.');
    return campaign;
  }
}
