import { Injectable } from '@nestjs/common';
import { ServiceEnv } from '@tidegate/service';
import { Webhook } from 'standardwebhooks';
import { Agent, request, type Dispatcher } from 'undici';
import type { AttemptResult } from '../domain/delivery';
import { ADDRESS_NOT_ALLOWED, guardedLookup } from './guarded-lookup';
import { checkWebhookUrl } from './url-policy';

const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 15_000;
const ANSWER_BYTES_MAX = 64 * 1024;
const RETRY_AFTER_MS_MAX = 3_600_000;
const GONE = 410;

export interface OutgoingWebhook {
  url: string;
  secret: string;
  /** The same over all attempts, so that a receiver can drop repeats. */
  messageId: string;
  payload: string;
}

/** Posts signed webhooks. Source: Standard Webhooks 1.0.0 (headers webhook-id, webhook-timestamp, webhook-signature). */
@Injectable()
export class WebhookClient {
  private readonly isLoopbackAllowed: boolean;
  private readonly agent: Agent;

  constructor(env: ServiceEnv) {
    this.isLoopbackAllowed = !env.isProduction;
    this.agent = new Agent({
      connect: { lookup: guardedLookup(this.isLoopbackAllowed), timeout: CONNECT_TIMEOUT_MS },
      connections: 16,
      keepAliveTimeout: 10_000,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
    });
  }

  /** Breaks off what is still under way. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  /** Never throws: whatever went wrong is the attempt's result. Redirects are not followed, they could lead anywhere. */
  async send(webhook: OutgoingWebhook): Promise<AttemptResult> {
    try {
      checkWebhookUrl(webhook.url, this.isLoopbackAllowed);
      const answer = await request(webhook.url, {
        method: 'POST',
        dispatcher: this.agent,
        headers: signedHeaders(webhook),
        body: webhook.payload,
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      await answer.body.dump({ limit: ANSWER_BYTES_MAX });
      return toResult(answer);
    } catch (error) {
      return { status: 0, error: errorCode(error) };
    }
  }
}

function signedHeaders({ secret, messageId, payload }: OutgoingWebhook): Record<string, string> {
  // The wall clock, because the receiver compares it with its own.
  const at = new Date();
  return {
    'content-type': 'application/json',
    'user-agent': 'tidegate-webhooks/1',
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(messageId, at, payload),
  };
}

function toResult({ statusCode, headers }: Dispatcher.ResponseData): AttemptResult {
  if (statusCode >= 200 && statusCode < 300) return { status: statusCode, error: '' };
  return {
    status: statusCode,
    error: `HTTP_${statusCode}`,
    retryAfterMs: retryAfterMs(headers['retry-after']),
    isFinal: statusCode === GONE,
  };
}

/** Seconds or a date, as RFC 9110 allows; at most an hour. */
function retryAfterMs(value: string | string[] | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, RETRY_AFTER_MS_MAX) : undefined;
}

/** A stable code for the receipt; never the address or what the receiver said. */
function errorCode(error: unknown): string {
  const { code, name, reason, cause } = error as { code?: unknown; name?: unknown; reason?: unknown; cause?: unknown };
  if (reason === 'WEBHOOK_URL_NOT_ALLOWED' || code === ADDRESS_NOT_ALLOWED) return 'WEBHOOK_URL_NOT_ALLOWED';
  if (name === 'TimeoutError' || String(code).endsWith('_TIMEOUT')) return 'TIMEOUT';
  if (typeof code === 'string') return code;
  return cause ? errorCode(cause) : 'SEND_FAILED';
}
