package dev.tidemark.embedded;

import java.util.List;
import java.util.Optional;

/** Whether schemas may be added; the two modes of Confluent's registry that mean something here. */
enum RegistryMode {
  READWRITE,
  READONLY;

  static Optional<RegistryMode> named(String name) {
    return List.of(values()).stream().filter(mode -> mode.name().equals(name)).findFirst();
  }
}
