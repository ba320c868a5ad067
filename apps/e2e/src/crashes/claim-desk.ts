import { BenefitsServiceService, Stock, type Instance } from '@tidegate/contracts/benefits/v1/benefits';
import type { Client } from '@tidegate/grpc';
import type { TestPlatform } from '../testing/test-platform';
import { careful } from './crash-flow';

export const FACE_MINOR = 500;

/** Short words for what the flows do with benefits, each call repeated until it is answered. */
export class ClaimDesk {
  private constructor(readonly benefits: Client<typeof BenefitsServiceService>) {}

  static async at(platform: TestPlatform): Promise<ClaimDesk> {
    return new ClaimDesk(careful(await platform.client('benefits', BenefitsServiceService, 20_000)));
  }

  async openStock(stockId: string, terms: Parameters<typeof Stock.fromPartial>[0] = {}): Promise<void> {
    const stock = Stock.fromPartial({
      stockId,
      name: stockId,
      kind: 'red_packet',
      faceValueMinor: FACE_MINOR,
      currency: 'CNY',
      totalLimit: 1,
      claimStartsAt: new Date(Date.now() - 60_000),
      claimEndsAt: new Date(Date.now() + 3_600_000),
      validForSeconds: 86_400,
      isTransferable: true,
      costShares: [{ funder: 'bank', partyId: 'hq', basisPoints: 10_000 }],
      orgPath: 'hq',
      timeZone: 'Asia/Shanghai',
      ...terms,
    });
    await this.benefits.createStock({ requestId: stockId, stock });
  }

  /** Of a stock of its own, named as the request. */
  async claim(id: string, customerId: string): Promise<Instance> {
    await this.openStock(id);
    const { instance } = await this.benefits.claimBenefit({ requestId: id, stockId: id, customerId, decisionId: '' });
    return instance!;
  }

  async codeOf({ instanceId, customerId }: Instance): Promise<string> {
    return (await this.benefits.issueRedemptionCode({ instanceId, customerId, withNumber: false })).code;
  }

  async expectWallet(customerId: string, wallet: string[]): Promise<void> {
    const { instances } = await this.benefits.listWallet({
      customerId,
      pageSize: 10,
      pageToken: '',
      state: '',
      group: '',
    });
    expect(instances.map(({ state, remainingMinor }) => `${state} ${remainingMinor}`).sort()).toEqual(wallet);
  }

  async expectBalanced(): Promise<void> {
    expect((await this.benefits.getTrialBalance({ at: undefined })).trialBalanceMinor).toBe(0);
  }
}
