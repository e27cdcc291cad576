package dev.tidemark.bench.ingest;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Requests as real exporters sent them. */
final class RecordedBodies {
  private static final List<String> FILES =
      List.of(
          "vercel-ai-sdk-6.0.326.pb",
          "langchain-1.5.14-openinference-4.1.1.pb",
          "openai-agents-0.20.0-openinference-0.2.15.pb",
          "traceloop-0.27.0.pb");

  /** One request and how many spans are in it. */
  static final class Body {
    private final byte[] bytes;
    private final int spans;

    private Body(byte[] bytes, int spans) {
      this.bytes = bytes;
      this.spans = spans;
    }

    byte[] bytes() {
      return bytes;
    }

    int spans() {
      return spans;
    }
  }

  private RecordedBodies() {}

  static List<Body> all() throws IOException {
    List<Body> bodies = new ArrayList<>();
    for (String file : FILES) {
      try (InputStream in = RecordedBodies.class.getResourceAsStream("/otlp-captures/" + file)) {
        byte[] bytes = in.readAllBytes();
        int spans =
            ExportTraceServiceRequest.parseFrom(bytes).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .mapToInt(scope -> scope.getSpansCount())
                .sum();
        bodies.add(new Body(bytes, spans));
      }
    }
    return bodies;
  }
}
