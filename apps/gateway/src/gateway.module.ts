import { Global, Module, type DynamicModule, type ExecutionContext } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { MessageBus } from '@tidegate/messaging';
import { Clock, ServiceEnv } from '@tidegate/service';
import type { FastifyRequest } from 'fastify';
import { DevIssuer } from './access/dev-issuer';
import { DevTokensController } from './access/dev-tokens.controller';
import { StaffStandings } from './access/staff-standings';
import { TokenVerifier } from './access/token-verifier';
import { GATEWAY_CONFIG, type GatewayConfig } from './gateway.config';
import { RouteTable } from './http/route-table';
import { AUDIENCES } from './openapi/audiences';
import { DocsController } from './openapi/docs.controller';
import { Documents } from './openapi/documents';
import { Peers } from './peers/peers';
import { MerchantKeyChanges } from './signature/merchant-key-changes';
import { MerchantKeys } from './signature/merchant-keys';
import { MerchantSignatures } from './signature/merchant-signatures';
import { CallerThrottlerGuard } from './throttle/caller-throttler.guard';
import { FixedWindows } from './throttle/fixed-windows';

/** What the gateway is made of at start. */
export interface GatewayParts {
  env: ServiceEnv;
  config: GatewayConfig;
  bus: MessageBus;
  clock: Clock;
  routes: RouteTable;
  windows: FixedWindows;
}

const SECOND_MS = 1_000;

@Global()
@Module({})
export class GatewayModule {
  static register({ env, config, bus, clock, routes, windows }: GatewayParts): DynamicModule {
    const { devSigningKey } = config;
    const devIssuer = devSigningKey ? DevIssuer.create(devSigningKey) : Promise.resolve(undefined);
    const limit = { ttl: SECOND_MS, blockDuration: SECOND_MS, limit: limitOf(config) };
    return {
      module: GatewayModule,
      imports: [
        ThrottlerModule.forRoot({ throttlers: [limit], storage: windows, setHeaders: false }),
        ...AUDIENCES.map((audience) => audience.module),
      ],
      controllers: [DocsController, ...(devSigningKey ? [DevTokensController] : [])],
      providers: [
        { provide: ServiceEnv, useValue: env },
        { provide: GATEWAY_CONFIG, useValue: config },
        { provide: MessageBus, useValue: bus },
        { provide: Clock, useValue: clock },
        { provide: RouteTable, useValue: routes },
        { provide: FixedWindows, useValue: windows },
        { provide: Documents, useFactory: () => new Documents(routes) },
        { provide: DevIssuer, useFactory: () => devIssuer },
        {
          provide: TokenVerifier,
          useFactory: async () => TokenVerifier.create(clock, config.oidc, await devIssuer),
        },
        { provide: APP_GUARD, useClass: CallerThrottlerGuard },
        Peers,
        StaffStandings,
        MerchantKeys,
        MerchantKeyChanges,
        MerchantSignatures,
      ],
      exports: [ServiceEnv, GATEWAY_CONFIG, MessageBus, Clock, Peers, StaffStandings],
    };
  }
}

const limitOf =
  ({ rateLimitPerSecond, anonymousRateLimitPerSecond }: GatewayConfig) =>
  (context: ExecutionContext): number =>
    context.switchToHttp().getRequest<FastifyRequest>().callContext.actor
      ? rateLimitPerSecond
      : anonymousRateLimitPerSecond;
