package dev.tidemark.embedded;

import java.util.List;
import java.util.function.Consumer;

/** History of the registry: changes in one order, safe once appended. One caller at a time. */
interface SchemaLog extends AutoCloseable {
  /**
   * Returns when the changes are safe.
   *
   * @throws RegistryError 50001 or 50002 when that is not known
   */
  void append(List<Change> changes);

  /** Hands over all changes that were not handed over before, up to the present end. */
  void read(Consumer<Change> changes);

  @Override
  void close();
}
