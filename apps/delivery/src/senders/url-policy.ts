import { isIP } from 'node:net';
import { DomainError } from '@tidegate/errors';
import { isAllowedAddress, isLoopbackAddress } from './address-policy';

const URL_LENGTH_MAX = 2048;

const refuse = (description: string): DomainError =>
  new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: 'WEBHOOK_URL_NOT_ALLOWED',
    message: 'Webhooks are not sent to this URL.',
    violations: [{ field: 'endpoint.url', description }],
  });

/** The host without the brackets of an IPv6 literal and without a trailing dot. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);

/**
 * What a webhook may be sent to: https on a public host; outside production also loopback, over http too. Names are
 * checked again when they are resolved, at each connection.
 * @throws WEBHOOK_URL_NOT_ALLOWED
 */
export function checkWebhookUrl(text: string, isLoopbackAllowed: boolean): URL {
  if (text.length > URL_LENGTH_MAX || !URL.canParse(text)) throw refuse('must be a URL of at most 2048 characters');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw refuse('must not carry a user or a password');
  const host = hostOf(url);
  const isLoopback = isLoopbackHost(host);
  if (isLoopback && !isLoopbackAllowed) throw refuse('must be a public host');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) throw refuse('must be https');
  if (isIP(host) !== 0 && !isAllowedAddress(host, isLoopbackAllowed)) throw refuse('must be a public host');
  return url;
}
