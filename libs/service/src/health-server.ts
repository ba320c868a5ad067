import { createServer, type Server } from 'node:http';
import { renderMetrics } from '@tidegate/observability';

export interface HealthChecks {
  /** Rejects when the service cannot do its work now. */
  isReady: () => Promise<void>;
}

/** HTTP for probes and Prometheus: /healthz (alive), /readyz (database and broker answer), /metrics. */
export async function startHealthServer(port: number, checks: HealthChecks): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: string, contentType = 'application/json'): void => {
      response.writeHead(status, { 'content-type': contentType }).end(body);
    };
    if (request.method !== 'GET') return answer(405, '{"status":"method not allowed"}');
    switch (request.url) {
      case '/healthz':
        return answer(200, '{"status":"ok"}');
      case '/readyz':
        checks.isReady().then(
          () => answer(200, '{"status":"ready"}'),
          () => answer(503, '{"status":"not ready"}'),
        );
        return;
      case '/metrics':
        renderMetrics().then(
          ({ contentType, body }) => answer(200, body, contentType),
          () => answer(500, '{"status":"error"}'),
        );
        return;
      default:
        return answer(404, '{"status":"not found"}');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, process.env.METRICS_HOST ?? '127.0.0.1', resolve);
  });
  return server;
}
