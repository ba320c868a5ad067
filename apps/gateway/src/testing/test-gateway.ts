import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { MessageBus } from '@tidegate/messaging';
import { Clock, ServiceEnv } from '@tidegate/service';
import { testKeys } from '@tidegate/testing';
import type { JWK } from 'jose';
import { DevIssuer, type DevTokenInput } from '../access/dev-issuer';
import { readGatewayConfig, type GatewayConfig } from '../gateway.config';
import { startGateway, type RunningGateway } from '../start-gateway';
import { FakeServices } from './fake-services';

/** A gateway over real HTTP, before played services and on a real broker in a namespace of its own. */
export interface TestGateway {
  url: string;
  running: RunningGateway;
  services: FakeServices;
  bus: MessageBus;
  token(overrides?: Partial<DevTokenInput>): Promise<string>;
  stop(): Promise<void>;
}

const HEAD_OFFICE: DevTokenInput = {
  subject: 'staff-1',
  kind: 'staff',
  roles: ['admin', 'maker', 'checker', 'reviewer', 'agent', 'team_leader', 'pii_reader'],
  orgPath: 'hq',
  ttlSeconds: 600,
};

/** High enough never to be met by accident. */
const NO_LIMIT = 1_000_000;

export async function startTestGateway(overrides: Partial<GatewayConfig> = {}): Promise<TestGateway> {
  const services = await FakeServices.start();
  // Whoever shows a token; a test may say otherwise.
  services.answer('staff.getStaffStanding', () => ({}));
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const tokenSigning = { ...jwk, alg: 'EdDSA', kid: 'test' } as JWK;
  const namespace = `t${randomBytes(5).toString('hex')}`;
  const natsUrl = process.env.NATS_URL ?? '';
  const env = new ServiceEnv({
    name: 'gateway',
    mongodbUri: '',
    natsUrl,
    grpcBind: '',
    busNamespace: namespace,
    peerUrls: services.urls,
    keys: { ...testKeys, tokenSigning },
  });
  const bus = await MessageBus.connect(natsUrl, { name: 'gateway', namespace });
  const limits = { rateLimitPerSecond: NO_LIMIT, anonymousRateLimitPerSecond: NO_LIMIT };
  const config = { ...readGatewayConfig(env, {}), httpPort: 0, ...limits, ...overrides };
  const running = await startGateway({ env, config, bus, clock: new Clock() });
  const issuer = await DevIssuer.create(tokenSigning);
  return {
    url: running.url,
    running,
    services,
    bus,
    token: async (of = {}) => (await issuer.issue({ ...HEAD_OFFICE, ...of }, new Date())).token,
    stop: async () => {
      await running.stop();
      await bus.dropNamespace();
      await bus.close();
      await services.stop();
    },
  };
}
