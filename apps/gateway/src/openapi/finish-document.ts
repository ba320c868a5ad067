import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_TYPE } from '../http/problem-reply';
import type { RouteEntry } from '../http/route-table';
import type { Audience } from './audiences';
import { REASONS_EXTENSION } from './endpoint.decorator';
import { ProblemDocument } from './problem.schema';
import { needsKey, sharedProblems } from './shared-problems';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Parameter = NonNullable<Operation['parameters']>[number];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const PROBLEM_CONTENT = { [PROBLEM_TYPE]: { schema: { $ref: `#/components/schemas/${ProblemDocument.name}` } } };
const TRACE_HEADERS = { traceparent: { description: 'W3C Trace Context.', schema: { type: 'string' } } };
const KEY_PARAMETER: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'Names this write: the same key again gives the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[\\x21-\\x7e]+$' },
};

/** Adds what all routes have in common: problems, idempotency key, security and headers. */
export function finishDocument(
  document: OpenAPIObject,
  audience: Audience,
  routes: readonly RouteEntry[],
): OpenAPIObject {
  const known = new Map(routes.map((route) => [`${route.method} ${toTemplate(route.url)}`, route]));
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      const route = known.get(`${method.toUpperCase()} ${path}`);
      if (!operation) continue;
      if (!route) throw new Error(`${method} ${path} is documented and not served`);
      finishOperation(operation, route, audience);
    }
  }
  return document;
}

const toTemplate = (url: string): string => url.replace(/:([A-Za-z]+)/g, '{$1}');

function finishOperation(operation: Operation, route: RouteEntry, audience: Audience): void {
  const reasons = ((operation as unknown as Record<string, unknown>)[REASONS_EXTENSION] ?? []) as string[];
  const { kinds = [], roles } = route.config.access ?? {};
  operation.description = [
    roles ? `Roles: ${roles.join(', ')}.` : `Callers: ${kinds.join(', ')}.`,
    ...(reasons.length > 0 ? [`Reasons: ${reasons.join(', ')}.`] : []),
  ].join(' ');
  operation.security = audience.isSigned ? [{ signature: [], digest: [] }] : [{ bearer: [] }];
  if (needsKey(route.method, route.config)) operation.parameters = [...(operation.parameters ?? []), KEY_PARAMETER];
  for (const response of Object.values(operation.responses)) {
    if (response && !('$ref' in response))
      response.headers = { ...response.headers, ...TRACE_HEADERS } as typeof response.headers;
  }
  for (const [status, description] of Object.entries(sharedProblems(route.method, route.config, audience.isSigned))) {
    operation.responses[status] ??= { description, content: PROBLEM_CONTENT };
  }
}
