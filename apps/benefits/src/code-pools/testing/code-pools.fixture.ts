import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { type CodePoolsServiceService, type CodeImport } from '@tidegate/contracts/benefits/v1/code_pools';
import type { Client } from '@tidegate/grpc';
import { eventually, type TestService } from '@tidegate/testing';
import { aStock } from '../../testing/stock.factory';

type CodePoolsClient = Client<typeof CodePoolsServiceService>;

let requestCount = 0;
const requestId = (): string => `code-pools-${(requestCount += 1)}`;

/** Creates a pool of head office. */
export const putPool = async (
  client: CodePoolsClient,
  poolId: string,
  terms: { alarmBelowCount?: number; providerId?: string; orgPath?: string } = {},
): Promise<void> => {
  await client.putCodePool({
    requestId: requestId(),
    pool: {
      poolId,
      name: `Pool ${poolId}`,
      providerId: poolId,
      orgPath: 'hq',
      alarmBelowCount: 0,
      importedCount: 0,
      assignedCount: 0,
      availableCount: 0,
      withdrawnCount: 0,
      createdAt: undefined,
      ...terms,
    },
  });
};

/** Imports a file in chunks of some bytes and waits until it is over. */
export async function importCodes(
  client: CodePoolsClient,
  poolId: string,
  file: string,
  { chunkBytes = 4_096, secretColumn = '', timeoutMs = 60_000 } = {},
): Promise<CodeImport> {
  const start = { requestId: requestId(), poolId, fileName: 'codes.csv', delimiter: '', codeColumn: '', secretColumn };
  const { import: job } = await client.startCodeImport(start);
  const bytes = Buffer.from(file);
  const count = Math.max(1, Math.ceil(bytes.length / chunkBytes));
  for (let sequence = 0; sequence < count; sequence += 1) {
    const content = bytes.subarray(sequence * chunkBytes, (sequence + 1) * chunkBytes);
    await client.appendCodeImportChunk({ importId: job!.importId, sequence, content, isLast: sequence === count - 1 });
  }
  let last: CodeImport | undefined;
  await eventually(
    async () => {
      last = (await client.getCodeImport({ importId: job!.importId })).import;
      expect(last?.state).not.toMatch(/receiving|running/);
    },
    { timeoutMs },
  );
  return last!;
}

/** Issues benefits to a customer, for tests that give codes to them. */
export async function issueInstances(service: TestService, customerId: string, count: number): Promise<string[]> {
  const client = service.client(BenefitsServiceService);
  const stockId = requestId();
  const stock = { ...aStock({ stockId, perCustomerLimit: 0 }), claimedCount: 0 };
  await client.createStock({ requestId: stockId, stock });
  const claims = Array.from({ length: count }, (_, index) =>
    client.claimBenefit({ requestId: `${stockId}-${index}`, stockId, customerId, decisionId: '' }),
  );
  return (await Promise.all(claims)).map(({ instance }) => instance!.instanceId);
}
