import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import type { FieldViolation } from '@tidegate/errors';

/** The google.rpc details this platform sends. Source: google/rpc/status.proto, google/rpc/error_details.proto. */
export interface StatusDetails {
  code: number;
  message: string;
  reason: string;
  metadata: Record<string, string>;
  violations: FieldViolation[];
  retryAfterMs?: number;
}

const DOMAIN = 'tidegate';
const ERROR_INFO = 'type.googleapis.com/google.rpc.ErrorInfo';
const BAD_REQUEST = 'type.googleapis.com/google.rpc.BadRequest';
const RETRY_INFO = 'type.googleapis.com/google.rpc.RetryInfo';

const tag = (field: number, wireType: number): number => (field << 3) | wireType;

/** google.rpc.Status bytes with one ErrorInfo, and BadRequest and RetryInfo when they apply. */
export function encodeStatus(details: StatusDetails): Buffer {
  const writer = new BinaryWriter();
  writer.uint32(tag(1, 0)).int32(details.code).uint32(tag(2, 2)).string(details.message);
  const any = (typeUrl: string, value: Uint8Array): void => {
    const inner = new BinaryWriter().uint32(tag(1, 2)).string(typeUrl).uint32(tag(2, 2)).bytes(value).finish();
    writer.uint32(tag(3, 2)).bytes(inner);
  };
  any(ERROR_INFO, errorInfo(details));
  if (details.violations.length > 0) any(BAD_REQUEST, badRequest(details.violations));
  if (details.retryAfterMs !== undefined) any(RETRY_INFO, retryInfo(details.retryAfterMs));
  return Buffer.from(writer.finish());
}

function errorInfo({ reason, metadata }: StatusDetails): Uint8Array {
  const writer = new BinaryWriter().uint32(tag(1, 2)).string(reason).uint32(tag(2, 2)).string(DOMAIN);
  for (const [key, value] of Object.entries(metadata)) {
    const entry = new BinaryWriter().uint32(tag(1, 2)).string(key).uint32(tag(2, 2)).string(value).finish();
    writer.uint32(tag(3, 2)).bytes(entry);
  }
  return writer.finish();
}

function badRequest(violations: FieldViolation[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const { field, description } of violations) {
    const violation = new BinaryWriter().uint32(tag(1, 2)).string(field).uint32(tag(2, 2)).string(description).finish();
    writer.uint32(tag(1, 2)).bytes(violation);
  }
  return writer.finish();
}

function retryInfo(retryAfterMs: number): Uint8Array {
  const duration = new BinaryWriter()
    .uint32(tag(1, 0))
    .int64(Math.trunc(retryAfterMs / 1000))
    .uint32(tag(2, 0))
    .int32((retryAfterMs % 1000) * 1_000_000)
    .finish();
  return new BinaryWriter().uint32(tag(1, 2)).bytes(duration).finish();
}

/** Reads what encodeStatus wrote; fields it does not know are passed over. */
export function decodeStatus(bytes: Uint8Array): StatusDetails {
  const details: StatusDetails = { code: 0, message: '', reason: '', metadata: {}, violations: [] };
  fields(bytes, {
    1: (reader) => void (details.code = reader.int32()),
    2: (reader) => void (details.message = reader.string()),
    3: (reader) => readAny(reader.bytes(), details),
  });
  return details;
}

function readAny(bytes: Uint8Array, details: StatusDetails): void {
  let typeUrl = '';
  let value: Uint8Array = new Uint8Array();
  fields(bytes, { 1: (reader) => void (typeUrl = reader.string()), 2: (reader) => void (value = reader.bytes()) });
  if (typeUrl === ERROR_INFO) {
    fields(value, {
      1: (reader) => void (details.reason = reader.string()),
      3: (reader) => {
        const [key, text] = pair(reader.bytes());
        details.metadata[key] = text;
      },
    });
  } else if (typeUrl === BAD_REQUEST) {
    fields(value, {
      1: (reader) => {
        const [field, description] = pair(reader.bytes());
        details.violations.push({ field, description });
      },
    });
  } else if (typeUrl === RETRY_INFO) {
    let seconds = 0;
    let nanos = 0;
    fields(value, {
      1: (reader) =>
        fields(reader.bytes(), {
          1: (inner) => void (seconds = Number(inner.int64())),
          2: (inner) => void (nanos = inner.int32()),
        }),
    });
    details.retryAfterMs = seconds * 1000 + nanos / 1_000_000;
  }
}

function pair(bytes: Uint8Array): [string, string] {
  const texts: [string, string] = ['', ''];
  fields(bytes, { 1: (reader) => void (texts[0] = reader.string()), 2: (reader) => void (texts[1] = reader.string()) });
  return texts;
}

function fields(bytes: Uint8Array, readers: Record<number, (reader: BinaryReader) => void>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const read = readers[field];
    if (read) read(reader);
    else reader.skip(wireType);
  }
}
