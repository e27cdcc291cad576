package dev.tidemark.core.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How each field of a record type is cleaned, worked out once from its schema: every string field
 * is text unless named here, so that a new field is scrubbed and not forgotten.
 */
final class FieldPlan {
  private static final Set<String> HEX =
      Set.of("traceId", "spanId", "parentSpanId", "retryOfSpanId", "argumentsHash", "eventId");
  private static final Set<String> IDS =
      Set.of("runId", "conversationId", "toolCallId", "decisionId", "decisionActor");
  private static final Map<String, String> WHEN_BLANK =
      Map.of(
          "tenant", "default",
          "environment", "default",
          "agentName", "unknown",
          "dialect", "unknown",
          "name", "");

  /** The field of a content record that has rules of its own. */
  private static final String WORDS = "text";

  /** 10 years in microseconds: nothing an agent does takes longer. */
  private static final long LONGEST_US = 315_576_000_000_000L;

  private static final long MOST_TOKENS = 1_000_000_000_000L;
  private static final long MOST_MICROS = 1_000_000_000_000_000L;
  private static final long MOST_BYTES = 1L << 50;

  /** Least and greatest value; anything else becomes null. */
  private static final Map<String, double[]> RANGES =
      Map.ofEntries(
          Map.entry("durationUs", range(0, LONGEST_US)),
          Map.entry("inputTokens", range(0, MOST_TOKENS)),
          Map.entry("outputTokens", range(0, MOST_TOKENS)),
          Map.entry("cacheReadTokens", range(0, MOST_TOKENS)),
          Map.entry("cacheWriteTokens", range(0, MOST_TOKENS)),
          Map.entry("reasoningTokens", range(0, MOST_TOKENS)),
          Map.entry("costMicros", range(0, MOST_MICROS)),
          Map.entry("argumentsBytes", range(0, MOST_BYTES)),
          Map.entry("resultBytes", range(0, MOST_BYTES)),
          Map.entry("attempt", range(1, 1_000_000)),
          Map.entry("score", range(-Double.MAX_VALUE, Double.MAX_VALUE)),
          Map.entry("sampledShare", range(Double.MIN_VALUE, 1)));

  /** A text field; {@code whenBlank} is null for fields that may be null. */
  record Text(int position, Kind kind, String whenBlank) {}

  /** What a text field holds. */
  enum Kind {
    HEX,
    ID,
    TEXT
  }

  /** A nullable number and the values it may have. */
  record Range(int position, double least, double most) {
    boolean contains(Object value) {
      double number = ((Number) value).doubleValue();
      return number >= least && number <= most;
    }
  }

  final List<Text> texts;
  final List<Range> ranges;
  final int redactions;

  private FieldPlan(List<Text> texts, List<Range> ranges, int redactions) {
    this.texts = List.copyOf(texts);
    this.ranges = List.copyOf(ranges);
    this.redactions = redactions;
  }

  static FieldPlan of(Schema schema) {
    var texts = new ArrayList<Text>();
    var ranges = new ArrayList<Range>();
    for (Schema.Field field : schema.getFields()) {
      if (isString(field.schema()) && !field.name().equals(WORDS)) {
        texts.add(new Text(field.pos(), kind(field.name()), WHEN_BLANK.get(field.name())));
      }
      double[] range = RANGES.get(field.name());
      if (range != null) {
        ranges.add(new Range(field.pos(), range[0], range[1]));
      }
    }
    return new FieldPlan(texts, ranges, schema.getField("redactions").pos());
  }

  private static Kind kind(String name) {
    if (HEX.contains(name)) {
      return Kind.HEX;
    }
    return IDS.contains(name) ? Kind.ID : Kind.TEXT;
  }

  private static boolean isString(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        ? schema.getTypes().stream().anyMatch(FieldPlan::isString)
        : schema.getType() == Schema.Type.STRING;
  }

  private static double[] range(double least, double most) {
    return new double[] {least, most};
  }
}
