import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { field } from '../../http/field';

/** A fact about a customer, in the JSON format of CloudEvents 1.0. Documentation only: events are read by hand. */
export class CloudEvent {
  @field.oneOf(['1.0'])
  specversion!: string;

  @field.text({ description: 'Unique within its source: the same again is counted as a duplicate.' })
  id!: string;

  @field.text({ description: 'Which system tells it, a URI reference.', example: '/core-bank' })
  source!: string;

  @field.text({ description: 'e.g. transaction, login, card-issued, product-opened.', example: 'transaction' })
  type!: string;

  @field.text({ description: 'The customer’s id or external id.' })
  subject!: string;

  @field.time({ optional: true, description: 'When it happened; the moment of acceptance when left out.' })
  time?: Date;

  @field.text({ optional: true, description: 'Only application/json.', example: 'application/json' })
  datacontenttype?: string;

  @field.text({ optional: true, max: 2_000 })
  dataschema?: string;

  @field.json({ optional: true })
  data?: Record<string, unknown>;
}

/** Body of both content modes: one event, or a batch. */
export const eventsBody = (batchSizeMax: number) => {
  const event = { $ref: getSchemaPath(CloudEvent) };
  return { oneOf: [event, { type: 'array', items: event, minItems: 1, maxItems: batchSizeMax }] };
};

/** Puts the event's schema into the document. */
export const DocumentsEvents = (): ClassDecorator => ApiExtraModels(CloudEvent) as ClassDecorator;
