package dev.tidemark.query.view;

import dev.tidemark.core.detect.DetectorStates;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * Makes the states of detectors queryable, task by task: every task keeps its own time and shares
 * under the same keys, so one view over all of them would show those of whichever comes first.
 */
final class LocalDetectors implements QueryableStoreType<List<DetectorStates>> {
  private final QueryableStoreType<ReadOnlyKeyValueStore<String, byte[]>> type =
      QueryableStoreTypes.keyValueStore();

  @Override
  public boolean accepts(StateStore store) {
    return type.accepts(store);
  }

  @Override
  public List<DetectorStates> create(StateStoreProvider provider, String name) {
    return provider.stores(name, type).stream().<DetectorStates>map(ReadOnly::new).toList();
  }

  /** The store of one task while it is written by its thread. */
  private record ReadOnly(ReadOnlyKeyValueStore<String, byte[]> store) implements DetectorStates {
    @Override
    public byte[] get(String key) {
      return store.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
      throw new UnsupportedOperationException("detectors are only looked at here: a bug");
    }

    @Override
    public void each(String prefix, BiConsumer<String, byte[]> visitor) {
      try (var found = store.prefixScan(prefix, new StringSerializer())) {
        found.forEachRemaining(entry -> visitor.accept(entry.key, entry.value));
      }
    }
  }
}
