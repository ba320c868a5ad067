import type { Import } from '@tidegate/contracts/customers/v1/customers';
import type { ImportTerms } from '../api/admin-customers.api';
import { REMOTE_BANK } from '../cast';
import { clientsCsv, HEAD_OFFICE } from '../data/berka-customers';
import type { Json } from '../http/json';
import { waitUntil } from '../measure/wait-until';
import type { World } from '../world';

const number = (column: string) => ({ column, target: `attributes.${column}`, type: 'number' });
const text = (column: string) => ({ column, target: `attributes.${column}` });

/** What is known of a customer before a call. The call itself (day, month, duration) and its result (y) are left out. */
const BANK_TERMS: ImportTerms = {
  fileName: 'bank-full.csv',
  delimiter: ',',
  mapping: [
    { column: '$line', target: 'external_id', prefix: 'bm-' },
    { column: '$line', target: 'attributes.sequence', type: 'number' },
    ...['age', 'balance', 'campaign', 'pdays', 'previous'].map(number),
    ...['job', 'marital', 'education', 'default', 'housing', 'loan', 'contact', 'poutcome'].map(text),
  ],
  consents: [
    { purpose: 'marketing', channel: 'remote_bank' },
    { purpose: 'marketing', channel: 'app' },
  ],
  defaultOrgPath: REMOTE_BANK,
  tags: ['bank-marketing'],
};

const BERKA_TERMS: ImportTerms = {
  fileName: 'berka-clients.csv',
  delimiter: ',',
  mapping: [
    { column: 'client_id', target: 'external_id', prefix: 'berka-', isRequired: true },
    { column: 'birth_date', target: 'birth_date', type: 'date' },
    { column: 'sub_branch', target: 'org_path' },
    ...['sex', 'district', 'account_id', 'account_role', 'statements'].map(text),
  ],
  consents: [
    { purpose: 'marketing', channel: 'branch' },
    { purpose: 'marketing', channel: 'app' },
  ],
  defaultOrgPath: HEAD_OFFICE,
  tags: ['berka'],
};

/** Imports both banks' customers; a cut import goes on where it was. */
export async function importCustomers(world: World): Promise<void> {
  const { bank, berka, customers } = world;
  const czech = Buffer.from(clientsCsv(berka));
  // Asked once before, the whole-base questions of later steps follow the import instead of waiting behind it.
  await customers.preview({ all: [] });
  await importFile(world, 'bank-marketing', BANK_TERMS, bank.content, bank.lineCount);
  await importFile(world, 'berka', BERKA_TERMS, czech, berka.clients.length);
}

async function importFile(
  world: World,
  name: string,
  terms: ImportTerms,
  content: Buffer,
  lineCount: number,
): Promise<void> {
  const { customers, journal } = world;
  const progress = world.progress(`${terms.fileName} imported`, lineCount);
  const started = await customers.startImport(terms, `import:${name}`);
  const importId = started.import?.importId ?? '';
  await customers.sendContent(importId, content, `import-content:${name}`);
  const done = await waitUntil(`import of ${terms.fileName}`, async () => {
    const { import: job } = await customers.getImport(importId);
    progress.to(job?.lineCount ?? 0);
    const isOver = job !== undefined && job.state !== 'receiving' && job.state !== 'running';
    return isOver ? { isThere: true, value: job } : { isThere: false, state: job?.state ?? 'unknown' };
  });
  await requireWhole(world, done, lineCount);
  journal.put(`load:${name}`, { what: `Customers of ${terms.fileName}`, ...progress.end() });
}

async function requireWhole({ customers }: World, job: Json<Import>, lineCount: number): Promise<void> {
  const written = job.createdCount + job.updatedCount + job.unchangedCount;
  if (job.state === 'completed' && written === lineCount) return;
  const [first] = (await customers.listImportErrors(job.importId)).errors;
  const why = first === undefined ? job.failureReason : `line ${first.line}: ${first.reason} ${first.message}`;
  throw new Error(
    `The import of ${job.fileName} is ${job.state}: ${written} of ${lineCount} lines written, ${job.refusedCount} refused. ${why}`,
  );
}
