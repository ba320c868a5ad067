import type { MessageBus } from '../../libs/messaging/src/index';
import { event, subjectOfType, type EventType } from '../../libs/mongo/src/index';

const EVENTS_PER_MESSAGE = 250;
let serial = 0;

/** Publishes events as a service's outbox would. */
export async function publishEvents<T>(bus: MessageBus, type: EventType<T>, data: readonly T[]): Promise<void> {
  for (let start = 0; start < data.length; start += EVENTS_PER_MESSAGE) {
    serial += 1;
    const events = data
      .slice(start, start + EVENTS_PER_MESSAGE)
      .map((item, index) => event(type, `bench-${start + index}`, item));
    await bus.publish(subjectOfType(type.$type), JSON.stringify(events), {
      messageId: `bench-${type.$type}-${serial}`,
    });
  }
}
