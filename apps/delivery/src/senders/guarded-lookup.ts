import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isAllowedAddress } from './address-policy';

/** What the connection fails with when a name resolves to an address that webhooks may not reach. */
export const ADDRESS_NOT_ALLOWED = 'ADDRESS_NOT_ALLOWED';

const notAllowed = (host: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${host} resolves to an address that is not public`), { code: ADDRESS_NOT_ALLOWED });

/**
 * A resolver for the socket itself: the address that was checked is the one that is connected to, so a name cannot change
 * its answer in between. One forbidden address among the answers refuses the name.
 */
export const guardedLookup =
  (isLoopbackAllowed: boolean): LookupFunction =>
  (host, options, callback) => {
    dnsLookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const first = addresses?.[0];
      if (error || !first) return callback(error ?? notAllowed(host), '', 0);
      if (!addresses.every(({ address }) => isAllowedAddress(address, isLoopbackAllowed))) {
        return callback(notAllowed(host), '', 0);
      }
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
