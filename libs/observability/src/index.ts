export {
  continueTrace,
  currentContext,
  currentTraceId,
  runInContext,
  type Actor,
  type CallContext,
} from './call-context';
export { logger, type Logger } from './logger';
export { counter, gauge, histogram, renderMetrics } from './metrics';
