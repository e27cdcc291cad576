package dev.tidemark.streams.observe;

import dev.tidemark.core.bytes.ByteWriter;
import dev.tidemark.core.window.WindowEncoder;
import dev.tidemark.core.window.WindowTotals;
import dev.tidemark.records.SeriesKey;
import dev.tidemark.records.WindowKey;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.AvroBytes;
import dev.tidemark.wire.AvroSerdes;
import dev.tidemark.wire.BinaryAvroSerde;

/** Writes a closed window once, for the store and for the topic. Not thread-safe. */
final class WindowBytes {
  private final AvroBytes<WindowKey> keys;
  private final AvroBytes<WindowRecord> values;
  private final BinaryAvroSerde<SeriesKey> series = BinaryAvroSerde.of(SeriesKey.class);
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter value = new ByteWriter();

  WindowBytes(String topic, AvroSerdes serdes) {
    keys = AvroBytes.keys(serdes, WindowKey.class, topic);
    values = AvroBytes.values(serdes, WindowRecord.class, topic);
  }

  /** Writes a window; what was written before is gone. */
  void write(byte[] seriesKey, long startMs, long endMs, WindowTotals totals) {
    key.reset().raw(seriesKey).number(startMs);
    value.reset();
    WindowEncoder.write(value, seriesKey, startMs, endMs, totals);
  }

  /** The window as the store keeps it. */
  byte[] stored() {
    return BinaryAvroSerde.stored(value.toBytes());
  }

  /** The key as the topic carries it. */
  byte[] key() {
    return keys.framed(key.toBytes());
  }

  /** The window as the topic carries it. */
  byte[] value() {
    return values.framed(value.toBytes());
  }

  /** The record that was written. */
  WindowRecord record() {
    return BinaryAvroSerde.of(WindowRecord.class).deserializer().deserialize("", stored());
  }

  /** The series of a key. */
  SeriesKey series(byte[] seriesKey) {
    return series.deserializer().deserialize("", BinaryAvroSerde.stored(seriesKey));
  }
}
