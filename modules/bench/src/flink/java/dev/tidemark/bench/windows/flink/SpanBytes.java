package dev.tidemark.bench.windows.flink;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.CopyableValue;

/** A span as it lies on the topic, on its way to the task of its trace. */
public final class SpanBytes implements CopyableValue<SpanBytes> {
  private static final long serialVersionUID = 1L;
  private static final int HEX = 16;

  /** Low half of the trace id: 64 random bits are key enough. */
  long trace;

  long arrivalMs;
  long offset;

  /** Empty for a heartbeat. */
  byte[] value = {};

  /** Flink makes them. */
  public SpanBytes() {}

  static long trace(byte[] key) {
    long trace = 0;
    for (int i = key.length - HEX; i < key.length; i++) {
      trace = (trace << 4) | Character.digit(key[i], HEX);
    }
    return trace;
  }

  boolean counts() {
    return value.length > 0;
  }

  @Override
  public int getBinaryLength() {
    return -1;
  }

  @Override
  public void copyTo(SpanBytes target) {
    target.trace = trace;
    target.arrivalMs = arrivalMs;
    target.offset = offset;
    target.value = value;
  }

  @Override
  public SpanBytes copy() {
    SpanBytes copy = new SpanBytes();
    copyTo(copy);
    return copy;
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    SpanBytes bytes = new SpanBytes();
    bytes.read(source);
    bytes.write(target);
  }

  @Override
  public void write(DataOutputView out) throws IOException {
    out.writeLong(trace);
    out.writeLong(arrivalMs);
    out.writeLong(offset);
    out.writeInt(value.length);
    out.write(value);
  }

  @Override
  public void read(DataInputView in) throws IOException {
    trace = in.readLong();
    arrivalMs = in.readLong();
    offset = in.readLong();
    value = new byte[in.readInt()];
    in.readFully(value);
  }
}
