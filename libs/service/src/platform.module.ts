import { Global, Module, type DynamicModule } from '@nestjs/common';
import { MessageBus, Subscriptions } from '@tidegate/messaging';
import { Mongo } from '@tidegate/mongo';
import { Clock } from './clock';
import { PeriodicTasks } from './periodic-tasks';
import { ServiceEnv } from './service-env';

/** What every service has: its environment, clock, database and broker. */
@Global()
@Module({})
export class PlatformModule {
  static register(env: ServiceEnv, clock: Clock = new Clock()): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: ServiceEnv, useValue: env },
        { provide: Clock, useValue: clock },
        { provide: Mongo, useFactory: () => Mongo.connect(env.mongodbUri, env.database) },
        {
          provide: MessageBus,
          useFactory: () => MessageBus.connect(env.natsUrl, { name: env.name, namespace: env.busNamespace }),
        },
        {
          provide: Subscriptions,
          useFactory: (bus: MessageBus, mongo: Mongo) => new Subscriptions(env.name, bus, mongo),
          inject: [MessageBus, Mongo],
        },
        PeriodicTasks,
      ],
      exports: [ServiceEnv, Clock, Mongo, MessageBus, Subscriptions, PeriodicTasks],
    };
  }
}
