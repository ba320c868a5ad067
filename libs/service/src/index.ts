export { Clock } from './clock';
export { startHealthServer, type HealthChecks } from './health-server';
export { LeasedJobs, NO_LEASE, type JobHold, type JobLease, type LeasedJobStore } from './leased-jobs';
export { NestLogger } from './nest-logger';
export { PeriodicTasks } from './periodic-tasks';
export { PlatformModule } from './platform.module';
export { ServiceEnv, type ServiceEnvInput, type ServiceKeys } from './service-env';
export { hostService, startService, stopOnSignal, type RunningService, type ServiceOptions } from './service-host';
