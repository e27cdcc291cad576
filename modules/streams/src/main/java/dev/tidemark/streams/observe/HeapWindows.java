package dev.tidemark.streams.observe;

import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The heap of a task as a store that can be queried: it keeps nothing itself and shows what its
 * processor holds. Whoever holds its lock is alone with the heap: the processor for a record, a
 * query for as long as it copies.
 */
final class HeapWindows implements StateStore, OpenWindowsView {
  private final String name;
  private final Lock lock = new ReentrantLock();
  private OpenWindowsView shown;
  private boolean open;

  private HeapWindows(String name) {
    this.name = name;
  }

  /** Builds the store under a name; it is neither logged nor cached. */
  static StoreBuilder<HeapWindows> builder(String name) {
    return new Builder(name);
  }

  /** What guards the heap. */
  Lock lock() {
    return lock;
  }

  /** Shows what {@code view} says; null shows nothing. */
  void show(OpenWindowsView view) {
    lock.lock();
    try {
      shown = view;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<WindowRecord> parts(
      String tenant, String environment, SubjectKind kind, String subject) {
    lock.lock();
    try {
      return shown == null ? List.of() : shown.parts(tenant, environment, kind, subject);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Progress> progress() {
    lock.lock();
    try {
      return shown == null ? List.of() : shown.progress();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    open = true;
    context.register(root, (key, value) -> {});
  }

  @Override
  public void close() {
    open = false;
    show(null);
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private record Builder(String name) implements StoreBuilder<HeapWindows> {
    @Override
    public StoreBuilder<HeapWindows> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<HeapWindows> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<HeapWindows> withLoggingEnabled(Map<String, String> config) {
      return this;
    }

    @Override
    public StoreBuilder<HeapWindows> withLoggingDisabled() {
      return this;
    }

    @Override
    public HeapWindows build() {
      return new HeapWindows(name);
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }
  }
}
