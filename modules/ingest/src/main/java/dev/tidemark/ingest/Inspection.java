package dev.tidemark.ingest;

import dev.tidemark.core.dialect.Normalized;
import dev.tidemark.core.dialect.Normalizer;
import dev.tidemark.core.otlp.OtlpLog;
import dev.tidemark.core.otlp.OtlpSpan;
import dev.tidemark.core.redact.AttributeFilter;
import dev.tidemark.core.redact.AttributeFilter.Use;
import dev.tidemark.core.redact.RedactionReport;
import dev.tidemark.core.run.LoopLimits;
import dev.tidemark.core.run.RunPreview;
import dev.tidemark.ingest.otlp.Malformed;
import dev.tidemark.ingest.otlp.OtlpJson;
import dev.tidemark.ingest.otlp.OtlpProto;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentRun;
import dev.tidemark.records.AgentSpan;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What one OTLP body would come to, found by the code that receives: how a dialect is checked
 * without a broker.
 *
 * @param dialects how many spans spoke which dialect
 * @param spans their records
 * @param events what happened in them
 * @param runs the runs they make on their own, in the order of their ends
 * @param redacted what was redacted in the records, by rule
 * @param contents how many values of attributes quote somebody and were left behind
 * @param unread how many other values nobody may read
 * @param rejected how many spans and events cannot be used
 * @param reason why the first of those cannot; null when all can
 */
public record Inspection(
    Map<String, Integer> dialects,
    List<AgentSpan> spans,
    List<AgentEvent> events,
    List<AgentRun> runs,
    RedactionReport redacted,
    int contents,
    int unread,
    int rejected,
    String reason) {
  private static final int MOST_BYTES = 256 << 20;

  /**
   * Looks at a trace or log request in protobuf or JSON, gzip or not; which of them is detected.
   *
   * @throws Malformed when it is none of them
   */
  public static Inspection of(byte[] body, Normalizer normalizer) throws IOException {
    byte[] plain = unzipped(body);
    List<OtlpSpan> spans = new ArrayList<>();
    List<OtlpLog> logs = new ArrayList<>();
    if (isJson(plain)) {
      spans.addAll(OtlpJson.traces(plain));
      logs.addAll(OtlpJson.logs(plain));
    } else {
      read(plain, spans, logs);
    }
    return of(spans, logs, normalizer);
  }

  /** Requests of both kinds look alike on the wire; only one of them has ids where they belong. */
  private static void read(byte[] body, List<OtlpSpan> spans, List<OtlpLog> logs)
      throws IOException {
    List<OtlpSpan> asSpans = OtlpProto.traces(body);
    if (asSpans.stream().anyMatch(span -> !span.traceId().isEmpty())) {
      spans.addAll(asSpans);
    } else {
      logs.addAll(OtlpProto.logs(body));
    }
  }

  private static Inspection of(List<OtlpSpan> spans, List<OtlpLog> logs, Normalizer normalizer) {
    List<OtlpSpan> usable = new ArrayList<>(spans.size());
    String reason = null;
    for (OtlpSpan span : spans) {
      String refusal = Batch.refusal(span);
      reason = reason == null ? refusal : reason;
      if (refusal == null) {
        usable.add(span);
      }
    }
    List<Normalized> meanings = new ArrayList<>();
    usable.forEach(span -> meanings.add(normalizer.normalize(span)));
    int rejected = spans.size() - usable.size();
    for (OtlpLog log : logs) {
      String refusal = normalizer.reads(log) ? Batch.refusal(log) : null;
      reason = reason == null ? refusal : reason;
      rejected += refusal == null ? 0 : 1;
      meanings.add(refusal == null ? normalizer.normalize(log) : Normalized.NOTHING);
    }
    List<AgentSpan> records = new ArrayList<>();
    List<AgentEvent> events = new ArrayList<>();
    Map<String, Integer> dialects = new TreeMap<>();
    RedactionReport redacted = RedactionReport.NONE;
    for (Normalized meaning : meanings) {
      records.addAll(meaning.spans());
      events.addAll(meaning.events());
      redacted = redacted.plus(meaning.redacted());
      meaning.spans().forEach(span -> dialects.merge(span.getDialect(), 1, Integer::sum));
    }
    List<String> keys = new ArrayList<>();
    spans.forEach(span -> keys.addAll(span.attributes().keySet()));
    spans.forEach(span -> span.events().forEach(e -> keys.addAll(e.attributes().keySet())));
    logs.forEach(log -> keys.addAll(log.attributes().keySet()));
    return new Inspection(
        dialects,
        records,
        events,
        RunPreview.of(records, events, LoopLimits.DEFAULT.identical()),
        redacted,
        count(keys, Use.CONTENT),
        count(keys, Use.NONE),
        rejected,
        reason);
  }

  private static int count(Collection<String> keys, Use use) {
    AttributeFilter filter = AttributeFilter.standard();
    return (int) keys.stream().filter(key -> filter.use(key) == use).count();
  }

  private static boolean isJson(byte[] body) {
    int from = 0;
    while (from < body.length && Character.isWhitespace(body[from])) {
      from++;
    }
    String start = new String(body, from, Math.min(1, body.length - from), StandardCharsets.UTF_8);
    return start.equals("{") || start.equals("[");
  }

  private static byte[] unzipped(byte[] body) throws IOException {
    if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
      return body;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = in.readNBytes(MOST_BYTES + 1);
      if (plain.length > MOST_BYTES) {
        throw new IOException("the body exceeds 256 MiB when unzipped; send smaller batches");
      }
      return plain;
    } catch (ZipException | EOFException e) {
      throw new IOException("the body is no complete gzip; save it again", e);
    }
  }
}
