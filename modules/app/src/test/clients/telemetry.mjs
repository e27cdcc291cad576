// OpenTelemetry as an application sets it up: node telemetry goes to the URL of the first argument.
import { NodeTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { OTLPTraceExporter as Proto } from '@opentelemetry/exporter-trace-otlp-proto';
import { OTLPTraceExporter as Json } from '@opentelemetry/exporter-trace-otlp-http';

export const endpoint = process.argv[2];

/** Starts it; spans are sent in {@code format}, proto or json. */
export function startTelemetry(service, version, format = 'proto') {
  const exporter = new (format === 'json' ? Json : Proto)({ url: `${endpoint}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'service.version': version,
      'deployment.environment.name': 'acceptance',
    }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return provider;
}
