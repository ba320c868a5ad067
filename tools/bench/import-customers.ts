import { setTimeout as delay } from 'node:timers/promises';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import type { BenchStack } from './stack';

/** Imports so many customers `<prefix>-<n>` with a balance and waits until they are stored. */
export async function importCustomers(stack: BenchStack, prefix: string, count: number): Promise<void> {
  const customers = await stack.client('customers', CustomersServiceService);
  const lines = ['id,balance', ...Array.from({ length: count }, (_, index) => `${prefix}-${index},${index}`)];
  const { import: started } = await customers.startImport({
    requestId: `${prefix}-import`,
    fileName: `${prefix}.csv`,
    mapping: [
      { column: 'id', target: 'external_id', type: 'string', prefix: '', isRequired: true },
      { column: 'balance', target: 'attributes.balance', type: 'number', prefix: '', isRequired: false },
    ],
    delimiter: ',',
    consents: [],
    defaultOrgPath: 'hq',
    tags: [],
  });
  const importId = started?.importId ?? '';
  await customers.appendImportChunk({ importId, sequence: 0, content: Buffer.from(lines.join('\n')), isLast: true });
  for (let tries = 0; tries < 600; tries += 1) {
    const { import: now } = await customers.getImport({ importId });
    if (now?.state === 'completed') return;
    if (now?.state === 'failed') throw new Error(`the import of ${prefix} failed: ${now.failureReason}`);
    await delay(100);
  }
  throw new Error(`the import of ${prefix} did not end`);
}
