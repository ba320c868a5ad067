import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Instance } from '../domain/instance';
import { StockCatalogue } from '../repositories/stock-catalogue';
import { ClaimCommitter } from './claim-committer';

export interface GrantCommand {
  /** The same one never grants twice to the same customer. */
  requestId: string;
  stockId: string;
  customerId: string;
  /** What earned it, such as `mission` or `fission`. */
  cause: string;
  /** How many, all or none; one when left out. */
  count?: number;
}

/** Gives a customer a benefit that he earned 发放: under the same limits, and with the same safety, as a claim of his own. */
@Injectable()
export class BenefitGranter {
  constructor(
    private readonly committer: ClaimCommitter,
    private readonly catalogue: StockCatalogue,
  ) {}

  /** The first of what was granted; `unitIdsOf` names all. @throws STOCK_NOT_FOUND, CLAIM_NOT_STARTED, CLAIM_ENDED, STOCK_CLOSED, STOCK_SOLD_OUT, DAILY_LIMIT_REACHED, CUSTOMER_LIMIT_REACHED, and why a grant was withdrawn */
  async grant({ requestId, stockId, customerId, cause, count = 1 }: GrantCommand): Promise<Instance> {
    const stock = await this.catalogue.get(stockId);
    const grant = { cause, requestId };
    const command = { requestId: grantIdOf(grant), stockId, customerId, decisionId: '', count, grant };
    const instanceId = grantedIdOf({ ...grant, customerId });
    return (await this.committer.submit({ ...command, instanceId }, stock)).instance;
  }
}

const grantIdOf = ({ cause, requestId }: Pick<GrantCommand, 'cause' | 'requestId'>): string => `${cause}|${requestId}`;

/** The id that the first of what is granted has, whenever it is granted. */
export const grantedIdOf = (grant: Pick<GrantCommand, 'cause' | 'requestId' | 'customerId'>): string =>
  instanceIdOf(grant.customerId, grantIdOf(grant));

/** The same customer and request id always make the same instance, so a repeat finds the first answer by key. */
export const instanceIdOf = (customerId: string, requestId: string): string =>
  createHash('sha256').update(`claim|${customerId}|${requestId}`).digest('base64url').slice(0, 32);
