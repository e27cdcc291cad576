package dev.tidemark.wire;

import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.SubjectKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** Which partition a key belongs to: Kafka's murmur2, so that every client agrees. */
public final class Partitioning {
  private static final int KIND = 2;
  private static final byte[][] KINDS = kinds();

  private Partitioning() {}

  private static byte[][] kinds() {
    List<String> symbols = SubjectKind.getClassSchema().getEnumSymbols();
    return symbols.stream()
        .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

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

  /** Partition of the subject of a window's key as its topic carries it. */
  public static int framedSubject(byte[] windowKey, int partitions) {
    return subjectIn(windowKey, RecordFrame.PREFIX, partitions);
  }

  /** The subject stands at the head of a series key in Avro binary: four fields of it. */
  private static int subjectIn(byte[] series, int from, int partitions) {
    ByteBuffer in = ByteBuffer.wrap(series, from, series.length - from);
    ByteArrayOutputStream subject = new ByteArrayOutputStream(64);
    for (int part = 0; part < 4; part++) {
      if (part == KIND) {
        subject.writeBytes(KINDS[(int) number(in)]);
      } else {
        int length = (int) number(in);
        subject.write(series, in.position(), length);
        in.position(in.position() + length);
      }
      if (part < 3) {
        subject.write(0);
      }
    }
    return of(subject.toByteArray(), partitions);
  }

  private static long number(ByteBuffer in) {
    long raw = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      raw |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return (raw >>> 1) ^ -(raw & 1);
  }

  private static int of(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
