/** One route of the API documents that names something by an id in its path. */
export interface Route {
  audience: string;
  method: string;
  path: string;
  /** e.g. GET /admin/v1/strategies/{strategyId}. */
  name: string;
}

const AUDIENCES = ['app', 'merchant', 'workbench', 'admin', 'open'];

/** Every route with an id, from the documents that the gateway serves: what the reader of the API is told is what is tested. */
export async function readRoutes(baseUrl: string): Promise<Route[]> {
  const routes: Route[] = [];
  for (const audience of AUDIENCES) {
    const response = await fetch(`${baseUrl}/openapi/${audience}.json`);
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, unknown>> };
    for (const [path, operations] of Object.entries(paths).filter(([path]) => path.includes('{'))) {
      for (const verb of Object.keys(operations)) {
        const method = verb.toUpperCase();
        routes.push({ audience, method, path, name: `${method} ${path}` });
      }
    }
  }
  return routes;
}
