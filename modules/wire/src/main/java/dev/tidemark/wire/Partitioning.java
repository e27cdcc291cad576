package dev.tidemark.wire;

import dev.tidemark.records.SeriesKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition a key belongs to: Kafka's murmur2, so that every client agrees. */
public final class Partitioning {
  private Partitioning() {}

  /** Partition of a trace, the same as Kafka's default partitioner gives its UTF-8 key. */
  public static int trace(String traceId, int partitions) {
    return of(traceId.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /** Partition of a subject: tenant, environment, kind and name, so that versions stay together. */
  public static int subject(SeriesKey series, int partitions) {
    return subject(
        series.getTenant(),
        series.getEnvironment(),
        series.getSubjectKind().name(),
        series.getSubjectName(),
        partitions);
  }

  /** Partition of a subject by its four parts. */
  public static int subject(
      String tenant, String environment, String kind, String name, int partitions) {
    String subject = String.join("\u0000", tenant, environment, kind, name);
    return of(subject.getBytes(StandardCharsets.UTF_8), partitions);
  }

  private static int of(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
