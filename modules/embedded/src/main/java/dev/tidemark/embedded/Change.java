package dev.tidemark.embedded;

/** One step in the history of the registry; the state is what remains after applying them all. */
sealed interface Change {
  /** Settings of the whole registry are kept under this name, which no subject can have. */
  String GLOBAL = "";

  /** A version was added or softly deleted. */
  record Stored(StoredSchema schema) implements Change {}

  /** A version is gone for good. */
  record Erased(String subject, int version) implements Change {}

  /** Ids up to this one were given away, even if their schemas are gone. */
  record IdsUsed(int highest) implements Change {}

  /** A level was set; null takes the setting back. */
  record LevelSet(String subject, CompatibilityLevel level) implements Change {}

  /** A mode was set; null takes the setting back. */
  record ModeSet(String subject, RegistryMode mode) implements Change {}
}
