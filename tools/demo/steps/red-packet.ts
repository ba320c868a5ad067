import { merchants, RED_PACKET } from '../cast';
import { HEAD_OFFICE } from '../data/berka-customers';
import { BANK_TIME_ZONE, FLASH_SALE } from '../plan';
import type { World } from '../world';

const DAY_MS = 86_400_000;
const SALE_DAYS = 30;
const VALID_FOR_SECONDS = 90 * 24 * 3600;

/** The stock: one each, given away if one likes, paid by the bank, the redeeming merchant and the city's tourist board. */
export async function createRedPacket({ money }: World, startsAt: Date): Promise<void> {
  const { stockId, currency } = RED_PACKET;
  await money.createStock(
    {
      stockId,
      name: 'Autumn red packet',
      kind: 'red_packet',
      faceValueMinor: FLASH_SALE.faceValueMinor,
      currency,
      totalLimit: FLASH_SALE.stock,
      perCustomerLimit: 1,
      claimStartsAt: startsAt.toISOString(),
      claimEndsAt: new Date(startsAt.getTime() + SALE_DAYS * DAY_MS).toISOString(),
      validForSeconds: VALID_FOR_SECONDS,
      isTransferable: true,
      merchantIds: merchants.map(({ merchantId }) => merchantId),
      costShares: [
        { funder: 'bank', partyId: HEAD_OFFICE, basisPoints: 6_000 },
        { funder: 'merchant', basisPoints: 3_000 },
        { funder: 'third_party', partyId: 'tourist-board', basisPoints: 1_000 },
      ],
      orgPath: HEAD_OFFICE,
      timeZone: BANK_TIME_ZONE,
    },
    `stock:${stockId}`,
  );
}
