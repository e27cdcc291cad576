package dev.tidemark.query.view;

import dev.tidemark.records.SubjectKind;
import dev.tidemark.records.WindowRecord;
import dev.tidemark.wire.OpenWindowsView;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/**
 * Makes stores that are an {@link OpenWindowsView} queryable: one view over those of all tasks in
 * this process. Which tasks there are is looked up with every question, as tasks move.
 */
final class LocalOpenWindows implements QueryableStoreType<OpenWindowsView> {
  @Override
  public boolean accepts(StateStore store) {
    return store instanceof OpenWindowsView;
  }

  @Override
  public OpenWindowsView create(StateStoreProvider provider, String name) {
    return new Composite(provider, name);
  }

  private final class Composite implements OpenWindowsView {
    private final StateStoreProvider provider;
    private final String name;

    Composite(StateStoreProvider provider, String name) {
      this.provider = provider;
      this.name = name;
    }

    @Override
    public List<WindowRecord> parts(
        String tenant, String environment, SubjectKind kind, String subject) {
      var all = new ArrayList<WindowRecord>();
      for (OpenWindowsView task : provider.stores(name, LocalOpenWindows.this)) {
        all.addAll(task.parts(tenant, environment, kind, subject));
      }
      return all;
    }

    @Override
    public List<Progress> progress() {
      var all = new ArrayList<Progress>();
      for (OpenWindowsView task : provider.stores(name, LocalOpenWindows.this)) {
        all.addAll(task.progress());
      }
      return all;
    }
  }
}
