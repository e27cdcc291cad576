package dev.tidemark.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Contents of all stores of a driver, which deletes them when it closes. Knows key-value and window
 * stores.
 */
final class StoreCopy {
  private final List<Write> writes = new ArrayList<>();

  private interface Write {
    void into(Map<String, StateStore> stores);
  }

  private StoreCopy() {}

  static StoreCopy of(Map<String, StateStore> stores) {
    var copy = new StoreCopy();
    stores.forEach(
        (name, store) -> {
          if (store instanceof KeyValueStore<?, ?> keyValue) {
            copy.keyValues(name, keyValue);
          } else if (store instanceof WindowStore<?, ?> windows) {
            copy.windows(name, windows);
          } else {
            throw new UnsupportedOperationException(
                "store " + name + " cannot be kept over a restart: only key-value and window can");
          }
        });
    return copy;
  }

  void into(Map<String, StateStore> stores) {
    writes.forEach(write -> write.into(stores));
  }

  @SuppressWarnings("unchecked") // The store of the same name has the same types.
  private <K, V> void keyValues(String name, KeyValueStore<K, V> store) {
    try (KeyValueIterator<K, V> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<K, V> entry = all.next();
        writes.add(stores -> ((KeyValueStore<K, V>) stores.get(name)).put(entry.key, entry.value));
      }
    }
  }

  @SuppressWarnings("unchecked") // The store of the same name has the same types.
  private <K, V> void windows(String name, WindowStore<K, V> store) {
    try (KeyValueIterator<Windowed<K>, V> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Windowed<K>, V> entry = all.next();
        writes.add(
            stores ->
                ((WindowStore<K, V>) stores.get(name))
                    .put(entry.key.key(), entry.value, entry.key.window().start()));
      }
    }
  }
}
