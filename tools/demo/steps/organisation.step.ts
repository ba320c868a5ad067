import { branchSeats, merchants, OUTFLOW, REMOTE_BANK, remoteSeats, TERM_DEPOSIT, type DemoMerchant } from '../cast';
import { branchPathOf, HEAD_OFFICE, subBranchPathOf } from '../data/berka-customers';
import { forEachBounded } from '../measure/bounded';
import { merchantKeys } from '../merchant-keys';
import type { World } from '../world';

const CALLS_AT_ONCE = 8;
/** A story that was cut must find its offers as it left them. */
const OFFER_TIMEOUT_SECONDS = 600;
const ATTEMPTS = 20;

/** The bank: organisation, queues and seats, merchants with stores, clerks and keys. */
export async function setUpOrganisation(world: World): Promise<void> {
  await putOrganisation(world);
  await putQueuesAndSeats(world);
  for (const merchant of merchants) await putMerchant(world, merchant);
  const stores = merchants.flatMap(({ stores: own }) => own).length;
  world.say(
    `  ${remoteSeats.length} seats of the remote bank, ${branchSeats.length} of branches; ${merchants.length} merchants with ${stores} stores`,
  );
}

async function putOrganisation(world: World): Promise<void> {
  const { network, berka } = world;
  const regions = [...new Set(berka.districts.map(({ region }) => region))];
  const put = (orgPath: string, name: string, kind: string) =>
    network.putOrgUnit({ orgPath, name, kind }, `org:${orgPath}`);
  await put(HEAD_OFFICE, 'Head office', 'head_office');
  await put(REMOTE_BANK, 'Remote bank', 'branch');
  await forEachBounded(regions, CALLS_AT_ONCE, async (region) => {
    await put(branchPathOf({ region }), `Branch ${region}`, 'branch');
  });
  await forEachBounded(berka.districts, CALLS_AT_ONCE, async (district) => {
    await put(subBranchPathOf(district), `Sub-branch ${district.name}`, 'sub_branch');
  });
  world.say(
    `  ${regions.length} branches and ${berka.districts.length} sub-branches of the Czech regions, and the remote bank`,
  );
}

async function putQueuesAndSeats({ network }: World): Promise<void> {
  const terms = { offerTimeoutSeconds: OFFER_TIMEOUT_SECONDS, maxAttempts: ATTEMPTS };
  const remote = { name: 'Term deposits', channel: 'remote_bank', orgPath: REMOTE_BANK, skill: 'deposits', ...terms };
  const branch = { name: 'Care of large outflows', channel: 'branch', orgPath: HEAD_OFFICE, skill: 'advice', ...terms };
  await network.putQueue(TERM_DEPOSIT.queue, remote, `queue:${TERM_DEPOSIT.queue}`);
  await network.putQueue(OUTFLOW.queue, branch, `queue:${OUTFLOW.queue}`);
  await forEachBounded([...remoteSeats, ...branchSeats], CALLS_AT_ONCE, async (seat) => {
    const { seatId, agentId, orgPath, queue, skill, capacity } = seat;
    const settings = { agentId, orgPath, queues: [queue], skills: [skill], capacity, state: 'away' };
    await network.putSeat(seatId, settings, `seat:${seatId}`);
  });
}

async function putMerchant(world: World, merchant: DemoMerchant): Promise<void> {
  const { network } = world;
  const { merchantId, name, orgPath, settlementAccount, stores } = merchant;
  const terms = { name, orgPath, settlementAccount };
  await network.onboardMerchant(merchantId, terms, `merchant:${merchantId}`);
  for (const { storeId, clerkId, clerkName, ...place } of stores) {
    await network.putStore(merchantId, storeId, { ...place, isOpen: true }, `store:${storeId}`);
    await network.putClerk(merchantId, storeId, clerkId, { name: clerkName, isActive: true }, `clerk:${clerkId}`);
  }
  const { keyId, publicKeyPem } = merchantKeys(world.context.dataDir, merchantId);
  await network.putMerchantKey(merchantId, keyId, { publicKeyPem }, `key:${keyId}`);
}
