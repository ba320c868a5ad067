import { Inject, Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { PageSeal } from '@tidegate/encryption';
import { decodeTimeToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock, ServiceEnv } from '@tidegate/service';
import { calendarDateOf } from '../../../domain/local-time';
import { merchantNotFound } from '../../../domain/merchant';
import { addDays } from '../../../domain/opening-hours';
import { requireMerchantAccess } from '../../../merchant-access';
import type { MerchantPageInput } from '../../../merchant-page.request';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import type { Subsidy } from '../../domain/subsidy';
import { SubsidyRepository, type SubsidySum } from '../../repositories/subsidy.repository';
import type { SubsidySummaryInput } from '../../traffic.request';

const SPAN_DAYS_MAX = 366;
const SPAN_DAYS_USUAL = 30;

/** What a merchant earned 反馈补贴, line by line and summed. */
@Injectable()
export class ReadSubsidiesUseCase {
  /** The id of what a visit earned names the customer. */
  private readonly tokens: PageSeal;

  constructor(
    private readonly merchants: MerchantRepository,
    private readonly subsidies: SubsidyRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
    env: ServiceEnv,
  ) {
    this.tokens = new PageSeal(env.keys.codeSigning);
  }

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async list(input: MerchantPageInput, actor: Actor): Promise<{ subsidies: Subsidy[]; nextPageToken: string }> {
    await this.requireAccess(input.merchantId, actor);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const token = decodeTimeToken(this.tokens.open(input.pageToken));
    const after = token && { earnedAt: token.at, subsidyId: token.id };
    const subsidies = await this.subsidies.list(input.merchantId, limit, after);
    const last = subsidies.length === limit ? subsidies.at(-1) : undefined;
    const nextPageToken = last ? this.tokens.seal([last.earnedAt.toISOString(), last.subsidyId]) : '';
    return { subsidies: actor.kind === 'merchant' ? subsidies.map(withoutCustomer) : subsidies, nextPageToken };
  }

  /** @throws as list, VALIDATION_FAILED when the span is upside down or longer than 366 days */
  async summarize({ merchantId, ...span }: SubsidySummaryInput, actor: Actor): Promise<SubsidySum[]> {
    const toDate = span.toDate || calendarDateOf(this.clock.now(), this.config.timeZone);
    const fromDate = span.fromDate || addDays(toDate, -SPAN_DAYS_USUAL);
    if (toDate < fromDate || toDate >= addDays(fromDate, SPAN_DAYS_MAX)) {
      throw invalid([{ field: 'toDate', description: 'from fromDate on, 366 days at most' }]);
    }
    await this.requireAccess(merchantId, actor);
    return this.subsidies.sumByPlan(merchantId, fromDate, toDate);
  }

  private async requireAccess(merchantId: string, actor: Actor): Promise<void> {
    const merchant = await this.merchants.findMerchant(merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
  }
}

/** The name of a visit names the customer. */
const withoutCustomer = (subsidy: Subsidy): Subsidy =>
  subsidy.cause === 'visit' ? { ...subsidy, subsidyId: '', reference: '' } : subsidy;
