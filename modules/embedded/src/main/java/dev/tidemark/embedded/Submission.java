package dev.tidemark.embedded;

import org.apache.avro.Schema;

/**
 * A schema that a client hands in.
 *
 * @param schema as parsed
 * @param text what will be stored or compared
 */
record Submission(Schema schema, String text) {
  /**
   * Reads the text of a client.
   *
   * @param normalize whether attributes are put in one order first
   * @throws RegistryError 42201 when it is not Avro
   */
  static Submission of(String text, boolean normalize) {
    Schema schema = SchemaText.parse(text);
    return new Submission(
        schema, normalize ? SchemaText.normalized(schema) : SchemaText.canonical(schema));
  }
}
