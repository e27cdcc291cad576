package dev.tidemark.bench.windows.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Open runs in checkpoints. */
public final class OpenRunSerializer extends TypeSerializerSingleton<OpenRun> {
  private static final long serialVersionUID = 1L;
  static final OpenRunSerializer INSTANCE = new OpenRunSerializer();

  /** Flink makes it again from a checkpoint. */
  public OpenRunSerializer() {}

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public OpenRun createInstance() {
    return null;
  }

  @Override
  public OpenRun copy(OpenRun from) {
    return OpenRun.of(from.toBytes());
  }

  @Override
  public OpenRun copy(OpenRun from, OpenRun reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(OpenRun run, DataOutputView out) throws IOException {
    byte[] bytes = run.toBytes();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  @Override
  public OpenRun deserialize(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return OpenRun.of(bytes);
  }

  @Override
  public OpenRun deserialize(OpenRun reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    int length = in.readInt();
    out.writeInt(length);
    out.write(in, length);
  }

  @Override
  public TypeSerializerSnapshot<OpenRun> snapshotConfiguration() {
    return new Snapshot();
  }

  /** How a checkpoint names the serializer. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenRun> {
    /** Flink makes it. */
    public Snapshot() {
      super(OpenRunSerializer::new);
    }
  }
}
