import { Inject, Injectable } from '@nestjs/common';
import type { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { BenefitsServiceService, Instance } from '@tidegate/contracts/benefits/v1/benefits';
import type { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { Customer, CustomersServiceService, TimelineEntry } from '@tidegate/contracts/customers/v1/customers';
import type { Client } from '@tidegate/grpc';
import { logger } from '@tidegate/observability';
import type { Lead } from '../../domain/lead';
import { renderScript, type ScriptText } from '../../domain/rendered-script';
import { knownAnswers, type KnownAnswer, type ThreadEntry } from '../../domain/thread';
import { explain } from '../../domain/why';
import { LeadsConfig } from '../../leads.config';
import { PersonLinkRepository } from '@tidegate/person-links';
import { ThreadRepository } from '../../repositories/thread.repository';
import { ARBITRATION_CLIENT, asService, BENEFITS_CLIENT, CAMPAIGNS_CLIENT, CUSTOMERS_CLIENT } from '../../leads.peers';

const TIMELINE_ENTRIES = 20;
const WALLET_INSTANCES = 50;
const THREAD_ENTRIES = 50;
/** Entries that known answers are gathered from. */
const KNOWN_FROM = 500;

const log = logger('lead-brief');

export type BriefPart = 'decision' | 'script' | 'customer' | 'timeline' | 'wallet' | 'thread';

/** What an agent sees beside the lead; what could not be loaded in time is named, never an error. */
export interface LeadBrief {
  why: string[];
  script: ScriptText | undefined;
  timeline: TimelineEntry[];
  wallet: Instance[];
  attributes: Customer['attributes'];
  missingParts: BriefPart[];
  thread: ThreadEntry[];
  knownAnswers: KnownAnswer[];
}

/** Gathers the workbench brief from the services that know its parts, all at once. */
@Injectable()
export class LeadBriefReader {
  constructor(
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: Client<typeof ArbitrationServiceService>,
    @Inject(CAMPAIGNS_CLIENT) private readonly campaigns: Client<typeof CampaignsServiceService>,
    @Inject(CUSTOMERS_CLIENT) private readonly customers: Client<typeof CustomersServiceService>,
    @Inject(BENEFITS_CLIENT) private readonly benefits: Client<typeof BenefitsServiceService>,
    private readonly threads: ThreadRepository,
    private readonly links: PersonLinkRepository,
    private readonly config: LeadsConfig,
  ) {}

  /**
   * @param isInOwnName the lead entitles to nothing any more: what is known of the customer is asked for in the caller's own name, and left out
   * where that is refused
   */
  async read(lead: Lead, { agentName, isInOwnName }: { agentName: string; isInOwnName: boolean }): Promise<LeadBrief> {
    const { customerId, decisionId, scriptId, scriptVersion } = lead;
    const within = { deadlineMs: this.config.briefDeadlineMs };
    const missingParts: BriefPart[] = [];
    const part = async <T>(name: BriefPart, load: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await load();
      } catch (err) {
        log.warn({ err, part: name, leadId: lead.leadId }, 'a part of the brief is missing');
        missingParts.push(name);
        return undefined;
      }
    };
    const asReader = <T>(work: () => Promise<T>): Promise<T> => (isInOwnName ? work() : asService(work));
    const seen = asReader(() => this.customers.getCustomer({ customerId, externalId: '' }, within));
    const [[decision, script], [answer, timeline, wallet]] = await Promise.all([
      asService(() =>
        Promise.all([
          // Who came by himself has no decision.
          part('decision', async () =>
            decisionId === '' ? undefined : (await this.arbitration.getDecision({ decisionId }, within)).decision,
          ),
          part('script', async () =>
            scriptId === ''
              ? undefined
              : (await this.campaigns.getScript({ scriptId, version: scriptVersion }, within)).script,
          ),
        ]),
      ),
      asReader(() =>
        Promise.all([
          part('customer', () => seen),
          part('timeline', async () => {
            const page = { customerId, pageSize: TIMELINE_ENTRIES, pageToken: '' };
            return (await this.customers.listTimeline(page, within)).entries;
          }),
          part('wallet', async () => {
            // Only customers knows whose customer it is.
            if (isInOwnName) await seen;
            const page = { customerId, pageSize: WALLET_INSTANCES, pageToken: '', state: '', group: '' };
            return (await this.benefits.listWallet(page, within)).instances;
          }),
        ]),
      ),
    ]);
    const customer = answer?.customer;
    if (isInOwnName && answer === undefined) missingParts.push('thread');
    const profiles = isInOwnName ? profilesSeen(customerId, answer) : await this.links.profilesOf(customerId);
    const said = profiles.length === 0 ? [] : await this.threads.list(profiles, KNOWN_FROM);
    return {
      why: decision ? explain(decision) : [],
      script: script && renderScript(script, customer && { customer, agent: { name: agentName } }),
      timeline: timeline ?? [],
      wallet: wallet ?? [],
      attributes: customer?.attributes,
      missingParts,
      thread: said.slice(0, THREAD_ENTRIES),
      knownAnswers: knownAnswers(said),
    };
  }
}

/** The profiles of a person of which a caller sees this one; none when he does not. */
const profilesSeen = (customerId: string, answer: { otherCustomerIds: string[] } | undefined): string[] =>
  answer === undefined ? [] : [customerId, ...answer.otherCustomerIds];
