import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MessageBus, Subscriptions } from '@tidegate/messaging';
import { Mongo } from '@tidegate/mongo';
import { Clock } from './clock';
import { PeriodicTasks } from './periodic-tasks';
import { ServiceEnv } from './service-env';

/** What a service is given by its host. */
export interface Platform {
  env: ServiceEnv;
  clock: Clock;
  mongo: Mongo;
  bus: MessageBus;
}

/** What every service has: its environment, clock, database and broker. */
@Global()
@Module({})
export class PlatformModule {
  static register({ env, clock, mongo, bus }: Platform): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: ServiceEnv, useValue: env },
        { provide: Clock, useValue: clock },
        { provide: Mongo, useValue: mongo },
        { provide: MessageBus, useValue: bus },
        { provide: Subscriptions, useValue: new Subscriptions(env.name, bus, mongo) },
        PeriodicTasks,
      ],
      exports: [ServiceEnv, Clock, Mongo, MessageBus, Subscriptions, PeriodicTasks],
    };
  }
}
