import 'reflect-metadata';
import { MessageBus } from '@tidegate/messaging';
import { logger } from '@tidegate/observability';
import { Clock, ServiceEnv, startHealthServer, stopOnSignal } from '@tidegate/service';
import { readGatewayConfig } from './gateway.config';
import { startGateway } from './start-gateway';

const NAME = 'gateway';
const log = logger(NAME);

async function main(): Promise<void> {
  const env = ServiceEnv.fromProcess(NAME);
  const config = readGatewayConfig(env);
  const bus = await MessageBus.connect(env.natsUrl, { name: NAME, namespace: env.busNamespace });
  const gateway = await startGateway({ env, config, bus, clock: new Clock() });
  const probes =
    env.metricsPort === undefined ? undefined : await startHealthServer(env.metricsPort, { isReady: () => bus.ping() });
  stopOnSignal(log, async () => {
    await gateway.stop();
    await bus.close();
    probes?.close();
  });
  log.info({ url: gateway.url }, 'ready');
}

main().catch((err: unknown) => {
  log.fatal({ err }, 'could not start');
  process.exit(1);
});
