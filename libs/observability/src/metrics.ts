import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const registry = new Registry();
let hasDefaults = false;

/** Prometheus text of this process. */
export async function renderMetrics(): Promise<{ contentType: string; body: string }> {
  if (!hasDefaults) {
    hasDefaults = true;
    collectDefaultMetrics({ register: registry });
  }
  return { contentType: registry.contentType, body: await registry.metrics() };
}

const existing = <T>(name: string): T | undefined => registry.getSingleMetric(name) as T | undefined;

export const counter = (name: string, help: string, labelNames: string[] = []): Counter =>
  existing<Counter>(name) ?? new Counter({ name, help, labelNames, registers: [registry] });

export const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
  existing<Gauge>(name) ?? new Gauge({ name, help, labelNames, registers: [registry] });

/** Seconds, in buckets from 1 ms to 10 s. */
export const histogram = (name: string, help: string, labelNames: string[] = []): Histogram =>
  existing<Histogram>(name) ??
  new Histogram({
    name,
    help,
    labelNames,
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers: [registry],
  });
