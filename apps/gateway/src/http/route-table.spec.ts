import { fastify } from 'fastify';
import { RouteTable } from './route-table';
import { fromFramework, HttpError } from './http-errors';
import { problemOf } from './problem-reply';
import { ForbiddenException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';

const PUBLIC = { access: { kinds: [] } };

it('knows which methods an address has, whatever stands in for its parameters', async () => {
  const server = fastify();
  const table = new RouteTable();
  table.collectFrom(server);
  const options = { config: PUBLIC, exposeHeadRoute: false };
  server.get('/a/:id', options, () => ({}));
  server.put('/a/:id', options, () => ({}));
  server.post('/a/:id/b.json', options, () => ({}));
  await server.ready();
  expect(table.methodsOf('/a/1?x=/a')).toEqual(['GET', 'PUT']);
  expect(table.methodsOf('/a/%2F/b.json')).toEqual(['POST']);
  expect(table.methodsOf('/a/1/bxjson')).toEqual([]);
  expect(table.methodsOf('/a/')).toEqual([]);
  await server.close();
});

it('refuses to start with a route that says nothing about who may call it', () => {
  const server = fastify();
  new RouteTable().collectFrom(server);
  expect(() => server.get('/open-by-mistake', () => ({}))).toThrow('does not say who may call it');
});

it.each([
  [new NotFoundException(), 404, 'ROUTE_NOT_FOUND'],
  [new PayloadTooLargeException(), 413, 'BODY_TOO_LARGE'],
  [new ForbiddenException('inner text'), 403, 'PERMISSION_DENIED'],
  [Object.assign(new Error('inner text'), { statusCode: 400 }), 400, 'BAD_REQUEST'],
  [Object.assign(new Error('inner text'), { statusCode: 502 }), 500, 'INTERNAL'],
  [new TypeError('inner text'), 500, 'INTERNAL'],
  [undefined, 500, 'INTERNAL'],
  [new HttpError(405, 'Method Not Allowed', 'METHOD_NOT_ALLOWED', 'no', { allow: 'GET' }), 405, 'METHOD_NOT_ALLOWED'],
])('tells %p as %i %s', (error, status, reason) => {
  const { body, ...reply } = problemOf(fromFramework(error), 'abc');
  expect(reply.status).toBe(status);
  expect(JSON.parse(body)).toMatchObject({ status, reason, traceId: 'abc' });
  expect(body).not.toContain('inner text');
});

it('says when to come back', () => {
  const limited = new DomainError({ code: 'RESOURCE_EXHAUSTED', reason: 'X', message: '', retryAfterMs: 1_001 });
  expect(problemOf(limited, undefined).headers).toMatchObject({
    'retry-after': '2',
    'content-type': 'application/problem+json',
  });
  const down = new DomainError({ code: 'UNAVAILABLE', reason: 'X', message: '' });
  expect(problemOf(down, undefined).headers['retry-after']).toBe('1');
});
