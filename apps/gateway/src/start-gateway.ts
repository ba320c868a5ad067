import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MessageBus } from '@tidegate/messaging';
import { NestLogger, type Clock, type ServiceEnv } from '@tidegate/service';
import { installAccess } from './access/access.hook';
import { StaffStandings } from './access/staff-standings';
import { TokenVerifier } from './access/token-verifier';
import type { GatewayConfig } from './gateway.config';
import { GatewayModule } from './gateway.module';
import { installBodies } from './http/body.hook';
import { createAdapter } from './http/fastify-adapter';
import { InputPipe } from './http/input.pipe';
import { ProblemFilter } from './http/problem.filter';
import { installRequestContext } from './http/request-context.hook';
import { RouteTable } from './http/route-table';
import { Documents } from './openapi/documents';
import { MerchantSignatures } from './signature/merchant-signatures';
import { FixedWindows } from './throttle/fixed-windows';

export interface GatewayOptions {
  env: ServiceEnv;
  config: GatewayConfig;
  bus: MessageBus;
  clock: Clock;
}

/** A gateway that listens. */
export interface RunningGateway {
  app: NestFastifyApplication;
  routes: RouteTable;
  url: string;
  stop(): Promise<void>;
}

/** Starts the HTTP server; the caller keeps the broker connection and closes it after `stop`. */
export async function startGateway({ env, config, bus, clock }: GatewayOptions): Promise<RunningGateway> {
  const routes = new RouteTable();
  const windows = new FixedWindows();
  const module = GatewayModule.register({ env, config, bus, clock, routes, windows });
  const app = await NestFactory.create<NestFastifyApplication>(module, createAdapter(config), {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(),
  });
  const fastify = app.getHttpAdapter().getInstance();
  routes.collectFrom(fastify);
  installRequestContext(fastify);
  // Swagger UI is served from here over plain HTTP in development.
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  installAccess(fastify, {
    tokens: app.get(TokenVerifier),
    standings: app.get(StaffStandings),
    signatures: app.get(MerchantSignatures),
    windows,
    failuresPerSecondMax: config.anonymousRateLimitPerSecond,
    publicUrl: config.publicUrl,
  });
  installBodies(fastify);
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter(routes));
  app.get(Documents).attach(app);
  await app.listen(config.httpPort, config.httpHost);
  return { app, routes, url: await app.getUrl(), stop: () => app.close() };
}
