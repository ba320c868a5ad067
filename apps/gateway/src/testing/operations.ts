import type { Actor } from '@tidegate/observability';
import { AUDIENCES, type Audience } from '../openapi/audiences';
import { Documents } from '../openapi/documents';
import type { RouteEntry } from '../http/route-table';
import type { RunningGateway } from '../start-gateway';
import { SchemaSample, type Schema, type Schemas } from './schema-sample';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

/** One documented route, and how to call it as it should be called. */
export interface Operation {
  id: string;
  audience: Audience;
  method: string;
  template: string;
  route: RouteEntry;
  parameters: Parameter[];
  requestSchema: Schema | undefined;
  requestType: string;
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  successStatus: number;
  responseSchema: Schema | undefined;
  schemas: Schemas;
  security: unknown[];
}

type RawOperation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Operation['responses'];
  security: unknown[];
};

/** Every documented operation of every audience. */
export function operationsOf(gateway: RunningGateway): Operation[] {
  const documents = gateway.app.get(Documents);
  return AUDIENCES.flatMap((audience) => {
    const document = documents.create(audience);
    const schemas = (document.components?.schemas ?? {}) as Schemas;
    return Object.entries(document.paths).flatMap(([template, item]) =>
      Object.entries(item as Record<string, RawOperation>).map(([method, raw]) =>
        toOperation({ audience, schemas, template, method: method.toUpperCase(), raw }, gateway),
      ),
    );
  });
}

interface Found {
  audience: Audience;
  schemas: Schemas;
  template: string;
  method: string;
  raw: RawOperation;
}

function toOperation({ audience, schemas, template, method, raw }: Found, gateway: RunningGateway): Operation {
  const url = template.replace(/\{(\w+)\}/g, ':$1');
  const route = gateway.routes.routes.find((each) => each.method === method && each.url === url);
  if (!route) throw new Error(`${method} ${template} has no route`);
  const [requestType = '', body] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [];
  const success = Object.keys(raw.responses).find((status) => status.startsWith('2')) ?? '';
  return {
    id: raw.operationId,
    audience,
    method,
    template,
    route,
    parameters: raw.parameters ?? [],
    requestSchema: body?.schema,
    requestType,
    responses: raw.responses,
    successStatus: Number(success),
    responseSchema: Object.values(raw.responses[success]?.content ?? {})[0]?.schema,
    schemas,
    security: raw.security,
  };
}

/** A request that the route accepts. */
export interface ValidRequest {
  path: string;
  body: unknown;
  parameters: Record<string, unknown>;
}

const PATH_VALUES: Record<string, string> = { id: '1' };

export function validRequest(operation: Operation): ValidRequest {
  const sample = new SchemaSample(operation.schemas);
  const parameters = Object.fromEntries(
    operation.parameters
      .filter(({ in: place }) => place === 'path' || place === 'query')
      .map(({ name, schema, in: place }) => [name, (place === 'path' && PATH_VALUES[name]) || sample.of(schema, name)]),
  );
  const query = operation.parameters
    .filter(({ in: place }) => place === 'query')
    .map(({ name }) => `${name}=${encodeURIComponent(asText(parameters[name]))}`);
  const path = operation.template.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(asText(parameters[name])),
  );
  const body = operation.requestSchema && sample.of(operation.requestSchema);
  return { path: query.length > 0 ? `${path}?${query.join('&')}` : path, body, parameters };
}

const asText = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** Whose token opens the route. */
export function callerOf({ route }: Operation): { kind: Actor['kind']; roles: string[]; orgPath: string } {
  const { kinds = [], roles = [] } = route.config.access ?? {};
  const kind = kinds[0] ?? 'customer';
  return { kind, roles: [...roles.slice(0, 1), 'pii_reader'], orgPath: kind === 'staff' ? 'hq' : '' };
}
