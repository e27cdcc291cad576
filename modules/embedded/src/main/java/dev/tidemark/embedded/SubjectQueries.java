package dev.tidemark.embedded;

import java.util.List;
import java.util.Optional;

/** Questions to the registry, answered or refused as Confluent's does. */
final class SubjectQueries {
  private final SubjectStore store;

  SubjectQueries(SubjectStore store) {
    this.store = store;
  }

  List<String> subjects(boolean withDeleted) {
    return store.subjects(withDeleted);
  }

  /** Versions of a subject, oldest first, never empty. */
  List<StoredSchema> versions(String subject, boolean withDeleted) {
    List<StoredSchema> versions = store.versions(subject, withDeleted);
    if (versions.isEmpty()) {
      throw RegistryError.subjectNotFound(subject);
    }
    return versions;
  }

  StoredSchema version(String subject, VersionName version, boolean withDeleted) {
    return version.in(versions(subject, withDeleted));
  }

  /** Text of an id; a softly deleted schema still answers. */
  String schema(int id) {
    return used(id).get(0).text();
  }

  /** Where an id is used. */
  List<StoredSchema> uses(int id, boolean withDeleted) {
    return used(id).stream().filter(schema -> withDeleted || !schema.deleted()).toList();
  }

  /** The version under which the subject has this very schema. */
  StoredSchema lookup(String subject, Submission submission, boolean withDeleted) {
    return find(versions(subject, withDeleted), submission)
        .orElseThrow(() -> RegistryError.schemaNotFound("under subject '" + subject + "'"));
  }

  /** What speaks against a submission, by the level of the subject; nothing when it is new. */
  List<String> objections(String subject, Submission submission) {
    return objections(subject, submission, store.versions(subject, false));
  }

  /** The same against one version; the latest of an unknown subject has nothing against it. */
  List<String> objections(String subject, Submission submission, VersionName version) {
    if (version.isLatest() && store.versions(subject, false).isEmpty()) {
      return List.of();
    }
    return objections(subject, submission, List.of(version(subject, version, false)));
  }

  CompatibilityLevel level(String subject, boolean defaultToGlobal) {
    return defaultToGlobal
        ? store.level(subject)
        : store.ownLevel(subject).orElseThrow(() -> RegistryError.noLevel(subject));
  }

  RegistryMode mode(String subject, boolean defaultToGlobal) {
    return defaultToGlobal
        ? store.mode(subject)
        : store.ownMode(subject).orElseThrow(() -> RegistryError.noMode(subject));
  }

  static Optional<StoredSchema> find(List<StoredSchema> versions, Submission submission) {
    return versions.stream().filter(schema -> schema.text().equals(submission.text())).findFirst();
  }

  private List<String> objections(
      String subject, Submission submission, List<StoredSchema> against) {
    return store
        .level(subject)
        .objections(
            submission.schema(),
            against.stream().map(schema -> SchemaText.parse(schema.text())).toList());
  }

  private List<StoredSchema> used(int id) {
    List<StoredSchema> uses = store.withId(id);
    if (uses.isEmpty()) {
      throw RegistryError.schemaNotFound("with id " + id);
    }
    return uses;
  }
}
