import { CodePoolsServiceService, StartCodeImportRequest } from '@tidegate/contracts/benefits/v1/code_pools';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';

const CODES = 1_500;
const CHUNK_BYTES = 8_192;

/** A partner's file of codes, sent in chunks: each code is in the pool once, and the one that comes twice is named. */
export async function codeFlow(platform: TestPlatform): Promise<CrashFlow> {
  const pools = careful(await platform.client('benefits', CodePoolsServiceService, 20_000));
  return {
    name: 'an import of codes of a third party',
    services: ['benefits'],
    stride: 3,
    prepare: async (id) => {
      const counts = { alarmBelowCount: 0, importedCount: 0, assignedCount: 0, availableCount: 0, withdrawnCount: 0 };
      const pool = { poolId: id, name: id, providerId: id, orgPath: 'hq', ...counts, createdAt: undefined };
      await pools.putCodePool({ requestId: id, pool });
      const codes = Array.from({ length: CODES }, (_, index) => `${id}-${index}`);
      const file = Buffer.from(['code', ...codes, codes[0]].join('\n'));
      return async () => {
        const start = { requestId: id, poolId: id, fileName: 'codes.csv' };
        const { importId } = (await pools.startCodeImport(StartCodeImportRequest.fromPartial(start))).import!;
        for (let from = 0; from < file.length; from += CHUNK_BYTES) {
          const content = file.subarray(from, from + CHUNK_BYTES);
          const isLast = from + CHUNK_BYTES >= file.length;
          await pools.appendCodeImportChunk({ importId, sequence: from / CHUNK_BYTES, content, isLast });
        }
        await comesTo(async () =>
          expect((await pools.getCodeImport({ importId })).import).toMatchObject({
            state: 'completed',
            importedCount: CODES,
            duplicateCount: 1,
          }),
        );
        const { pool: filled } = await pools.getCodePool({ poolId: id });
        expect(filled).toMatchObject({ importedCount: CODES, availableCount: CODES, assignedCount: 0 });
      };
    },
  };
}
