import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { ApplyConsentRequest, ApplyHoldRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import {
  CustomersServiceService,
  type ColumnMapping,
  type Import,
  type StartImportRequest,
} from '@tidegate/contracts/customers/v1/customers';
import { DomainError } from '@tidegate/errors';
import type { Client } from '@tidegate/grpc';
import { eventually, fakePeer, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { CustomersModule } from '../customers.module';

export type CustomersClient = Client<typeof CustomersServiceService>;

/** The service on the real stack, with an arbitration that remembers what it was told. */
export interface CustomersHarness {
  service: TestService;
  client: CustomersClient;
  clock: FakeClock;
  told: { consents: ApplyConsentRequest[]; holds: ApplyHoldRequest[] };
  /** Makes arbitration answer UNAVAILABLE until it is called with false. */
  breakArbitration(isBroken: boolean): void;
  /** Lets arbitration answer only when so many calls are there at once. */
  gatherCalls(count: number): void;
  /** A second replica; with a data folder it keeps its columnar copy there. */
  replica(dataDir?: string): Promise<TestService>;
  /** Returns when so many facts are filed. */
  filed(factCount: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startCustomers(): Promise<CustomersHarness> {
  const clock = new FakeClock();
  const told: CustomersHarness['told'] = { consents: [], holds: [] };
  let isBroken = false;
  let gathered: { count: number; waiting: (() => void)[] } = { count: 0, waiting: [] };
  const allAreThere = (): Promise<void> =>
    new Promise((resolve) => {
      gathered.waiting.push(resolve);
      if (gathered.waiting.length >= gathered.count) gathered.waiting.forEach((answer) => answer());
    });
  const answer = async (tell: () => void): Promise<object> => {
    if (isBroken) throw new DomainError({ code: 'UNAVAILABLE', reason: 'PEER_UNAVAILABLE', message: 'down' });
    tell();
    await allAreThere();
    return {};
  };
  const arbitration = await fakePeer(ArbitrationServiceService, {
    applyConsent: (request) => answer(() => told.consents.push(request)),
    applyHold: (request) => answer(() => told.holds.push(request)),
  });
  const start = (shareWith?: TestService, dataDir?: string): Promise<TestService> =>
    startTestService(CustomersModule, {
      grpc: [CustomersServiceService],
      peers: { arbitration: arbitration.url },
      clock,
      shareWith,
      dataDir,
    });
  const service = await start();
  return {
    service,
    client: service.client(CustomersServiceService),
    clock,
    told,
    breakArbitration: (value) => (isBroken = value),
    gatherCalls: (count) => (gathered = { count, waiting: [] }),
    replica: (dataDir) => start(service, dataDir),
    filed: (factCount) =>
      eventually(
        async () => expect(await service.mongo.connection.collection('facts').countDocuments()).toBe(factCount),
        { timeoutMs: 180_000 },
      ),
    stop: async () => {
      await service.stop();
      await arbitration.stop();
    },
  };
}

export const column = (name: string, target: string, over: Partial<ColumnMapping> = {}): ColumnMapping => ({
  column: name,
  target,
  type: '',
  prefix: '',
  isRequired: false,
  ...over,
});

let importCount = 0;

export const importRequest = (
  mapping: ColumnMapping[],
  over: Partial<StartImportRequest> = {},
): StartImportRequest => ({
  requestId: `import-${(importCount += 1)}`,
  fileName: 'customers.csv',
  mapping,
  delimiter: ',',
  consents: [],
  defaultOrgPath: 'hq/east',
  tags: [],
  ...over,
});

/** Opens an import and sends the file, but for its last chunk. */
export async function sendFile(
  client: CustomersClient,
  request: StartImportRequest,
  file: string | Buffer,
  chunkBytes = 1024 * 1024,
): Promise<{ importId: string; finish: () => Promise<Import> }> {
  const { import: opened } = await client.startImport(request);
  const importId = opened!.importId;
  const bytes = Buffer.from(file);
  let sequence = 0;
  let at = 0;
  for (; at + chunkBytes < bytes.length; at += chunkBytes) {
    const content = bytes.subarray(at, at + chunkBytes);
    await client.appendImportChunk({ importId, sequence, content, isLast: false });
    sequence += 1;
  }
  const finish = async (): Promise<Import> => {
    const last = { importId, sequence, content: bytes.subarray(at), isLast: true };
    return (await client.appendImportChunk(last)).import!;
  };
  return { importId, finish };
}

/** Imports a file and waits for the end. */
export async function importFile(
  client: CustomersClient,
  request: StartImportRequest,
  file: string | Buffer,
): Promise<Import> {
  const { importId, finish } = await sendFile(client, request, file);
  await finish();
  return importEnd(client, importId);
}

export const importEnd = (client: CustomersClient, importId: string): Promise<Import> =>
  eventually(
    async () => {
      const { import: found } = await client.getImport({ importId });
      expect(['completed', 'failed', 'cancelled']).toContain(found!.state);
      return found!;
    },
    { timeoutMs: 180_000 },
  );
