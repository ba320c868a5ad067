import type { LoggerService } from '@nestjs/common';
import { logger } from '@tidegate/observability';

/** Nest's own messages through the structured logger; start-up chatter at debug level. */
export class NestLogger implements LoggerService {
  private readonly inner = logger('nest');

  log(message: unknown): void {
    this.inner.debug(String(message));
  }

  error(message: unknown, stack?: unknown): void {
    this.inner.error({ stack }, String(message));
  }

  warn(message: unknown): void {
    this.inner.warn(String(message));
  }
}
