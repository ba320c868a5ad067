import { Client as GrpcJsClient, credentials, type ServiceError } from '@grpc/grpc-js';
import { afterStep } from '@tidegate/crash-points';
import { currentContext } from '@tidegate/observability';
import { CallFailure, failuresAsResponses } from './call-failure';
import { toMetadata } from './call-metadata';
import { releaseEndedCalls } from './active-calls';
import { releaseBoundFunctions } from './bound-functions';
import { releaseEndedStreams } from './ended-streams';
import { fromStatus } from './error-mapping';
import { fullServiceName, type Client, type GrpcService } from './service-definition';

const DEADLINE_MS = 5_000;
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

export interface ClientOptions {
  /** Default for every call of this client. */
  deadlineMs?: number;
  /**
   * HTTP/2 connections, which calls take in turn; default 1. On one, what a busy caller writes and what the peer answers come in
   * bursts, and each waits for the other's: with two they overlap (`npm run bench -- --only decide-grpc`).
   */
  connections?: number;
}

/**
 * A typed client: a promise per rpc, a deadline on every call, the current trace and actor passed on. A call that never
 * reached the peer (UNAVAILABLE) is retried twice; every write carries a request id, so that is safe.
 * @throws DomainError with the peer's reason, PEER_UNAVAILABLE or PEER_TIMED_OUT
 */
export function createClient<S extends GrpcService>(
  service: S,
  url: string,
  { deadlineMs = DEADLINE_MS, connections = 1 }: ClientOptions = {},
): Client<S> & { close(): void } {
  releaseBoundFunctions();
  releaseEndedStreams();
  releaseEndedCalls();
  const channels = Array.from({ length: connections }, () => openChannel(service, url));
  let turn = 0;
  const nextChannel = (): GrpcJsClient => {
    turn = (turn + 1) % channels.length;
    return channels[turn]!;
  };
  const calls = Object.entries(service).map(([name, method]) => [
    name,
    (request: unknown, options?: { deadlineMs?: number }): Promise<unknown> =>
      new Promise((resolve, reject) => {
        nextChannel().makeUnaryRequest(
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
  const close = (): void => channels.forEach((channel) => channel.close());
  return { ...Object.fromEntries(calls), close } as Client<S> & { close(): void };
}

const openChannel = (service: GrpcService, url: string): GrpcJsClient =>
  new GrpcJsClient(url, credentials.createInsecure(), {
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
    'grpc.service_config': retryConfig(service),
    // A peer that restarts is found again quickly.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2_000,
    // Else channels to one peer share a connection.
    'grpc.use_local_subchannel_pool': 1,
    interceptors: [failuresAsResponses],
  });

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
