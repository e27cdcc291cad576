package dev.tidemark.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The registry's history in memory, through the same JSON as in the topic. */
final class MemoryLog implements SchemaLog {
  private final List<ChangeCodec.Entry> entries = new ArrayList<>();
  private int next;
  private boolean failing;

  /** The same history, unread: what a restart finds. */
  MemoryLog reopened() {
    var log = new MemoryLog();
    log.entries.addAll(entries);
    return log;
  }

  void failFromNowOn() {
    failing = true;
  }

  @Override
  public void append(List<Change> changes) {
    if (failing) {
      throw RegistryError.storeTimeout("broker did not acknowledge in time: ask again");
    }
    changes.forEach(change -> entries.add(ChangeCodec.encode(change)));
  }

  @Override
  public void read(Consumer<Change> changes) {
    for (; next < entries.size(); next++) {
      ChangeCodec.Entry entry = entries.get(next);
      try {
        changes.accept(ChangeCodec.decode(entry.key(), entry.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {}
}
