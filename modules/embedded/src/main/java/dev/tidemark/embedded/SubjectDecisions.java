package dev.tidemark.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request would change. Decides and refuses, changes nothing itself: the changes are written
 * to the log first and applied from there.
 */
final class SubjectDecisions {
  private final SubjectStore store;
  private final SubjectQueries queries;

  SubjectDecisions(SubjectStore store) {
    this.store = store;
    this.queries = new SubjectQueries(store);
  }

  /** A new version, unless the subject has the schema already. */
  List<Change> register(String subject, Submission submission) {
    List<StoredSchema> present = store.versions(subject, false);
    if (SubjectQueries.find(present, submission).isPresent()) {
      return List.of();
    }
    requireWritable(subject);
    List<String> objections = queries.objections(subject, submission);
    if (!objections.isEmpty()) {
      throw RegistryError.incompatible(subject, objections);
    }
    List<StoredSchema> ever = store.versions(subject, true);
    int version = ever.isEmpty() ? 1 : ever.get(ever.size() - 1).version() + 1;
    int id = store.idOf(submission.text()).orElse(store.highestId() + 1);
    return List.of(
        new Change.Stored(new StoredSchema(subject, version, id, submission.text(), false)));
  }

  /** Deletes a subject softly, or erases one that was deleted before. */
  List<Change> delete(String subject, boolean permanent) {
    requireWritable(subject);
    List<StoredSchema> ever = queries.versions(subject, true);
    List<StoredSchema> present = store.versions(subject, false);
    if (permanent) {
      if (!present.isEmpty()) {
        throw RegistryError.subjectNotSoftlyDeleted(subject);
      }
      return erased(ever);
    }
    if (present.isEmpty()) {
      throw RegistryError.subjectSoftlyDeleted(subject);
    }
    List<Change> changes = new ArrayList<>();
    present.forEach(schema -> changes.add(new Change.Stored(schema.asDeleted())));
    store.ownLevel(subject).ifPresent(own -> changes.add(new Change.LevelSet(subject, null)));
    store.ownMode(subject).ifPresent(own -> changes.add(new Change.ModeSet(subject, null)));
    return changes;
  }

  /** Deletes a version softly, or erases one that was deleted before. */
  List<Change> delete(String subject, VersionName version, boolean permanent) {
    requireWritable(subject);
    StoredSchema schema = queries.version(subject, version, true);
    if (permanent) {
      if (!schema.deleted()) {
        throw RegistryError.versionNotSoftlyDeleted(subject, schema.version());
      }
      return erased(List.of(schema));
    }
    if (schema.deleted()) {
      throw RegistryError.versionSoftlyDeleted(subject, schema.version());
    }
    return List.of(new Change.Stored(schema.asDeleted()));
  }

  List<Change> setLevel(String subject, String level) {
    return List.of(
        new Change.LevelSet(
            subject,
            CompatibilityLevel.named(level).orElseThrow(() -> RegistryError.invalidLevel(level))));
  }

  /** Takes a level back; a subject without one counts as not found, as at Confluent's. */
  List<Change> clearLevel(String subject) {
    Optional<CompatibilityLevel> own = store.ownLevel(subject);
    if (own.isEmpty() && !subject.equals(Change.GLOBAL)) {
      throw RegistryError.subjectNotFound(subject);
    }
    return List.of(new Change.LevelSet(subject, null));
  }

  List<Change> setMode(String subject, String mode) {
    return List.of(
        new Change.ModeSet(
            subject, RegistryMode.named(mode).orElseThrow(() -> RegistryError.invalidMode(mode))));
  }

  private List<Change> erased(List<StoredSchema> schemas) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.IdsUsed(store.highestId()));
    schemas.forEach(schema -> changes.add(new Change.Erased(schema.subject(), schema.version())));
    return changes;
  }

  private void requireWritable(String subject) {
    if (store.mode(subject) == RegistryMode.READONLY) {
      throw RegistryError.notPermitted(
          "subject '" + subject + "' is read-only: set its mode to READWRITE");
    }
  }
}
