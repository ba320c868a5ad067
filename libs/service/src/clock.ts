import { v7 as uuidv7 } from 'uuid';

/** The time, so that a test can set it. */
export class Clock {
  now(): Date {
    return new Date();
  }
}

/** A new id: UUIDv7, sorted by time. */
export const newId = (): string => uuidv7();
