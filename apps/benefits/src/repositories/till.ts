import { Injectable } from '@nestjs/common';
import { BenefitRedeemed, BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { refused } from '@tidegate/errors';
import { event, type Transaction } from '@tidegate/mongo';
import { Clock, newId, ServiceEnv } from '@tidegate/service';
import { hold, type Hold, type PointOfSale } from '../domain/hold';
import type { Instance } from '../domain/instance';
import { checkCode, readCode } from '../domain/redemption-code';
import { redeem, type Redemption } from '../domain/redemption';
import { stateChanged } from '../domain/state-changed';
import { HoldRepository } from './hold.repository';
import { InstanceRepository } from './instance.repository';
import { LedgerRepository } from './ledger.repository';
import { RedemptionRepository } from './redemption.repository';
import { StockCatalogue } from './stock-catalogue';

/** The two steps of a redemption as writes of one transaction; the one-step and the two-step flow both consist of them. */
@Injectable()
export class Till {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly holds: HoldRepository,
    private readonly redemptions: RedemptionRepository,
    private readonly ledger: LedgerRepository,
    private readonly catalogue: StockCatalogue,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws CODE_INVALID, CODE_STALE, CODE_USED and those of the hold rule */
  async hold(code: string, sale: PointOfSale, tx: Transaction): Promise<{ instance: Instance; hold: Hold }> {
    const now = this.clock.now();
    const content = readCode(code);
    const before = await this.instances.find(content.instanceId, tx);
    if (!before) throw refused('CODE_INVALID', 'This is not one of our codes.');
    checkCode(content, before.customerId, Buffer.from(this.env.keys.codeSigning, 'base64'), now);
    await this.holds.useCode(content, now, tx);
    const stock = await this.catalogue.get(before.stockId);
    const held = hold({ instance: before, stock }, { holdId: newId(), sale, now });
    await this.instances.saveMany([held.instance], tx);
    await this.holds.add(held.hold, tx);
    tx.emit(event(BenefitStateChanged, before.instanceId, stateChanged(before, held.instance, 'hold', now)));
    return held;
  }

  async redeem(current: Hold, instance: Instance, tx: Transaction): Promise<Redemption> {
    const now = this.clock.now();
    const stock = await this.catalogue.get(current.stockId);
    const redeemed = redeem({ instance, stock, hold: current }, { redemptionId: newId(), now });
    await this.instances.saveMany([redeemed.instance], tx);
    await this.holds.saveState({ ...current, state: 'committed' }, tx);
    await this.redemptions.add(redeemed.redemption, tx);
    await this.ledger.addMany([redeemed.ledgerTransaction], tx);
    tx.emit(event(BenefitStateChanged, instance.instanceId, stateChanged(instance, redeemed.instance, 'commit', now)));
    tx.emit(event(BenefitRedeemed, instance.instanceId, { redemption: redeemed.redemption }));
    return redeemed.redemption;
  }
}
