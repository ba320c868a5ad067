import { BlockList, isIP } from 'node:net';

/** Ranges that are not the public internet. Source: IANA special-purpose address registries (RFC 6890 and its updates). */
const V4_RANGES: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Mapped and translated ranges are refused whole: they would carry a private IPv4 address past the list above. */
const V6_RANGES: [string, number][] = [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

type Family = 'ipv4' | 'ipv6';

const listOf = (ranges: [string, number][], family: Family): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
};

// One list for each family: a BlockList also finds an IPv4 address in the IPv6 range of mapped ones.
const special = { ipv4: listOf(V4_RANGES, 'ipv4'), ipv6: listOf(V6_RANGES, 'ipv6') };
const loopback = { ipv4: listOf([['127.0.0.0', 8]], 'ipv4'), ipv6: listOf([['::1', 128]], 'ipv6') };

const isIn = (lists: Record<Family, BlockList>, address: string): boolean => {
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  return isIP(address) !== 0 && lists[family].check(address, family);
};

export const isLoopbackAddress = (address: string): boolean => isIn(loopback, address);

/** Whether a webhook may connect to an IP address; loopback only where it is allowed (outside production). */
export const isAllowedAddress = (address: string, isLoopbackAllowed: boolean): boolean =>
  isIP(address) !== 0 && (!isIn(special, address) || (isLoopbackAllowed && isLoopbackAddress(address)));
