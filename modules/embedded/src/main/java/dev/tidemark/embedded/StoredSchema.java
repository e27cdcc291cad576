package dev.tidemark.embedded;

/**
 * A schema under a subject.
 *
 * @param version counts from 1 in its subject
 * @param id counts from 1 in the registry; the same text has the same id in every subject
 * @param text canonical Avro JSON ({@link SchemaText})
 * @param deleted softly deleted: still there for readers of old data
 */
record StoredSchema(String subject, int version, int id, String text, boolean deleted) {
  StoredSchema asDeleted() {
    return new StoredSchema(subject, version, id, text, true);
  }
}
