import { Client as GrpcJsClient, credentials, type ServiceError } from '@grpc/grpc-js';
import { afterStep } from '@tidegate/crash-points';
import { currentContext } from '@tidegate/observability';
import { CallFailure, failuresAsResponses } from './call-failure';
import { toMetadata } from './call-metadata';
import { fromStatus } from './error-mapping';
import { fullServiceName, type Client, type GrpcService } from './service-definition';

const DEADLINE_MS = 5_000;
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

export interface ClientOptions {
  /** Default for every call of this client. */
  deadlineMs?: number;
}

/**
 * A typed client: a promise per rpc, a deadline on every call, the current trace and actor passed on. A call that never
 * reached the peer (UNAVAILABLE) is retried twice; every write carries a request id, so that is safe.
 * @throws DomainError with the peer's reason, PEER_UNAVAILABLE or PEER_TIMED_OUT
 */
export function createClient<S extends GrpcService>(
  service: S,
  url: string,
  { deadlineMs = DEADLINE_MS }: ClientOptions = {},
): Client<S> & { close(): void } {
  const channel = new GrpcJsClient(url, credentials.createInsecure(), {
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
    'grpc.service_config': retryConfig(service),
    // A peer that restarts is found again quickly.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2_000,
    interceptors: [failuresAsResponses],
  });
  const calls = Object.entries(service).map(([name, method]) => [
    name,
    (request: unknown, options?: { deadlineMs?: number }): Promise<unknown> =>
      new Promise((resolve, reject) => {
        channel.makeUnaryRequest(
          method.path,
          method.requestSerialize,
          method.responseDeserialize,
          request,
          toMetadata(currentContext()),
          { deadline: Date.now() + (options?.deadlineMs ?? deadlineMs) },
          (error: ServiceError | null, response?: unknown) => {
            const failed = response instanceof CallFailure ? response.status : error;
            if (failed) return reject(fromStatus(failed, method.path));
            afterStep('answered');
            resolve(response);
          },
        );
      }),
  ]);
  return { ...Object.fromEntries(calls), close: () => channel.close() } as Client<S> & { close(): void };
}

const retryConfig = (service: GrpcService): string =>
  JSON.stringify({
    methodConfig: [
      {
        name: [{ service: fullServiceName(service) }],
        retryPolicy: {
          maxAttempts: 3,
          initialBackoff: '0.05s',
          maxBackoff: '1s',
          backoffMultiplier: 3,
          retryableStatusCodes: ['UNAVAILABLE'],
        },
      },
    ],
  });
