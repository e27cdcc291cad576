package dev.tidemark.bench.windows.flink;

import dev.tidemark.bench.windows.PeerTotals;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.CopyableValue;
import org.apache.flink.types.StringValue;

/**
 * What windows need of a span, with a wire form of its own so that Flink pays for nothing general.
 * Counts may be negative: that takes back what was counted before.
 */
public final class SpanRow implements CopyableValue<SpanRow> {
  private static final long serialVersionUID = 1L;

  /** Subject and version; empty when the row counts nothing and only carries time. */
  String series = "";

  long endMs;
  int attempts;
  int errors;
  int retries;
  int denied;
  long cost;
  long inputTokens;
  long outputTokens;
  long micros = -1;

  /** Flink makes rows. */
  public SpanRow() {}

  boolean counts() {
    return !series.isEmpty();
  }

  void addTo(PeerTotals totals) {
    totals.add(attempts, errors, retries, denied, cost, inputTokens, outputTokens, micros);
  }

  @Override
  public int getBinaryLength() {
    return -1;
  }

  @Override
  public void copyTo(SpanRow target) {
    target.series = series;
    target.endMs = endMs;
    target.attempts = attempts;
    target.errors = errors;
    target.retries = retries;
    target.denied = denied;
    target.cost = cost;
    target.inputTokens = inputTokens;
    target.outputTokens = outputTokens;
    target.micros = micros;
  }

  @Override
  public SpanRow copy() {
    SpanRow copy = new SpanRow();
    copyTo(copy);
    return copy;
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    SpanRow row = new SpanRow();
    row.read(source);
    row.write(target);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    StringValue.writeString(series, out);
    out.writeLong(endMs);
    out.writeByte(attempts);
    out.writeByte(errors);
    out.writeByte(retries);
    out.writeByte(denied);
    out.writeLong(cost);
    out.writeLong(inputTokens);
    out.writeLong(outputTokens);
    out.writeLong(micros);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    series = StringValue.readString(in);
    endMs = in.readLong();
    attempts = in.readByte();
    errors = in.readByte();
    retries = in.readByte();
    denied = in.readByte();
    cost = in.readLong();
    inputTokens = in.readLong();
    outputTokens = in.readLong();
    micros = in.readLong();
  }
}
