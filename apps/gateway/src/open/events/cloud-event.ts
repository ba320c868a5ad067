import type { IncomingEvent } from '@tidegate/contracts/customers/v1/customers';
import { parseTimestamp } from '../../http/timestamp';

const TEXT_LENGTH_MAX = 256;
const JSON_CONTENT = /^application\/json(;|$)/i;
// Source: CloudEvents 1.0.2, naming conventions of attributes.
const ATTRIBUTE_NAME = /^[a-z0-9]{1,20}$/;
const KNOWN = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'dataschema',
  'data',
]);

/**
 * Reads one event in the JSON format of CloudEvents 1.0, or says what is wrong with it. Written by hand: at ten thousand
 * events a second a class per event costs more than all the rest. Extension attributes are allowed and not kept.
 */
export function readCloudEvent(value: unknown): IncomingEvent | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  const event = value as Record<string, unknown>;
  if (event.specversion !== '1.0') return 'specversion must be "1.0"';
  const { id, source, type, subject, time, data, datacontenttype } = event;
  if (!isText(id)) return `id ${TEXT_RULE}`;
  if (!isText(source)) return `source ${TEXT_RULE}`;
  if (!isText(type)) return `type ${TEXT_RULE}`;
  if (!isText(subject)) return `subject ${TEXT_RULE}: it names the customer`;
  if (datacontenttype !== undefined && !(typeof datacontenttype === 'string' && JSON_CONTENT.test(datacontenttype))) {
    return 'datacontenttype must be application/json';
  }
  if (data !== undefined && (typeof data !== 'object' || data === null || Array.isArray(data))) {
    return 'data must be an object';
  }
  for (const name in event) {
    if (!KNOWN.has(name) && !isExtension(name, event[name]))
      return `${printable(name)} is not an attribute of CloudEvents`;
  }
  const moment = time === undefined ? undefined : parseTimestamp(time);
  if (time !== undefined && moment === undefined) return 'time must be an RFC 3339 timestamp';
  const dataJson = data === undefined ? undefined : JSON.stringify(data);
  return { id, source, type, subject, time: moment, data: undefined, dataJson };
}

const TEXT_RULE = `must be text of 1 to ${TEXT_LENGTH_MAX} characters`;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= TEXT_LENGTH_MAX;

const isExtension = (name: string, value: unknown): boolean => ATTRIBUTE_NAME.test(name) && typeof value !== 'object';

const printable = (name: string): string => name.replace(/[^\x21-\x7e]/g, '?').slice(0, 40);
