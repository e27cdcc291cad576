package dev.tidemark.ingest.otlp;

/** Rules for ids that both encodings share. */
final class Ids {
  private Ids() {}

  /** The id of a parent; null when it is empty or all zeros, which both mean a root. */
  static String parent(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) != '0') {
        return id;
      }
    }
    return null;
  }
}
