import * as fc from 'fast-check';
import { readCloudEvent } from './cloud-event';
import { mergeAnswer, readBatch } from './event-batch';

const anEvent = (overrides: object = {}) => ({
  specversion: '1.0',
  id: 'e',
  source: '/s',
  type: 't',
  subject: 'c',
  ...overrides,
});

it('reads the attributes of CloudEvents and leaves extensions aside', () => {
  const event = anEvent({
    time: '2026-03-02T00:00:00Z',
    data: { a: 1 },
    datacontenttype: 'application/json; charset=utf-8',
    dataschema: 'https://x',
    traceparent: '00-1',
    sequence: 7,
  });
  expect(readCloudEvent(event)).toEqual({
    id: 'e',
    source: '/s',
    type: 't',
    subject: 'c',
    time: new Date('2026-03-02T00:00:00Z'),
    data: undefined,
    dataJson: '{"a":1}',
  });
  expect(readCloudEvent(anEvent())).toMatchObject({ time: undefined, dataJson: undefined });
});

it.each<[object | null | string, string]>([
  [null, 'object'],
  ['text', 'object'],
  [[], 'object'],
  [anEvent({ specversion: '0.3' }), 'specversion'],
  [anEvent({ specversion: undefined }), 'specversion'],
  [anEvent({ id: '' }), 'id'],
  [anEvent({ id: 7 }), 'id'],
  [anEvent({ source: null }), 'source'],
  [anEvent({ type: 'x'.repeat(257) }), 'type'],
  [anEvent({ subject: undefined }), 'subject'],
  [anEvent({ time: 'yesterday' }), 'time'],
  [anEvent({ time: null }), 'time'],
  [anEvent({ data: 'text' }), 'data'],
  [anEvent({ data: [] }), 'data'],
  [anEvent({ data: null }), 'data'],
  [anEvent({ datacontenttype: 'text/plain' }), 'datacontenttype'],
  [anEvent({ datacontenttype: 'application/jsonlines' }), 'datacontenttype'],
  [anEvent({ data_base64: 'AAAA' }), 'data_base64'],
  [anEvent({ UpperCase: 'x' }), 'UpperCase'],
  [anEvent({ extension: { deep: 1 } }), 'extension'],
])('refuses %j, naming %s', (event, name) => {
  const fault = readCloudEvent(event);
  expect(typeof fault).toBe('string');
  expect(fault).toContain(name);
});

it('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => expect(['string', 'object']).toContain(typeof readCloudEvent(value))),
  );
});

it('accounts for every event of a batch once', () => {
  const items = fc.array(fc.constantFrom(anEvent(), anEvent({ id: '' }), null), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(items, fc.nat(), (batch, seed) => {
      const read = readBatch(batch);
      const theirs =
        read.events.length > 0 ? [{ index: seed % read.events.length, id: 'e', reason: 'X', message: '' }] : [];
      const answer = mergeAnswer(read, {
        acceptedCount: read.events.length - theirs.length,
        duplicateCount: 0,
        refused: theirs,
      });
      expect(answer.acceptedCount + answer.refused.length).toBe(batch.length);
      const indexes = answer.refused.map(({ index }) => index);
      expect(indexes).toEqual([...new Set(indexes)].sort((a, b) => a - b));
      for (const { index, reason } of answer.refused) expect(batch[index]?.id === 'e').toBe(reason === 'X');
    }),
  );
});
