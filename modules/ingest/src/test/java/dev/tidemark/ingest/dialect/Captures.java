package dev.tidemark.ingest.dialect;

import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.ingest.otlp.OtlpJson;
import dev.tidemark.ingest.otlp.OtlpProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Bodies that real clients sent, as they sent them. */
final class Captures {
  private Captures() {}

  /** The spans of some bodies, in the order in which they were sent. */
  static List<OtlpSpan> of(String... names) {
    List<OtlpSpan> spans = new ArrayList<>();
    for (String name : names) {
      try (InputStream in = Captures.class.getResourceAsStream("/captures/" + name)) {
        byte[] body = in.readAllBytes();
        spans.addAll(name.endsWith(".json") ? OtlpJson.traces(body) : OtlpProto.traces(body));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return spans;
  }

  /** Traceloop sends every span on its own. */
  static List<OtlpSpan> traceloop() {
    String[] names = new String[8];
    for (int i = 0; i < names.length; i++) {
      names[i] = "traceloop-0.27.0-" + (i + 1) + ".pb";
    }
    return of(names);
  }
}
