import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  credentials,
  loadPackageDefinition,
  type ChannelCredentials,
  type Client,
  type ClientDuplexStream,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { Module } from '@nestjs/common';
import {
  EngagementServiceService,
  type ListEventCountersResponse,
} from '@tidegate/contracts/arbitration/v1/engagement';
import { GrpcController } from '@tidegate/grpc';
import { findFreePort } from '@tidegate/infra';
import { ServiceEnv } from './service-env';
import { hostService, type RunningService } from './service-host';

// Goal: a client that knows nothing but the port finds the services and their contracts.

const ROOT = join(__dirname, '..', '..', '..');
const NAME = 'tidegate.arbitration.v1.EngagementService';

const SERVICE = { listEventCounters: EngagementServiceService.listEventCounters };

@GrpcController(SERVICE)
class EngagementController {
  async listEventCounters(): Promise<ListEventCountersResponse> {
    return { counters: [] };
  }
}
@Module({ controllers: [EngagementController] })
class EngagementModule {}

let running: RunningService;
let port: number;

const start = async (protoDir?: string): Promise<void> => {
  port = await findFreePort();
  const namespace = `t${randomBytes(5).toString('hex')}`;
  const env = new ServiceEnv({
    name: 'reflected',
    mongodbUri: process.env.MONGODB_URI ?? '',
    natsUrl: process.env.NATS_URL ?? '',
    grpcBind: `127.0.0.1:${port}`,
    dbPrefix: `${namespace}_`,
    busNamespace: namespace,
    protoDir,
  });
  running = await hostService({ module: EngagementModule, grpc: [SERVICE], env });
};
afterEach(() => running?.stop());

interface Reflection extends Client {
  ServerReflectionInfo(): ClientDuplexStream<object, Record<string, unknown>>;
}

interface ReflectionPackage {
  grpc: { reflection: { v1: { ServerReflection: new (url: string, how: ChannelCredentials) => Reflection } } };
}

/** What the server says, asked as grpcurl asks. */
function ask(question: object): Promise<Record<string, unknown>> {
  const folder = join(ROOT, 'node_modules', '@grpc', 'reflection', 'build', 'proto');
  const definition = loadPackageDefinition(loadSync('grpc/reflection/v1/reflection.proto', { includeDirs: [folder] }));
  const { ServerReflection } = (definition as unknown as ReflectionPackage).grpc.reflection.v1;
  const client = new ServerReflection(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const call = client.ServerReflectionInfo();
    call.on('data', resolve).on('error', reject);
    call.write(question);
    call.end();
  }).finally(() => client.close());
}

it('names its services and describes their rpcs and messages', async () => {
  await start(join(ROOT, 'proto'));
  expect(await ask({ listServices: '*' })).toMatchObject({ listServicesResponse: { service: [{ name: NAME }] } });
  const described = await ask({ fileContainingSymbol: NAME });
  const { fileDescriptorProto } = described.fileDescriptorResponse as { fileDescriptorProto: Buffer[] };
  const text = Buffer.concat(fileDescriptorProto).toString('latin1');
  for (const word of ['PutEngagementPolicy', 'ListEventCountersResponse', 'kept_max']) expect(text).toContain(word);
});

it('says nothing of itself where it is not wanted', async () => {
  await start();
  await expect(ask({ listServices: '*' })).rejects.toMatchObject({ code: 12 });
});
