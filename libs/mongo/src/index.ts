export { GroupCommitter, settle, type GroupCommitterOptions, type Settled } from './group-committer';
export { Inbox } from './inbox';
export { Mongo } from './mongo';
export { isDuplicateKey, isTransient } from './mongo-errors';
export { Outbox, type OutboxMessage } from './outbox';
export { prepareInsert, prepareSave, whileSending, type PreparedWrite } from './prepared-write';
export { newId } from './new-id';
export { withinOrg } from './org-scope';
export {
  encodedEvents,
  event,
  subjectOfType,
  type CloudEvent,
  type EventType,
  type OutgoingEvent,
} from './outgoing-event';
export {
  decodeNumberToken,
  decodePageToken,
  decodeTimeToken,
  encodePageToken,
  pageSize,
  pageTokenInvalid,
  tokenNumber,
  tokenTime,
} from './paging';
export { hashInput, requestIdReused, RequestLog, type EarlierAnswer, type RequestKey } from './request-log';
export { Transaction } from './transaction';
export { lookingBackIfRefused, RequestBook } from './request-book';
export { OnceCommitter, type CommandBatch, type OnceCommitterOptions } from './once-committer';
