package dev.tidemark.bench.windows;

import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** Open windows of all tasks of a process, as one view. */
final class OpenWindowsType implements QueryableStoreType<OpenWindowsView> {
  @Override
  public boolean accepts(StateStore store) {
    return store instanceof OpenWindowsView;
  }

  @Override
  public OpenWindowsView create(StateStoreProvider provider, String name) {
    return new All(provider, name);
  }

  private final class All implements OpenWindowsView {
    private final StateStoreProvider provider;
    private final String name;

    All(StateStoreProvider provider, String name) {
      this.provider = provider;
      this.name = name;
    }

    @Override
    public List<WindowRecord> parts(
        String tenant, String environment, SubjectKind kind, String subject) {
      return each(view -> view.parts(tenant, environment, kind, subject).stream());
    }

    @Override
    public List<Progress> progress() {
      return each(view -> view.progress().stream());
    }

    private <T> List<T> each(Function<OpenWindowsView, Stream<T>> answer) {
      return provider.stores(name, OpenWindowsType.this).stream().flatMap(answer).toList();
    }
  }
}
