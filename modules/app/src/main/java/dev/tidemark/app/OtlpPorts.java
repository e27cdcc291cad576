package dev.tidemark.app;

import dev.tidemark.app.host.Ports;
import picocli.CommandLine.Option;

/** Ports of the OTLP receiver. */
final class OtlpPorts {
  @Option(
      names = "--otlp-http-port",
      paramLabel = "PORT",
      defaultValue = "${env:TIDEMARK_OTLP_HTTP_PORT:-4318}",
      description = {
        "Port of OTLP/HTTP; 0 for any free one (env TIDEMARK_OTLP_HTTP_PORT; default: 4318)."
      })
  private int http;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "PORT",
      defaultValue = "${env:TIDEMARK_OTLP_GRPC_PORT:-4317}",
      description = {
        "Port of OTLP/gRPC; 0 for any free one (env TIDEMARK_OTLP_GRPC_PORT; default: 4317)."
      })
  private int grpc;

  int http() {
    return http;
  }

  int grpc() {
    return grpc;
  }

  /** Fails with the flag when something else listens on one of them. */
  void requireFree(String host) {
    Ports.requireFree(host, http, "--otlp-http-port");
    Ports.requireFree(host, grpc, "--otlp-grpc-port");
  }
}
