package dev.tidemark.streams.observe;

import dev.tidemark.core.run.EventFact;
import dev.tidemark.core.run.RunProgress;
import dev.tidemark.core.run.RunState;
import dev.tidemark.core.run.SpanFact;
import dev.tidemark.core.run.Windows;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.AgentEvent;
import dev.tidemark.records.AgentSpan;
import dev.tidemark.wire.BinaryAvroSerde;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Spills open runs: their progress and their facts; links are found again on reading. */
final class RunCodec {
  private static final byte VERSION = 1;
  private static final Windows NOWHERE = (series, eventMs, arrivalMs) -> new WindowTotals();

  private final int loopLimit;
  private final Serializer<AgentSpan> spanOut = BinaryAvroSerde.of(AgentSpan.class).serializer();
  private final Serializer<AgentEvent> eventOut = BinaryAvroSerde.of(AgentEvent.class).serializer();
  private final Deserializer<AgentSpan> spanIn = BinaryAvroSerde.of(AgentSpan.class).deserializer();
  private final Deserializer<AgentEvent> eventIn =
      BinaryAvroSerde.of(AgentEvent.class).deserializer();

  RunCodec(int loopLimit) {
    this.loopLimit = loopLimit;
  }

  byte[] write(RunState run) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
      DataOutputStream out = new DataOutputStream(bytes);
      RunProgress progress = run.progress();
      out.writeByte(VERSION);
      out.writeInt(progress.duplicates());
      out.writeInt(progress.conflicts());
      out.writeBoolean(progress.truncated());
      out.writeLong(progress.closedAtMs() == null ? Long.MIN_VALUE : progress.closedAtMs());
      out.writeInt(progress.published());
      out.writeBoolean(progress.unpublished());
      out.writeInt(run.spans().size());
      for (SpanFact fact : run.spans()) {
        fact(out, fact.arrivalMs(), fact.offset(), fact.hash(), fact.late());
        body(out, spanOut, fact.span());
      }
      out.writeInt(run.events().size());
      for (EventFact fact : run.events()) {
        fact(out, fact.arrivalMs(), fact.offset(), fact.hash(), fact.late());
        body(out, eventOut, fact.event());
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunState read(String traceId, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IllegalStateException("an open run has an unknown version: reset the state");
      }
      int duplicates = in.readInt();
      int conflicts = in.readInt();
      boolean truncated = in.readBoolean();
      long closedAt = in.readLong();
      int published = in.readInt();
      boolean unpublished = in.readBoolean();
      RunProgress progress =
          new RunProgress(
              duplicates,
              conflicts,
              truncated,
              closedAt == Long.MIN_VALUE ? null : closedAt,
              published);
      RunState run = new RunState(traceId, loopLimit, progress);
      for (int n = in.readInt(); n > 0; n--) {
        long arrival = in.readLong();
        long offset = in.readLong();
        long hash = in.readLong();
        boolean late = in.readBoolean();
        run.insert(new SpanFact(body(in, spanIn), arrival, offset, hash, late), NOWHERE);
      }
      for (int n = in.readInt(); n > 0; n--) {
        long arrival = in.readLong();
        long offset = in.readLong();
        long hash = in.readLong();
        boolean late = in.readBoolean();
        run.insert(new EventFact(body(in, eventIn), arrival, offset, hash, late), NOWHERE);
      }
      progress.restore(published, unpublished);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fact(
      DataOutputStream out, long arrivalMs, long offset, long hash, boolean late)
      throws IOException {
    out.writeLong(arrivalMs);
    out.writeLong(offset);
    out.writeLong(hash);
    out.writeBoolean(late);
  }

  private static <T extends SpecificRecord> void body(
      DataOutputStream out, Serializer<T> serializer, T record) throws IOException {
    byte[] body = serializer.serialize("", record);
    out.writeInt(body.length);
    out.write(body);
  }

  private static <T extends SpecificRecord> T body(DataInputStream in, Deserializer<T> deserializer)
      throws IOException {
    return deserializer.deserialize("", in.readNBytes(in.readInt()));
  }
}
